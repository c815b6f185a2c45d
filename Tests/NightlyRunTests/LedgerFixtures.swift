import Diagnostics
import Files
import Tabular

@testable import NightlyRun
@testable import PipelineFile

/// A source of claims by period.
func claimsSource(
  _ format: Format = .csv(Dialect(), .utf8),
  expectations: [PipelineFile.Expectation] = []
) -> Source {
  Source(
    name: "care",
    domain: "care",
    format: format,
    files: "in/{period}/*",
    columns: ["bsn", "amount"].map { name in
      SourceColumn(name, name == "bsn" ? .bsn : .money, .plain, place: Place(file: "test.yaml"))
    },
    rejects: RejectThresholds(warnAbove: nil, failAbove: nil),
    place: Place(file: "test.yaml"),
    expectations: expectations,
    isByPeriod: true
  )
}

/// A file of the inbox that was read.
func inboxFile(
  _ path: String,
  _ sha256: String?,
  message: String? = nil,
  payload: String? = nil,
  day: Int = 0,
  content: String? = nil
) -> InboxFile {
  var file = InboxFile(path: path)
  file.content = content.map { PackedContent(sha256: $0, byteCount: 100) }
  file.sha256 = sha256
  file.message = message
  file.payload = payload
  file.day = day
  return file
}

/// A file of the ledger.
func ledgerFile(
  _ name: String,
  _ sha256: String,
  period: String = "2026-08",
  state: LedgerFile.State = .accepted,
  message: String? = nil,
  payload: String? = nil,
  by successor: String? = nil,
  ofPeriod successorPeriod: String? = nil,
  content: String? = nil,
  run: String = "0123456789abcdef"
) -> LedgerFile {
  var file = LedgerFile(
    source: "care",
    period: period,
    name: name,
    sha256: sha256,
    byteCount: 10,
    state: state,
    run: run
  )
  file.content = content.map { PackedContent(sha256: $0, byteCount: 100) }
  file.message = message
  file.payload = payload
  file.successor = successor
  file.successorPeriod = successorPeriod
  return file
}
