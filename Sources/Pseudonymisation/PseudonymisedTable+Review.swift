package import Tabular

extension PseudonymisedTable {
  /// Pairs that somebody should look at, one row a pair.
  ///
  /// - Parameters:
  ///   - residents: a token that tells the resident of each pair.
  ///   - identities: one that tells the other record.
  ///   - strata: why a pair is among them.
  ///   - figures: whole numbers that tell how the records compare.
  /// - Returns: columns `resident`, `identity`, `stratum`, then the figures.
  package static func review(
    residents: [Token],
    identities: [Token],
    strata: [String],
    figures: [(name: String, values: [Int64])]
  ) -> PseudonymisedTable {
    let words = Set(strata).sorted()
    return .pseudonymised(
      Table(
        names: ["resident", "identity", "stratum"] + figures.map(\.name),
        columns: [
          .tokens(TokenColumn(residents)), .tokens(TokenColumn(identities)),
          .codes(
            strata.map { Int32(words.firstIndex(of: $0) ?? 0) },
            dictionary: words
          ),
        ] + figures.map { .integers($0.values, .number) },
        rowCount: residents.count
      )
    )
  }
}
