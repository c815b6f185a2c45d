/// Finds the cheapest way to change a cell by so much that everything shown stays as it is.
///
/// A linear program over the cells near it: least Σ cost·|change|, every equation kept, no cell below
/// zero (Fischetti and Salazar-González, 2001, solve the same for one cell at a time). What it finds
/// is made of whole numbers and checked in integers, so that rounding inside Clp cannot make a false
/// proof.
struct DisturbanceSearch: Sendable {
  let system: CellSystem
  /// One a cell; it fits the system.
  private let truth: [Int64]
  /// What it costs to change a cell that is shown by one, one a cell, above 0.
  private let costs: [Double]
  /// One a cell; empty where none may.
  private let mayBeNegative: [Bool]
  private let isAvoided: [Bool]
  /// What is told of standardised rates.
  var rates: RateConstraints
  private var neighbourhood: CellNeighbourhood
  private var rowOfEquation: [Int32]
  /// One an equation: its cells in `prune`; 0 outside.
  private var countOfEquation: [Int32]
  /// One a cell: whether it must stay as it is; false outside `witness`.
  private var isStill: [Bool]

  /// How many cells near the one are tried at once, and how many of one equation.
  private typealias Reach = (cells: Int, ofEquation: Int)
  /// What is tried, one after the other, where cells may be hidden: the cheapest are to be among them.
  private static let reachesHiding: [Reach] = [
    (64, 12), (256, 32), (2048, 256), (Int.max, Int.max),
  ]
  /// What is tried where nothing more may be hidden, so that any witness will do.
  ///
  /// Of a total of many areas few are taken, but these with all that is in them: else a change does not
  /// come back, and most cells are taken in vain.
  private static let reachesHidden: [Reach] = [
    (64, 12), (256, 3), (512, 6), (2048, 256), (Int.max, Int.max),
  ]
  /// What it costs to change a cell that is hidden: next to nothing, so that few are changed.
  private static let costOfHidden = 1e-3
  /// And one that a lone contributor makes, whom a change of it would not deceive.
  private static let costOfLone = 1e-2
  /// How many cells near the one are tried for a cheaper witness when one was found that hides.
  private static let cheapReach = 256

  /// How much is done to find a witness.
  enum Effort {
    /// Looks no further than the cells near it.
    case near
    /// Gives up soon: nothing is lost where none is found.
    case quick
    case whole

    /// How many cells near the one are tried at most.
    fileprivate var reach: Int {
      switch self {
      case .near: 256
      case .quick: 2048
      case .whole: .max
      }
    }

    /// With how many other rates those of a stratum are looked at.
    fileprivate var partnerCount: Int { self == .whole ? 16 : 4 }

    /// How many times a solution of broken numbers is cut in two.
    ///
    /// Beside rates, whose factors are no whole numbers, most solutions are broken.
    fileprivate func branchLimit(besideRates: Bool) -> Int {
      self == .whole ? 200 : besideRates ? 20 : self == .quick ? 3 : 200
    }
  }

  init(
    _ system: CellSystem,
    truth: [Int64],
    costs: [Double],
    mayBeNegative: [Bool],
    avoiding: Set<Int32>,
    rates: RateConstraints
  ) {
    self.system = system
    self.truth = truth
    self.costs = costs
    self.mayBeNegative = mayBeNegative
    self.rates = rates
    isAvoided = (0..<system.cellCount).map { avoiding.contains(Int32($0)) }
    neighbourhood = CellNeighbourhood(system)
    rowOfEquation = [Int32](repeating: -1, count: system.equationCount)
    countOfEquation = [Int32](repeating: 0, count: system.equationCount)
    isStill = [Bool](repeating: false, count: system.cellCount)
  }

