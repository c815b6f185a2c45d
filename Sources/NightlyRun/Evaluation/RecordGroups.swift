import Tabular

/// A kept column by which records fall into groups.
struct RecordGroups {
  let column: String
  /// In the order in which they are told; the last is that of records without a value.
  let names: [String]
  /// One a record.
  let groups: [Int]

  /// A column of more values tells nothing at a glance.
  private static let most = 50

  /// The columns that make few groups; years in bands of ten.
  ///
  /// - Parameter sources: tables, and of each the rows that are records, in order; a column that one of
  ///   them lacks is left out.
  /// - Returns: one a column, in the order of the first table.
  static func all(of sources: [(table: Table, rows: [Int])]) -> [RecordGroups] {
    guard let first = sources.first else { return [] }
    return first.table.names.compactMap { name in
      var values: [String?] = []
      for source in sources {
        guard let column = source.table[name], let texts = texts(of: column) else { return nil }
        values += source.rows.map { texts[$0] }
      }
      return RecordGroups(name, values)
    }
  }

  private init?(_ column: String, _ values: [String?]) {
    let distinct = Set(values.compactMap { $0 }).sorted()
    guard 2...Self.most ~= distinct.count else { return nil }
    let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    self.column = column
    names = distinct + ["missing"]
    groups = values.map { $0.flatMap { places[$0] } ?? distinct.count }
  }

  /// What is told of each row of a column; nil for a column of other kinds.
  private static func texts(of column: Column) -> [String?]? {
    switch column {
    case .codes(let codes, let dictionary): codes.map { $0 < 0 ? nil : dictionary[Int($0)] }
    case .integers(let years, .year):
      years.map { $0 == missingInteger ? nil : "\($0 - $0 % 10)-\($0 - $0 % 10 + 9)" }
    case .integers(let flags, .yesNo):
      flags.map { $0 == missingInteger ? nil : $0 == 0 ? "no" : "yes" }
    case .integers, .tokens: nil
    }
  }
}
