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
    /// Of an outsider; nil where nothing is required of it, or nothing could be proved.
    package let interval: AttackedInterval?
    package let who: [Who]
  }

  /// The numbers of the tables that are hidden or at risk, each where it stands first.
  ///
  /// - Parameters:
  ///   - tables: in the order of the release.
  ///   - release: its numbers.
  ///   - isHidden: one a number.
  ///   - intervals: of the numbers of which something is required.
  ///   - who: of each number, by whom it can be told.
  static func cells(
    of tables: [CellTable],
    _ release: ReleaseSystem,
    isHidden: (Int) -> Bool,
    intervals: [Int: AttackedInterval],
    who: (Int) -> [Cell.Who]
  ) -> [Cell] {
    var met: Set<Int32> = []
    var cells: [Cell] = []
    for (table, places) in zip(tables, release.variablesOfPlace) {
      for (place, quantity) in Quantity.quantities(of: table) where quantity.isPrinted {
        for (cell, variable) in (places[place] ?? []).enumerated() {
          let who = who(Int(variable))
          guard isHidden(Int(variable)) || !who.isEmpty, met.insert(variable).inserted else {
            continue
          }
          cells.append(
            Cell(
              table: table.name,
              labels: table.labels(of: cell),
              measure: quantity.name,
              interval: intervals[Int(variable)],
              who: who
            )
          )
        }
      }
    }
    return cells
  }
}