  /// The cheapest witness in which a cell differs by a number, or more.
  ///
  /// - Parameters:
  ///   - cell: to change.
  ///   - change: by this at least, the same way; not 0.
  ///   - states: one a cell; a fixed one does not change.
  ///   - isHidingAllowed: whether cells that are shown may change, which hides them.
  ///   - still: cells that do not change either.
  ///   - effort: how much is done to find it.
  ///   - isWide: whether counts may change on which all rates depend.
  /// - Returns: nil when there is none, or none was found.
  mutating func witness(
    changing cell: Int,
    by change: Int64,
    _ states: [CellState],
    isHidingAllowed: Bool,
    still: [Int32] = [],
    effort: Effort = .whole,
    isWide: Bool = false
  ) -> Witness? {
    if rates.isStill(cell, isWide: isWide) { return nil }
    for cell in still { isStill[Int(cell)] = true }
    defer { for cell in still { isStill[Int(cell)] = false } }
    var tried: [Int32] = []
    var cheapest: (cost: Double, witness: Witness)?
    let (isStill, rates, costs) = (isStill, rates, costs)
    func cost(of near: Int) -> Double? {
      if rates.isStill(near, isWide: isWide) { return nil }
      return switch states[near] {
      case .fixed: nil
      case .shown: isHidingAllowed && !isStill[near] ? costs[near] : nil
      case .hidden: isStill[near] ? nil : 0
      }
    }
    if rates.isOfStratum(cell) {
      var swaps = StrataSwaps(rates, system, truth, isQuick: effort != .whole) {
        cost(of: $0) == 0
      }
      if let found = swaps.witness(changing: Int32(cell), by: change) { return found }
      var cells = strata(of: cell, partners: effort.partnerCount)
        .filter { cost(of: Int($0)) != nil }
      let rows = prune(&cells)
      if cells.first == Int32(cell),
        let found = solve(cells, rowCount: rows, [Int32(cell): change], states, effort),
        costOfHiding(found, states) == 0
      {
        return found
      }
      // What a table shows too may change with numbers that are no strata.
      if change.magnitude == 1 { return nil }
    }
    let reaches = isHidingAllowed ? Self.reachesHiding : Self.reachesHidden
    for reach in reaches where reach.cells <= effort.reach {
      if cheapest != nil, reach.cells > Self.cheapReach { break }
      var cells = neighbourhood.cells(
        near: cell,
        limit: reach.cells,
        ofEquation: reach.ofEquation,
        cost: cost
      )
      let rows = prune(&cells)
      // No more cells than before: there is no other answer.
      guard cells.first == Int32(cell), cells != tried else { continue }
      if let found = solve(cells, rowCount: rows, [Int32(cell): change], states, effort) {
        let cost = costOfHiding(found, states)
        if cost == 0 { return found }
        // Farther cells may be hidden already.
        if cost < cheapest?.cost ?? .infinity { cheapest = (cost, found) }
      }
      tried = cells
    }
    return cheapest?.witness
  }

  /// What it costs that cells of a witness must be hidden, as the least that each may change.
  private func costOfHiding(_ witness: Witness, _ states: [CellState]) -> Double {
    witness.cells.reduce(0) { $0 + (states[Int($1)] == .shown ? costs[Int($1)] : 0) }
  }

