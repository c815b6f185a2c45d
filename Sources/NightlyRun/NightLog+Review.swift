import PipelineFile
import PrivacyLog
import Tabular

/// What the log tells of judgements of pairs; who judged is not known here, only who took them.
extension NightLog {
  private static let stage: JSONValue = "review"

  /// A sheet of judgements was received; on the disk before a key is opened.
  func reviewReceived() throws {
    var fields = LogActor.fields(of: pipeline)
    fields["stage"] = Self.stage
    fields["period"] = .string(pipeline.period?.label ?? "")
    fields["purpose"] = [
      "text": .string(pipeline.purpose.text), "basis": .string(pipeline.purpose.basis),
      "activity": .string(pipeline.title),
    ]
    try append(.stageEnded, "received", fields)
  }

  /// Judgements are about to count: when this returns, that is signed and on the disk.
  ///
  /// - Parameters:
  ///   - decisions: nil where it could not be told.
  ///   - sheet: the digest of what was judged.
  ///   - sha256: of the file that holds them.
  ///   - byteCount: of that file.
  /// - Throws: `PrivacyLogError`.
  func reviewTaken(
    _ decisions: [Bool?],
    sheet: String,
    _ sha256: String,
    _ byteCount: Int
  ) throws {
    func count(_ decision: Bool?) -> JSONValue {
      .integer(Int64(decisions.count { $0 == decision }))
    }
    try append(
      .stageEnded,
      "judged",
      [
        "stage": Self.stage, "key": ["scope": .string(pipeline.pseudonymise.release)],
        "sheet": .string(sheet),
        "counts": ["same": count(true), "different": count(false), "unsure": count(nil)],
        "input": [
          ["digest": .string(try keyed(sha256)), "bytes": .integer(Int64(byteCount))]
        ],
      ]
    )
    try seal()
  }
}
