import Diagnostics
import Linkage
import PipelineFile
import PrivacyLog
import Pseudonymisation
import Publication
import Tabular

/// What left, and what did not.
extension NightLog {
  /// The tables are about to leave: when this returns, that is signed and on the disk.
  ///
  /// - Parameters:
  ///   - release: the tables.
  ///   - uniqueness: how alone the persons stand whom they were made of; of each table, for all of them
  ///     count the same linked set.
  ///   - leftOut: what does not leave for lack of deliveries; nil when all have come.
  /// - Throws: `PrivacyLogError`.
  func released(_ release: Release, _ uniqueness: Uniqueness, _ leftOut: LeftOut?) throws {
    var fields: [String: JSONValue] = [
      "minimum": .integer(pipeline.aggregate.protect.minimum),
      "output": .array(
        release.tables.map {
          [
            "table": .string($0.name), "sha256": .string($0.digest),
            "rows": .integer(Int64($0.cellCount)), "hidden": .integer(Int64($0.hiddenCellCount)),
            "k_min": .integer(Int64(uniqueness.smallest)),
            "unique": .integer(Int64(uniqueness.alone)),
          ]
        }
      ),
    ]
    fields["left_out"] = leftOut?.json
    try append(.outputReleased, "released", fields)
    try seal()
  }

  /// Kept columns hold what leads to persons: nothing was staged of the source.
  func blocked(_ findings: [IdentifierFinding]) throws {
    let columns = findings.map { JSONValue.string("\($0.source).\($0.column)") }
    try append(
      .outputBlocked,
      "blocked",
      ["stage": "pseudonymise", "reason": "identifiers-kept", "columns": .array(columns)]
    )
  }

  /// A source was read again with nearly the same persons.
  func suspected(_ suspicion: ProbeSuspicion) throws {
    try append(
      .probeSuspected,
      "suspected",
      [
        "source": .string(suspicion.source),
        "fewer_than": .integer(Int64(ProbeSuspicion.personLimit)),
      ],
      waiting: false
    )
  }

  /// A source has fewer persons than may be pseudonymised at once.
  func blocked(fewPersonsIn source: String) throws {
    try append(
      .outputBlocked,
      "blocked",
      ["stage": "pseudonymise", "reason": "few-persons", "source": .string(source)]
    )
  }

  /// The tables could not be put in place after all.
  func blocked(exitStatus: ExitStatus) throws {
    try append(.outputBlocked, "blocked", ["exit": .integer(Int64(exitStatus.rawValue))])
  }
}
