package import Tabular

/// What became of the rows of one source.
package struct ManifestSource: Sendable {
  package let name: String
  package let rowsRead: Int
  package let rowsAccepted: Int
  /// Rejected rows by reason.
  package let rejected: [String: Int]
  /// Skipped rows by reason.
  package let skipped: [String: Int]
  /// Faulty values of columns that are not required, by column; they became missing.
  package let blanked: [String: Int]
  /// Codes that no list knows and that stay nonetheless, by column.
  package let unknownCodes: [String: Int]
  /// Distinct combinations of what identifies.
  package let identityCount: Int
  /// Rows that were completed from client rows, and client rows that disagree; 0 for most sources.
  package let completed: Int
  package let contradicting: Int
  /// Nil for the source whose rows are the persons.
  package let linkage: ManifestLinkage?
  /// The period whose delivery stands in for one that has not come; nil for one in time.
  package let stalePeriod: String?
  /// The periods that windows look at of which no delivery counts, the earliest first.
  package let absentPeriods: [String]
  /// The share in percent of the persons who could appear in it; nil where everyone could.
  package let coveredPercent: String?

  package init(
    name: String,
    rowsRead: Int,
    rowsAccepted: Int,
    rejected: [String: Int],
    skipped: [String: Int],
    blanked: [String: Int],
    unknownCodes: [String: Int] = [:],
    identityCount: Int,
    completed: Int = 0,
    contradicting: Int = 0,
    linkage: ManifestLinkage?,
    stalePeriod: String? = nil,
    absentPeriods: [String] = [],
    coveredPercent: String? = nil
  ) {
    self.name = name
    self.rowsRead = rowsRead
    self.rowsAccepted = rowsAccepted
    self.rejected = rejected
    self.skipped = skipped
    self.blanked = blanked
    self.unknownCodes = unknownCodes
    self.identityCount = identityCount
    self.completed = completed
    self.contradicting = contradicting
    self.linkage = linkage
    self.stalePeriod = stalePeriod
    self.absentPeriods = absentPeriods
    self.coveredPercent = coveredPercent
  }

  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name),
      "read": .count(rowsRead),
      "accepted": .count(rowsAccepted),
      "rejected": .counts(rejected),
      "skipped": .counts(skipped),
      "blanked": .counts(blanked),
      "identities": .count(identityCount),
    ]
    members["stale"] = stalePeriod.map { .string($0) }
    if !absentPeriods.isEmpty {
      members["absent_periods"] = .array(absentPeriods.map { .string($0) })
    }
    members["covered_percent"] = coveredPercent.map { .string($0) }
    if completed + contradicting > 0 {
      members["completed"] = .count(completed)
      members["contradicting"] = .count(contradicting)
    }
    if !unknownCodes.isEmpty { members["unknown_codes"] = .counts(unknownCodes) }
    if let linkage { members["linkage"] = linkage.json }
    return .object(members)
  }
}
