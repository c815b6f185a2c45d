// What a pipeline is that ends with the first level, at a supplier: nothing is linked or published.

extension Pipeline {
  /// Whether it ends with the first level of pseudonyms, which are handed over to the region.
  package var handsOver: Bool { pseudonymise.handOver != nil }

  /// Whether it ends with its links: nothing is counted and nothing leaves.
  package var endsWithLinks: Bool { publish.tables.isEmpty && !handsOver }

  /// The name of the key that suppliers share, among `keys`.
  package static let sourceKeyName = KeyPlaceDefinition.sourceName
}

extension Dialect {
  /// How the file of a package is written: RFC 4180, with a header.
  package static var handOver: Dialect {
    var dialect = Dialect()
    dialect.delimiter = UInt8(ascii: ",")
    dialect.multiline = true
    return dialect
  }
}

extension LinkStage {
  /// Where nothing is linked.
  static let nothing = LinkStage(
    spine: nil,
    exact: [],
    probabilistic: nil,
    assign: [:],
    unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
  )
}

extension AggregateStage {
  /// Where nothing is counted.
  static let nothing = AggregateStage(
    persons: [],
    tables: [],
    protect: Protection(minimum: 10, method: .hide)
  )
}
