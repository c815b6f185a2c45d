@testable import DisclosureControl

/// Whether sums of unknown numbers, none below zero, reach as far as they must.
struct ReachSearch {
  let columnCount: Int
  private let rows: [OutsiderAttack.Row]

  init(_ rows: [OutsiderAttack.Row], columnCount: Int) {
    self.rows = rows
    self.columnCount = columnCount
  }

  /// - Parameter needs: columns that are added up, those that are taken away, and how far that must
  ///   reach.
  /// - Returns: the needs that are not met, by their places, with where the sum lies; nil where Clp
  ///   fails.
  func tooExact(
    _ needs: [(members: [Int], less: [Int], required: RequiredInterval)]
  ) -> [(need: Int, interval: AttackedInterval?)] {
    tooExact(needs) { _ in }
  }

  /// The same, where some answers are known already.
  ///
  /// - Parameters:
  ///   - needs: as above.
  ///   - known: one a need, for its low and its high end: whether numbers that fit reach it. None
  ///     where nothing is known.
  ///   - keep: called with numbers that fit, one a column.
  /// - Returns: as above.
  func tooExact(
    _ needs: [(members: [Int], less: [Int], required: RequiredInterval)],
    isMet known: [[Bool]] = [],
    keep: ([Double]) -> Void
  ) -> [(need: Int, interval: AttackedInterval?)] {
    if !known.isEmpty, !known.joined().contains(false) { return [] }
    var program = program()
    // One answer often shows that others reach far enough too.
    var isMet = known.isEmpty ? [[Bool]](repeating: [false, false], count: needs.count) : known
    var found: [(need: Int, interval: AttackedInterval?)] = []
    for (number, need) in needs.enumerated() {
      for (side, cost) in [1.0, -1].enumerated() where !isMet[number][side] {
        Self.setCosts(cost, need.members, need.less, &program)
        let solution = program.solve(.costsChanged)
        Self.setCosts(0, need.members, need.less, &program)
        switch solution {
        case .optimal:
          let values = (0..<columnCount).map { program.value(of: $0) }
          keep(values)
          for (other, need) in needs.enumerated() {
            let sum =
              need.members.reduce(0) { $0 + values[$1] } - need.less.reduce(0) { $0 + values[$1] }
            let (low, high) = (Double(need.required.lower), Double(need.required.upper))
            // What Clp may have rounded counts for nothing but its own need.
            let slack = other == number ? 1e-6 * max(1, high) : 0
            if sum <= low + slack { isMet[other][0] = true }
            if sum >= high - slack { isMet[other][1] = true }
          }
        case .unlimited: isMet[number][side] = true
        case .infeasible, .failed: break
        }
      }
      if isMet[number] == [true, true] { continue }
      found.append((number, interval(of: need.members, need.less, &program)))
    }
    return found
  }

  /// Where a sum of columns lies; nil when Clp fails.
  func interval(of members: [Int]) -> AttackedInterval? {
    var program = program()
    return interval(of: members, [], &program)
  }

  private static func setCosts(
    _ cost: Double,
    _ members: [Int],
    _ less: [Int],
    _ program: inout LinearProgram
  ) {
    for column in members { program.setCost(cost, of: column) }
    for column in less { program.setCost(-cost, of: column) }
  }

  private func interval(
    of members: [Int],
    _ less: [Int],
    _ program: inout LinearProgram
  ) -> AttackedInterval? {
    var ends: [Double] = []
    for cost in [1.0, -1] {
      Self.setCosts(cost, members, less, &program)
      switch program.solve(.costsChanged) {
      case .optimal(let least): ends.append(cost * least)
      case .unlimited: ends.append(-cost * .infinity)
      case .infeasible, .failed: break
      }
      Self.setCosts(0, members, less, &program)
    }
    return ends.count == 2 ? AttackedInterval(lower: ends[0], upper: ends[1]) : nil
  }

  private func program() -> LinearProgram {
    var rowsOfColumn = [[(row: Int32, factor: Double)]](repeating: [], count: columnCount)
    for (number, row) in rows.enumerated() {
      for column in row.members { rowsOfColumn[column].append((Int32(number), 1)) }
      for column in row.less { rowsOfColumn[column].append((Int32(number), -1)) }
    }
    var columns = SparseColumns()
    for rows in rowsOfColumn {
      for (row, factor) in rows { columns.add(row: row, factor) }
      columns.endColumn()
    }
    return LinearProgram(
      columns: columns,
      lower: [Double](repeating: 0, count: columnCount),
      upper: [Double](repeating: LinearProgram.unbounded, count: columnCount),
      rows: rows.map { Double($0.result) }
    )
  }
}
