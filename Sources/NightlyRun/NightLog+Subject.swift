import PipelineFile
import PrivacyLog
import Tabular

extension NightLog {
  /// Somebody asks what is held of a person; on the disk before a key is opened.
  func subjectAsked() throws {
    var fields = LogActor.fields(of: pipeline)
    fields["period"] = .string(pipeline.period?.label ?? "")
    fields["purpose"] = [
      "text": "request of a data subject", "basis": "AVG art. 15",
      "activity": .string(pipeline.title),
    ]
    try append(.subjectAsked, "asked", fields)
  }

  /// The question was answered: of how many sources, and of how many it could not be told; not what was
  /// found.
  func subjectAnswered(sourceCount: Int, untoldCount: Int) throws {
    try append(
      .subjectAsked,
      "answered",
      [
        "key": ["scope": .string(pipeline.pseudonymise.release)],
        "counts": [
          "sources": .integer(Int64(sourceCount)), "untold": .integer(Int64(untoldCount)),
        ],
      ]
    )
  }
}
