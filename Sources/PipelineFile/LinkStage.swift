package import Diagnostics

/// How records become persons.
package struct LinkStage: Sendable {
  /// The source whose rows are the persons; nil when the persons are the clusters of all records.
  package let spine: String?
  package let exact: [ExactPass]
  /// Tried on what no pass links; nil without.
  package let probabilistic: ProbabilisticStage?
  /// `many-to-one` unless the file says otherwise, by source.
  package let assign: [String: Assignment]
  /// Sources of which several identities may be one client, beside a spine.
  package internal(set) var deduplicated: Set<String> = []
  package internal(set) var unlinked: UnlinkedThresholds

  /// Every column that a pass, a blocking rule or a comparison looks at.
  package var comparedColumns: Set<String> {
    var columns = Set(exact.flatMap(\.columns))
    guard let probabilistic else { return columns }
    columns.formUnion(probabilistic.blocks.flatMap(\.columns))
    for comparison in probabilistic.comparisons {
      columns.insert(comparison.column)
      for case .part(let part) in comparison.levels { columns.insert(part) }
    }
    return columns
  }

  /// Whether a resident may take several clients of that source.
  package func assignment(of source: String) -> Assignment { assign[source] ?? .manyToOne }
}

/// Whether a resident may take several clients of a source.
package enum Assignment: String, Sendable, CaseIterable {
  case oneToOne = "one-to-one"
  case manyToOne = "many-to-one"
}

/// A pass that links what is equal on all of these columns.
package struct ExactPass: Sendable {
  /// Token columns and kept columns, by staged name.
  package let on: [String]
  /// Refuse the pair when it holds; nil without.
  package let unless: Veto?
  package let place: Place

  /// What it looks at.
  package var columns: [String] { on + (unless?.differ ?? []) }
}

/// `a and b differ`: each of these is present on both sides and unequal.
package struct Veto: Sendable, Hashable {
  package let differ: [String]
}

/// Shares of rows (or identities, whichever is worse) that no person was found for, in 0...1.
package struct UnlinkedThresholds: Sendable, Hashable {
  package let warnAbove: Double?
  package let failAbove: Double?
}
