import Cryptography
import Files
import Linkage
import PipelineFile
import PrivacyLog
import Pseudonymisation
import Tabular

/// What came in, and what became of it.
extension NightLog {
  /// The stages ingest and pseudonymise of all sources are done.
  func staged(_ sources: [(StagedSource, SourcePlan)], standardisation: String) throws {
    var counts: [String: JSONValue] = [:]
    for (source, plan) in sources {
      try ingested(source)
      let account = source.account
      counts[source.name] = [
        "read": .integer(Int64(account.read)), "accepted": .integer(Int64(account.accepted)),
        "rejected": .object(account.rejectedByReason.mapValues { .integer(Int64($0)) }),
        "skipped": .object(account.skipped.mapValues { .integer(Int64($0)) }),
        "columns": columns(of: source.name, plan),
      ]
    }
    try append(
      .stageEnded,
      "staged",
      [
        "stage": "pseudonymise", "standardisation": .string(standardisation),
        "counts": .object(counts),
        "sketches": .array(
          sources.compactMap { source, _ in
            source.sketch.map { .string("\(source.name) \($0.text)") }
          }
        ),
      ],
      waiting: false
    )
  }

  /// Nothing new has come: all that is staged is what was staged before.
  func quiet(sourceCount: Int) throws {
    try append(
      .heartbeat,
      "quiet",
      ["counts": ["unchanged": .integer(Int64(sourceCount))]],
      waiting: false
    )
  }

  /// Rows of persons who object were skipped.
  func optOutApplied(_ list: ObjectionList, _ sources: [StagedSource]) throws {
    var counts: [String: JSONValue] = [:]
    var unmatched: [String: JSONValue] = [:]
    for source in sources {
      counts[source.name] = .integer(Int64(source.account.skipped["objection"] ?? 0))
      unmatched[source.name] = .integer(Int64(source.rowCount(without: list.column)))
    }
    try append(
      .optoutApplied,
      "applied",
      [
        "persons": .integer(Int64(list.persons.count)), "counts": .object(counts),
        "unmatched": .object(unmatched),
        "input": [["digest": .string(try keyed(list.digest))]],
      ],
      waiting: false
    )
  }

  /// A delivery has not come, or not whole.
  func late(_ source: String, _ lateness: Lateness) throws {
    var fields: [String: JSONValue] = ["stage": "ingest", "source": .string(source)]
    fields["due"] = lateness.due.map { .string($0) }
    try append(.stageEnded, lateness.isLate ? "late" : "not-due", fields)
  }

  /// A delivery may be of twenty thousand messages; no line grows with it.
  private static let filesInLine = 500

  private func ingested(_ source: StagedSource) throws {
    let deliveries = source.account.deliveries
    let (files, figures) = (source.receipt.files, source.account.figures.files)
    for first in stride(from: 0, to: deliveries.count, by: Self.filesInLine) {
      let part = first..<min(first + Self.filesInLine, deliveries.count)
      let inputs = try part.map { number -> JSONValue in
        var input: [String: JSONValue] = [
          "digest": .string(try keyed(deliveries[number].sha256)),
          "bytes": .integer(Int64(deliveries[number].byteCount)),
        ]
        // No row is read of a file that is passed over.
        if figures.indices.contains(number), let rows = figures[number].rowCount {
          input["rows"] = .integer(Int64(rows))
        }
        guard files.indices.contains(number) else { return .object(input) }
        // Read again under the tokens of this night, and no delivery of it.
        input["period"] = files[number].otherPeriod.map { .string($0) }
        if files[number].state != "accepted" { input["state"] = .string(files[number].state) }
        if !files[number].replaces.isEmpty {
          input["replaces"] = .array(try files[number].replaces.map { .string(try keyed($0)) })
        }
        return .object(input)
      }
      var fields: [String: JSONValue] = [
        "stage": "ingest", "source": .string(source.name), "input": .array(inputs),
      ]
      fields["stale"] = source.receipt.stalePeriod.map { .string($0) }
      try append(
        .stageEnded,
        source.receipt.stalePeriod == nil ? "read" : "stale",
        fields,
        waiting: false
      )
    }
  }

  /// The link stage is done.
  func linked(_ linked: LinkedSources) throws {
    var counts: [String: JSONValue] = [:]
    for source in linked.sources {
      guard let report = source.report else { continue }
      counts[source.source.name] = [
        "linked": .integer(Int64(report.linked.rows)),
        "unlinked": .integer(Int64(report.unlinked.rows)),
      ]
    }
    try append(
      .stageEnded,
      "linked",
      [
        "stage": "link", "counts": .object(counts),
        "residents": .integer(Int64(linked.residents.table.rowCount)),
        "duplicates": .integer(Int64(linked.duplicateCount)),
        "person_events": .object(linked.persons.counts.mapValues { .integer(Int64($0)) }),
        "uniqueness": [
          "k_min": .integer(Int64(linked.uniqueness.smallest)),
          "alone": .integer(Int64(linked.uniqueness.alone)),
          "under_5": .integer(Int64(linked.uniqueness.underFive)),
          "under_10": .integer(Int64(linked.uniqueness.underTen)),
        ],
      ],
      waiting: false
    )
  }

  /// Bloom filters are gone from the staging folder.
  ///
  /// - Parameters:
  ///   - outcome: `linked` when the link stage is done with them, `stray` when no source of this
  ///     pipeline has such a column any more.
  ///   - counts: of each source and column how many filters there were.
  /// - Throws: `PrivacyLogError`.
  func filtersDeleted(_ outcome: String, _ counts: [String: [String: Int]]) throws {
    try append(
      .filtersDeleted,
      outcome,
      [
        "stage": "link",
        "counts": .object(
          counts.mapValues { .object($0.mapValues { .integer(Int64($0)) }) }
        ),
      ]
    )
  }
}
