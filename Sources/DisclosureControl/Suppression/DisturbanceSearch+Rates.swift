/// What standardised rates add to a search.
extension DisturbanceSearch {
  /// The cells that the rates of a cell are made of, and those of rates that hang together with it by an
  /// equation.
  ///
  /// - Parameters:
  ///   - cell: comes first.
  ///   - partners: at most so many other rates; those that are hidden come first.
  /// - Returns: distinct cells, with those that they are the sum of two with.
  func strata(of cell: Int, partners: Int) -> [Int32] {
    let own = rates.made(of: Int32(cell))
    var found = Set(own)
    var others: [Int] = []
    for equation in system.equations(of: cell) {
      for member in system.cells(of: Int(equation)) {
        others += rates.made(of: member).filter { found.insert($0).inserted }
      }
    }
    others =
      others.filter { rates.states[$0] == .hidden } + others.filter { rates.states[$0] != .hidden }
    var cells = [Int32(cell)]
    var met: Set<Int32> = [Int32(cell)]
    for rate in own + others.prefix(partners) {
      for member in rates.rates[rate].members where met.insert(member).inserted {
        cells.append(member)
      }
    }
    for member in cells {
      for equation in system.equations(of: Int(member))
      where system.cellCount(of: Int(equation)) <= 3 {
        cells += system.cells(of: Int(equation)).filter { met.insert($0).inserted }
      }
    }
    return cells
  }

  /// A witness of the numbers of tables, with changes of the strata in them that go with it.
  ///
  /// - Parameters:
  ///   - witness: fits all equations in which no stratum is.
  ///   - isOfStratum: one a cell.
  ///   - states: one a cell; strata change where they are hidden.
  ///   - effort: how much is done to find it.
  /// - Returns: nil where none was found.
  mutating func extended(
    _ witness: Witness,
    _ isOfStratum: [Bool],
    _ states: [CellState],
    _ effort: Effort
  ) -> Witness? {
    var cells = witness.cells
    var met = Set(cells)
    func add(_ members: some Sequence<Int32>) {
      for member in members
      where isOfStratum[Int(member)] && states[Int(member)] == .hidden
        && !rates.isStill(Int(member), isWide: false) && met.insert(member).inserted
      {
        cells.append(member)
      }
    }
    var next = 0
    while next < cells.count {
      let cell = cells[next]
      next += 1
      for equation in system.equations(of: Int(cell)) {
        let members = system.cells(of: Int(equation))
        // Down from the numbers of tables, and up again to what strata are part of.
        let isDown = !isOfStratum[Int(cell)] && members.first == cell
        add(isDown || members.count <= 3 ? members : members.prefix(1))
      }
    }
    let rows = prune(&cells)
    guard cells.starts(with: witness.cells) else { return nil }
    let given = Dictionary(uniqueKeysWithValues: zip(witness.cells, witness.changes))
    return solve(cells, rowCount: rows, given, states, effort)
  }

  /// What the rates that are shown ask of the changes of cells: rows of a program, from a number on.
  ///
  /// - Returns: by cell the rows that it stands in, with its factors for more and for less; and between
  ///   which numbers each row lies.
  func rateRows(
    _ cells: [Int32],
    _ nights: RateConstraints.Nights,
    from first: Int,
    by change: Int64,
    scale: Double
  ) -> (
    coefficients: [Int32: [(row: Int32, up: Double, down: Double)]], limits: [ClosedRange<Double>]
  ) {
    let touched = rates.shown(touching: cells).filter { nights == .all || $0 < rates.ownCount }
    if touched.isEmpty { return ([:], []) }
    let changing = Set(cells)
    var found: [Int32: [(row: Int32, up: Double, down: Double)]] = [:]
    var limits: [ClosedRange<Double>] = []
    for rate in touched {
      for row in rates.rows(of: rate, changing: Int(cells[0]), by: change) {
        let own = row.coefficients.filter { changing.contains($0.member) }
        // Rows of like size are solved best.
        let largest = own.reduce(0) { max($0, abs($1.up), abs($1.down)) }
        guard largest > 0 else { continue }
        for (member, up, down) in own {
          found[member, default: []]
            .append((Int32(first + limits.count), up / largest, down / largest))
        }
        let unit = largest * scale
        limits.append(row.limits.lowerBound / unit...row.limits.upperBound / unit)
      }
    }
    return (found, limits)
  }
}
