package import Tabular

/// One token for all that each record holds: by it a judgement finds its records again.
///
/// - Parameters:
///   - identities: one row an identity.
///   - source: its name.
///   - chosen: of which identities.
/// - Returns: one a chosen identity.
package func recordTokens(
  of identities: PseudonymisedTable,
  source: String,
  _ chosen: [Int32]
) -> [Token] {
  let records = PersonRecords(identities, source: source, number: nil, birthDate: nil)
  return identityTokens(of: records, chosen)
}
