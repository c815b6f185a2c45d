/// What someone who sees a release can work out of its hidden cells: between which numbers each lies.
///
/// He knows every equation, every cell that is shown, and that no cell is below zero. A rounded cell
/// he knows up to its rounding. The least and the greatest number that fit are found by Clp, for all
/// cells that hang together at once, from basis to basis. A whole-number answer can only be narrower.
struct IntervalAttack: Sendable {
  private let system: CellSystem
  /// One a cell: what is known before the equations are used.
  private let known: [KnownRange]
  /// One a cell; −1 where it is known exactly.
  private let componentOfCell: [Int32]
  private let components: [[Int32]]
  private let ratios: [NumberRatio]
  /// By cell: the ratios that it stands in.
  private let ratiosOfCell: [Int32: [Int32]]

  /// - Parameters:
  ///   - system: of all cells.
  ///   - known: one a cell.
  ///   - ratios: of two different cells each.
  init(_ system: CellSystem, known: [KnownRange], ratios: [NumberRatio] = []) {
    self.system = system
    self.known = known
    self.ratios = ratios
    var ratiosOfCell: [Int32: [Int32]] = [:]
    for (number, ratio) in ratios.enumerated() {
      for cell in [ratio.dividend, ratio.divisor] {
        ratiosOfCell[cell, default: []].append(Int32(number))
      }
    }
    self.ratiosOfCell = ratiosOfCell
    var component = [Int32](repeating: -1, count: system.cellCount)
    var components: [[Int32]] = []
    for start in 0..<system.cellCount where known[start].value == nil && component[start] < 0 {
      let number = Int32(components.count)
      var members = [Int32(start)]
      component[start] = number
      var next = 0
      while next < members.count {
        for equation in system.equations(of: Int(members[next])) {
          for cell in system.cells(of: Int(equation))
          where component[Int(cell)] < 0 && known[Int(cell)].value == nil {
            component[Int(cell)] = number
            members.append(cell)
          }
        }
        for ratio in ratiosOfCell[members[next]] ?? [] {
          for cell in [ratios[Int(ratio)].dividend, ratios[Int(ratio)].divisor]
          where component[Int(cell)] < 0 && known[Int(cell)].value == nil {
            component[Int(cell)] = number
            members.append(cell)
          }
        }
        next += 1
      }
      components.append(members.sorted())
    }
    componentOfCell = component
    self.components = components
  }

  /// What is known of cells.
  ///
  /// - Parameters:
  ///   - cells: those that are asked for; all in `0..<cellCount`.
  ///   - also: cells that the attacker knows beside what is shown, with their numbers.
  /// - Returns: one a cell asked for. What Clp does not call optimal is nil: nothing is proved of it.
  func intervals(
    of cells: [Int],
    knowing also: [(cell: Int, value: Int64)] = []
  ) -> [AttackedInterval?] {
    var found = [AttackedInterval?](repeating: nil, count: cells.count)
    for (component, places) in placesByComponent(cells) {
      if component < 0 {
        for place in places { found[place] = exactly(cells[place]) }
      } else {
        attack(components[Int(component)], places, cells, also, &found)
      }
    }
    return found
  }

  private func exactly(_ cell: Int) -> AttackedInterval {
    let value = Double(known[cell].value ?? 0)
    return AttackedInterval(lower: value, upper: value)
  }

  /// The places of cells, those that hang together after each other; −1 of those that are known.
  private func placesByComponent(_ cells: [Int]) -> [(component: Int32, places: ArraySlice<Int>)] {
    let order = cells.indices.sorted { left, right in
      let (first, second) = (componentOfCell[cells[left]], componentOfCell[cells[right]])
      return first == second ? cells[left] < cells[right] : first < second
    }
    var found: [(component: Int32, places: ArraySlice<Int>)] = []
    var next = 0
    while next < order.count {
      let component = componentOfCell[cells[order[next]]]
      var end = next
      while end < order.count, componentOfCell[cells[order[end]]] == component { end += 1 }
      found.append((component, order[next..<end]))
      next = end
    }
    return found
  }

