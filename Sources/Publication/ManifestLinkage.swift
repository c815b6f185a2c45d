package import Tabular

/// What became of the accepted rows of a source that was linked to the residents.
package struct ManifestLinkage: Sendable {
  /// Rows, and the distinct identities that they bear.
  package struct Count: Sendable, Hashable {
    package var rows: Int
    package var identities: Int

    package init(rows: Int = 0, identities: Int = 0) {
      self.rows = rows
      self.identities = identities
    }

    var json: JSONValue { ["rows": .count(rows), "identities": .count(identities)] }
  }

  package let linked: Count
  package let unlinked: Count
  /// One an exact pass, in file order: the columns it compares, and what it linked.
  package let passes: [(on: [String], count: Count)]
  /// Those that occur; they add up to `unlinked`.
  package let unlinkedReasons: [UnlinkedReason: Count]

  package init(
    linked: Count,
    unlinked: Count,
    passes: [(on: [String], count: Count)],
    unlinkedReasons: [UnlinkedReason: Count]
  ) {
    self.linked = linked
    self.unlinked = unlinked
    self.passes = passes
    self.unlinkedReasons = unlinkedReasons
  }

  package var json: JSONValue {
    let passes = passes.map { pass -> JSONValue in
      [
        "on": .array(pass.on.map { .string($0) }),
        "rows": .count(pass.count.rows),
        "identities": .count(pass.count.identities),
      ]
    }
    let reasons = unlinkedReasons.map { ($0.key.rawValue, $0.value.json) }
    return [
      "linked": linked.json,
      "unlinked": unlinked.json,
      "passes": .array(passes),
      "unlinked_reasons": .object(Dictionary(reasons) { first, _ in first }),
    ]
  }
}
