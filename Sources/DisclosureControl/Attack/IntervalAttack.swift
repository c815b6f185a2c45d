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

  /// - Parameters:
  ///   - system: of all cells.
  ///   - known: one a cell.
  init(_ system: CellSystem, known: [KnownRange]) {
    self.system = system
    self.known = known
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
    let order = cells.indices.sorted { left, right in
      let (first, second) = (componentOfCell[cells[left]], componentOfCell[cells[right]])
      return first == second ? cells[left] < cells[right] : first < second
    }
    var next = 0
    while next < order.count {
      let component = componentOfCell[cells[order[next]]]
      var end = next
      while end < order.count, componentOfCell[cells[order[end]]] == component { end += 1 }
      if component < 0 {
        for place in order[next..<end] {
          let value = Double(known[cells[place]].value ?? 0)
          found[place] = AttackedInterval(lower: value, upper: value)
        }
      } else {
        attack(components[Int(component)], order[next..<end], cells, also, &found)
      }
      next = end
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
      var ends: [Double] = []
      for cost in [1.0, -1.0] {
        program.setCost(cost, of: column)
        switch program.solve(.costsChanged) {
        case .optimal: ends.append(program.value(of: column))
        case .unlimited: ends.append(cost > 0 ? -.infinity : .infinity)
        case .infeasible, .failed: break
        }
      }
      program.setCost(0, of: column)
      if ends.count == 2 {
        found[place] = AttackedInterval(lower: snapped(ends[0]), upper: snapped(ends[1]))
      }
    }
  }

  /// The whole number that Clp means, where it is one but for rounding.
  private func snapped(_ value: Double) -> Double {
    abs(value - value.rounded()) <= 1e-7 * max(1, abs(value)) ? value.rounded() : value
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
      columns.endColumn()
    }
    return LinearProgram(
      columns: columns,
      lower: members.map { known[Int($0)].lower.map(Double.init) ?? -LinearProgram.unbounded },
      upper: members.map { known[Int($0)].upper.map(Double.init) ?? LinearProgram.unbounded },
      rows: rows
    )
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