  /// What is known of cells, as exactly as it takes to judge them.
  ///
  /// A solution found for one cell tells how far the others reach at least. Where that is as far as
  /// it must be, and farther than the narrowest of its kind, a cell is not looked at by itself.
  ///
  /// - Parameters:
  ///   - cells: those that are asked for; all in `0..<cellCount`.
  ///   - required: one a cell asked for.
  ///   - kinds: one a cell asked for: of each kind the narrowest interval is exact.
  /// - Returns: one a cell asked for: its interval, or a part of it that is enough. What Clp does not
  ///   call optimal is nil: nothing is proved of it.
  func intervals(
    of cells: [Int],
    reaching required: [RequiredInterval],
    kinds: [Int]
  ) -> [AttackedInterval?] {
    var found = [AttackedInterval?](repeating: nil, count: cells.count)
    var narrowest: [Int: Double] = [:]
    for (component, places) in placesByComponent(cells) {
      guard component >= 0 else {
        for place in places { found[place] = exactly(cells[place]) }
        continue
      }
      let members = components[Int(component)]
      var program = program(members)
      var seen = SeenRange(members.count)
      for place in places {
        guard let column = column(of: cells[place], in: members) else { continue }
        let part = seen.interval(of: column)
        if let part, part.reaches(required[place]),
          part.width > narrowest[kinds[place]] ?? .infinity
        {
          found[place] = part
          continue
        }
        found[place] = interval(of: column, &program) { seen.note($0) }
        if let width = found[place]?.width {
          narrowest[kinds[place]] = min(width, narrowest[kinds[place]] ?? width)
        }
      }
    }
    return found
  }

  private func attack(
    _ members: [Int32],
    _ places: ArraySlice<Int>,
    _ cells: [Int],
    _ also: [(cell: Int, value: Int64)],
    _ found: inout [AttackedInterval?]
  ) {
    var program = program(members)
    for (cell, value) in also {
      guard let column = column(of: cell, in: members) else { continue }
      program.setBounds(Double(value), Double(value), of: column)
    }
    for place in places {
      guard let column = column(of: cells[place], in: members) else { continue }
      found[place] = interval(of: column, &program) { _ in }
    }
  }

  /// The least and the greatest a column can be.
  ///
  /// - Parameters:
  ///   - column: of the program.
  ///   - program: is solved twice; its costs are 0 again after that.
  ///   - solved: is given the program after each solution.
  /// - Returns: nil where Clp calls one of them neither optimal nor unlimited.
  private func interval(
    of column: Int,
    _ program: inout LinearProgram,
    solved: (borrowing LinearProgram) -> Void
  ) -> AttackedInterval? {
    var ends: [Double] = []
    for cost in [1.0, -1.0] {
      program.setCost(cost, of: column)
      switch program.solve(.costsChanged) {
      case .optimal:
        ends.append(program.value(of: column))
        solved(program)
      case .unlimited: ends.append(cost > 0 ? -.infinity : .infinity)
      case .infeasible, .failed: break
      }
    }
    program.setCost(0, of: column)
    return ends.count == 2
      ? AttackedInterval(lower: Self.snapped(ends[0]), upper: Self.snapped(ends[1])) : nil
  }

  /// The whole number that Clp means, where it is one but for rounding.
  fileprivate static func snapped(_ value: Double) -> Double {
    // Zero is added so that it has no sign.
    abs(value - value.rounded()) <= 1e-7 * max(1, abs(value)) ? value.rounded() + 0 : value
  }

