import PipelineFile

/// What a source wants of the persons of LO3.
struct Lo3Layout: Sendable {
  /// What fills a declared column.
  enum Filling: Sendable {
    /// An element, by its place in `Lo3Elements.all`.
    case element(Int)
    /// 06.08.10 is filled, or 07.67.20 is O.
    case deceased
    /// 01.83.10 or 08.83.10 is filled.
    case investigation
    /// Nothing: no element is called so.
    case none
  }

  /// One a declared column.
  let fillings: [Filling]
  /// For each element whether its value is looked at.
  let isNeeded: [Bool]
  /// For each element the first declared column it fills, or -1.
  let columns: [Int]

  init(columns declared: [SourceColumn]) {
    var fillings: [Filling] = []
    // A mistake in the register is no person, and what is marked as wrong is not read.
    var isNeeded = Lo3Elements.all.map {
      $0.number == Lo3Elements.correctness || $0.column == "suspended"
    }
    var columns = Lo3Elements.all.map { _ in -1 }
    for (number, column) in declared.enumerated() {
      switch column.sourceName {
      case "deceased":
        fillings.append(.deceased)
        isNeeded[Self.death] = true
      case "under_investigation":
        fillings.append(.investigation)
        for place in Lo3Elements.all.indices
        where Lo3Elements.all[place].number == Lo3Elements.investigation {
          isNeeded[place] = true
        }
      default:
        guard let place = Lo3Elements.all.firstIndex(where: { $0.column == column.sourceName })
        else {
          fillings.append(.none)
          continue
        }
        fillings.append(.element(place))
        isNeeded[place] = true
        if columns[place] < 0 { columns[place] = number }
      }
    }
    self.fillings = fillings
    self.isNeeded = isNeeded
    self.columns = columns
  }

  static let surname = place(of: "surname")
  static let sex = place(of: "sex")
  static let death = place(of: "death_date")
  static let suspension = place(of: "suspended")
  static let municipality = place(of: "municipality")

  private static func place(of column: String) -> Int {
    Lo3Elements.all.firstIndex { $0.column == column } ?? 0
  }
}
