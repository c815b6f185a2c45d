import Tabular

/// A kept column of the spine by which residents fall into groups.
struct ResidentGroups {
  let column: String
  /// In the order in which they are told.
  let names: [String]
  /// The group of each resident; the last is that of residents without a value.
  let groups: [Int]

  /// A column of more values tells nothing at a glance.
  private static let most = 50

  /// The columns of a table of residents that make few groups; years in bands of ten.
  static func all(of residents: Table) -> [ResidentGroups] {
    zip(residents.names, residents.columns).compactMap { name, column in
      switch column {
      case .codes(let codes, let dictionary):
        ResidentGroups(name, codes.map { Int64($0) }, least: 0) { dictionary[Int($0)] }
      case .integers(let values, .year):
        ResidentGroups(
          name,
          values.map { $0 == missingInteger ? $0 : $0 - $0 % 10 },
          least: .min + 10
        ) {
          "\($0)-\($0 + 9)"
        }
      case .integers(let values, .yesNo):
        ResidentGroups(name, values, least: 0) { $0 == 0 ? "no" : "yes" }
      case .integers, .tokens: nil
      }
    }
  }

  private init?(
    _ column: String,
    _ values: [Int64],
    least: Int64,
    named: (Int64) -> String
  ) {
    let distinct = Set(values.lazy.filter { $0 >= least }).sorted()
    guard 2...Self.most ~= distinct.count else { return nil }
    let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    self.column = column
    names = distinct.map(named) + ["missing"]
    groups = values.map { places[$0] ?? distinct.count }
  }
}