  private func column(of cell: Int, in members: [Int32]) -> Int? {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < cell { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == cell ? low : nil
  }

  private func program(_ members: [Int32]) -> LinearProgram {
    var rowOfEquation: [Int32: Int32] = [:]
    var rowOfRatio: [Int32: Int32] = [:]
    // By row of a ratio: what makes an equation of it.
    var slacks: [(row: Int32, sign: Double)] = []
    var rows: [Double] = []
    var columns = SparseColumns()
    for cell in members {
      for equation in system.equations(of: Int(cell)) {
        if rowOfEquation[equation] == nil {
          rowOfEquation[equation] = Int32(rows.count)
          rows.append(shownPart(of: Int(equation)))
        }
        columns.add(
          row: rowOfEquation[equation] ?? 0,
          Double(system.sign(of: Int(cell), in: Int(equation)))
        )
      }
      for number in ratiosOfCell[cell] ?? [] {
        let ratio = ratios[Int(number)]
        let first = rowOfRatio[number] ?? Int32(rows.count)
        if rowOfRatio[number] == nil {
          rowOfRatio[number] = first
          for (place, row) in ratio.rows.enumerated() {
            rows.append(shownPart(of: ratio, limit: row.limit))
            slacks.append((first + Int32(place), row.isUpper ? 1 : -1))
          }
        }
        for (place, row) in ratio.rows.enumerated() {
          columns.add(row: first + Int32(place), ratio.coefficient(of: cell, limit: row.limit))
        }
      }
      columns.endColumn()
    }
    for slack in slacks {
      columns.add(row: slack.row, slack.sign)
      columns.endColumn()
    }
    return LinearProgram(
      columns: columns,
      lower: members.map { known[Int($0)].lower.map(Double.init) ?? -LinearProgram.unbounded }
        + slacks.map { _ in 0 },
      upper: members.map { known[Int($0)].upper.map(Double.init) ?? LinearProgram.unbounded }
        + slacks.map { _ in LinearProgram.unbounded },
      rows: rows
    )
  }

  /// What the unknown cells of a row of a ratio must come to, with what makes an equation of it.
  private func shownPart(of ratio: NumberRatio, limit: Double) -> Double {
    [ratio.dividend, ratio.divisor].reduce(0) { sum, cell in
      guard let value = known[Int(cell)].value else { return sum }
      return sum - ratio.coefficient(of: cell, limit: limit) * Double(value)
    }
  }

  /// What the unknown cells of an equation must come to.
  private func shownPart(of equation: Int) -> Double {
    var sum = 0.0
    for cell in system.cells(of: equation) {
      guard let value = known[Int(cell)].value else { continue }
      sum -= Double(system.sign(of: Int(cell), in: equation)) * Double(value)
    }
    return sum
  }
}

/// How far the columns of a program reach in the solutions that were found.
private struct SeenRange {
  private var lower: [Double]
  private var upper: [Double]

  init(_ count: Int) {
    lower = [Double](repeating: .infinity, count: count)
    upper = [Double](repeating: -.infinity, count: count)
  }

  mutating func note(_ program: borrowing LinearProgram) {
    for column in lower.indices {
      let value = program.value(of: column)
      lower[column] = min(lower[column], value)
      upper[column] = max(upper[column], value)
    }
  }

  /// Nil before the first solution.
  func interval(of column: Int) -> AttackedInterval? {
    lower[column] <= upper[column]
      ? AttackedInterval(
        lower: IntervalAttack.snapped(lower[column]),
        upper: IntervalAttack.snapped(upper[column])
      ) : nil
  }
}

/// What is known of a cell before the equations are used.
struct KnownRange: Sendable, Hashable {
  /// Nil: without bound.
  let lower: Int64?
  /// Nil: without bound.
  let upper: Int64?

  init(lower: Int64?, upper: Int64?) {
    self.lower = lower
    self.upper = upper
  }

  /// Shown as it is.
  static func exactly(_ value: Int64) -> Self { Self(lower: value, upper: value) }

  /// Hidden, and not below zero.
  static var hidden: Self { Self(lower: 0, upper: nil) }

  /// The number, where it is known.
  var value: Int64? { lower == upper ? lower : nil }
}
