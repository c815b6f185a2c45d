package import Tabular

/// The identities of one source, as far as it matters who they are from night to night.
package struct PersonRecords: Sendable {
  let table: Table
  /// Its name.
  package let source: String
  /// The column that holds tokens of a BSN; nil when the source has none.
  package let number: String?
  /// The column that holds tokens of a birth date; nil when the source has none.
  let birthDate: String?

  /// - Parameters:
  ///   - identities: one row an identity.
  ///   - source: its name.
  ///   - number: a token column, or nil.
  ///   - birthDate: a token column, or nil.
  package init(
    _ identities: PseudonymisedTable,
    source: String,
    number: String?,
    birthDate: String?
  ) {
    table = identities.table
    self.source = source
    self.number = number
    self.birthDate = birthDate
  }

  var count: Int { table.rowCount }

  /// The token of each identity's number; nil without such a column.
  var numbers: TokenColumn? { number.flatMap(tokens) }

  /// Whether the rest of an identity tells who somebody is: its birth date and another token.
  var tellingRows: [Bool] {
    var telling = [Bool](repeating: false, count: count)
    guard let birthDate, let days = tokens(birthDate) else { return telling }
    for name in table.names where name != birthDate && name != number {
      guard let values = tokens(name) else { continue }
      for record in telling.indices where !days[record].isMissing && !values[record].isMissing {
        telling[record] = true
      }
    }
    return telling
  }

  private func tokens(_ name: String) -> TokenColumn? {
    if case .tokens(let values)? = table[name] { values } else { nil }
  }
}