  /// Takes out the cells that cannot change because an equation has no other that can, and numbers
  /// the equations that stay.
  ///
  /// - Returns: how many equations stay; their numbers stand in `rowOfEquation` until the next call.
  mutating func prune(_ cells: inout [Int32]) -> Int {
    var met: [Int32] = []
    for cell in cells {
      for place in system.equationPlaces(of: Int(cell)) {
        let equation = system.equation(at: place)
        if countOfEquation[Int(equation)] == 0 { met.append(equation) }
        countOfEquation[Int(equation)] += 1
      }
    }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      var keptCount = 0
      for cell in cells {
        let places = system.equationPlaces(of: Int(cell))
        if places.contains(where: { countOfEquation[Int(system.equation(at: $0))] == 1 }) {
          for place in places { countOfEquation[Int(system.equation(at: place))] -= 1 }
          hasChanged = true
        } else {
          cells[keptCount] = cell
          keptCount += 1
        }
      }
      cells.removeLast(cells.count - keptCount)
    }
    let kept = met.filter { countOfEquation[Int($0)] > 0 }.sorted()
    for equation in met { countOfEquation[Int(equation)] = 0 }
    for (row, equation) in kept.enumerated() { rowOfEquation[Int(equation)] = Int32(row) }
    return kept.count
  }

  /// Changes of cells that go with some that are given.
  ///
  /// - Parameters:
  ///   - cells: that may change.
  ///   - rowCount: of the equations that `prune` numbered.
  ///   - given: by cell how it changes: of one or more of them, the first among these.
  ///   - states: one a cell.
  ///   - effort: how much is done to find them.
  /// - Returns: nil when there are none, or none were found.
  func solve(
    _ cells: [Int32],
    rowCount: Int,
    _ given: [Int32: Int64],
    _ states: [CellState],
    _ effort: Effort
  ) -> Witness? {
    for nights in rates.nights(changing: given.keys, among: cells) {
      if let found = solve(cells, nights, rowCount: rowCount, given, states, effort) {
        return found
      }
    }
    return nil
  }

  private func solve(
    _ cells: [Int32],
    _ nights: RateConstraints.Nights,
    rowCount: Int,
    _ given: [Int32: Int64],
    _ states: [CellState],
    _ effort: Effort
  ) -> Witness? {
    // Large sums are scaled, so that Clp's tolerances are far below one of them.
    let largest = given.values.reduce(0) { max($0, $1.magnitude) }
    let scale = max(1, Double(largest) / 1_000_000)
    let asked = rateRows(cells, nights, from: rowCount, by: given[cells[0]] ?? 0, scale: scale)
    var columns = SparseColumns()
    var upper: [Double] = []
    var costs: [Double] = []
    for cell in cells {
      let costOfHidden = isAvoided[Int(cell)] ? Self.costOfLone : Self.costOfHidden
      let cost = states[Int(cell)] == .hidden ? costOfHidden : self.costs[Int(cell)]
      let limits = rates.limits(of: cell, nights)
      for direction in [1.0, -1.0] {
        for place in system.equationPlaces(of: Int(cell)) {
          let equation = Int(system.equation(at: place))
          columns.add(
            row: rowOfEquation[equation],
            direction * Double(system.sign(of: Int(cell), in: equation))
          )
        }
        for (row, up, down) in asked.coefficients[cell] ?? [] {
          let coefficient = direction > 0 ? up : down
          if coefficient != 0 { columns.add(row: row, coefficient) }
        }
        columns.endColumn()
        var most = LinearProgram.unbounded
        if direction < 0, !isFree(Int(cell)) { most = Double(truth[Int(cell)]) / scale }
        if let limits {
          let limit = direction > 0 ? limits.upperBound.magnitude : limits.lowerBound.magnitude
          most = min(most, Double(limit) / scale)
        }
        upper.append(most)
        costs.append(cost)
      }
    }
    var lower = [Double](repeating: 0, count: upper.count)
    let isExact = !asked.limits.isEmpty || given.count > 1
    for (place, cell) in cells.enumerated() {
      guard let change = given[cell] else { continue }
      // It goes one way, by that much or more: where numbers are tied to each other by twos, there may be
      // whole ones for more alone. What rates ask is asked of that change.
      let (way, other) = change > 0 ? (2 * place, 2 * place + 1) : (2 * place + 1, 2 * place)
      let needed = Double(change.magnitude) / scale
      guard upper[way] >= needed else { return nil }
      (lower[way], upper[other]) = (needed, 0)
      if isExact { upper[way] = needed }
    }
    for (number, limits) in asked.limits.enumerated() {
      columns.add(row: Int32(rowCount + number), -1)
      columns.endColumn()
      lower.append(limits.lowerBound)
      upper.append(limits.upperBound)
      costs.append(0)
    }
    var program = LinearProgram(
      columns: columns,
      lower: lower,
      upper: upper,
      rows: [Double](repeating: 0, count: rowCount + asked.limits.count)
    )
    for (column, cost) in costs.enumerated() { program.setCost(cost, of: column) }
    return wholeSolution(
      of: &program,
      cells,
      Bounds(lower: lower, upper: upper),
      scale: scale,
      branchLimit: effort.branchLimit(besideRates: !asked.limits.isEmpty)
    )
  }

  private func isFree(_ cell: Int) -> Bool {
    mayBeNegative.indices.contains(cell) && mayBeNegative[cell]
  }

  /// Branch and bound, depth first: the first solution in whole numbers.
  private func wholeSolution(
    of program: inout LinearProgram,
    _ cells: [Int32],
    _ bounds: Bounds,
    scale: Double,
    branchLimit: Int
  ) -> Witness? {
    var open = [bounds]
    for _ in 0..<branchLimit {
      guard let node = open.popLast() else { return nil }
      for column in node.lower.indices {
        program.setBounds(node.lower[column], node.upper[column], of: column)
      }
      guard case .optimal = program.solve(.boundsChanged) else { continue }
      var changes: [(cell: Int32, change: Int64)] = []
      var broken: (place: Int, change: Double)?
      for (place, cell) in cells.enumerated() {
        let change =
          (program.value(of: 2 * place) - program.value(of: 2 * place + 1)) * scale
        guard let whole = Int64(exactly: change.rounded()) else { return nil }
        if abs(change - Double(whole)) > 1e-6 * scale {
          broken = (place, change)
          break
        }
        if whole != 0 { changes.append((cell, whole)) }
      }
      guard let broken else {
        let witness = Witness(changes)
        if witness.fits(system, truth: truth, isFree: isFree), rates.keep(witness) {
          return witness
        }
        continue
      }
      open.append(node.limiting(broken.place, from: broken.change.rounded(.up) / scale))
      open.append(node.limiting(broken.place, to: broken.change.rounded(.down) / scale))
    }
    return nil
  }
}

/// Bounds of the two columns of each cell: what is added to it, and what is taken away.
private struct Bounds {
  var lower: [Double]
  var upper: [Double]

  /// The same, where a cell changes by at least this.
  func limiting(_ place: Int, from least: Double) -> Bounds {
    var bounds = self
    let (added, taken) = (2 * place, 2 * place + 1)
    if least > 0 {
      bounds.lower[added] = max(lower[added], least)
      bounds.upper[taken] = 0
    } else {
      bounds.upper[taken] = min(upper[taken], -least)
    }
    return bounds
  }

  /// The same, where a cell changes by at most this.
  func limiting(_ place: Int, to most: Double) -> Bounds {
    var bounds = self
    let (added, taken) = (2 * place, 2 * place + 1)
    if most < 0 {
      bounds.lower[taken] = max(lower[taken], -most)
      bounds.upper[added] = 0
    } else {
      bounds.upper[added] = min(upper[added], most)
    }
    return bounds
  }
}
