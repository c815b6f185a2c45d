import PipelineFile
import PrivacyLog
import Tabular

/// What the log tells of filters of records that a partner gets.
extension NightLog {
  /// The secret that is shared with a partner is open; `mark` tells under our key which it is.
  func partnerLoaded(id: String, name: String, mark: String) throws {
    try append(
      .keyLoaded,
      "loaded",
      [
        "key": [
          "id": .string(id), "name": .string(name), "fingerprint": .string(mark),
          "level": "partner",
        ]
      ]
    )
  }

  /// Filters are about to leave; who calls it seals.
  func recordFiltersWritten(_ form: RecordFilterForm, _ facts: RecordFacts, _ rules: String) throws
  {
    try append(
      .handoverWritten,
      "written",
      [
        "source": .string(form.source), "rows": .integer(Int64(facts.records + facts.madeUp)),
        "bytes": .integer(Int64(facts.byteCount)), "sha256": .string(facts.sha256),
        "counts": [
          "records": .integer(Int64(facts.records)), "made_up": .integer(Int64(facts.madeUp)),
          "unfit": .integer(Int64(facts.unfit)), "fill": .integer(Int64(facts.fill)),
        ],
        "key": ["name": .string(form.key), "fingerprint": .string(facts.mark), "level": "partner"],
        "encodings": [.string(facts.encoding)],
        "standardisation": .string(form.standardises ? rules : "none"),
      ],
      waiting: false
    )
  }

  /// Filters may not leave: why, and of which source.
  func blocked(recordFilters reason: String, of source: String) throws {
    try append(
      .outputBlocked,
      "blocked",
      ["stage": "pseudonymise", "reason": .string(reason), "source": .string(source)]
    )
  }
}
