import Tabular

extension ReleaseAudit {
  /// A number that is hidden, or that can be told too exactly.
  package struct Cell: Sendable, Hashable {
    /// Who can tell a number too exactly.
    package enum Who: String, Sendable {
      case outsider
      case insider
      case nights
    }

    package let table: String
    /// One a dimension of the table.
    package let labels: [String]
    package let measure: String
    /// Of an outsider; nil where nothing could be proved.
    package internal(set) var interval: AttackedInterval?
    package let who: [Who]
  }

  /// The numbers of the tables that are hidden or at risk, each where it stands first.
  ///
  /// Each is attacked, also where nothing is required of it: what an interval is told of would tell of
  /// a rule.
  ///
  /// - Parameters:
  ///   - tables: in the order of the release.
  ///   - release: its numbers.
  ///   - attack: of an outsider.
  ///   - isHidden: one a number.
  ///   - intervals: that are found already; nil where nothing could be proved.
  ///   - who: of each number, by whom it can be told.
  /// - Returns: hidden numbers, each once.
  static func cells(
    of tables: [CellTable],
    _ release: ReleaseSystem,
    _ attack: IntervalAttack,
    isHidden: (Int) -> Bool,
    intervals: [Int: AttackedInterval?],
    who: (Int) -> [Cell.Who]
  ) -> [Cell] {
    var met: Set<Int32> = []
    var found: [(number: Int, cell: Cell)] = []
    for (table, places) in zip(tables, release.variablesOfPlace) {
      for (place, quantity) in Quantity.quantities(of: table) where quantity.isPrinted {
        for (cell, variable) in (places[place] ?? []).enumerated() {
          let who = who(Int(variable))
          guard isHidden(Int(variable)) || !who.isEmpty, met.insert(variable).inserted else {
            continue
          }
          found.append(
            (
              Int(variable),
              Cell(
                table: table.name,
                labels: table.labels(of: cell),
                measure: quantity.name,
                interval: intervals[Int(variable)] ?? nil,
                who: who
              )
            )
          )
        }
      }
    }
    let asked = found.indices.filter { intervals[found[$0].number] == nil }
    for (place, interval) in zip(asked, attack.intervals(of: asked.map { found[$0].number })) {
      found[place].cell.interval = interval
    }
    return found.map(\.cell)
  }
}
