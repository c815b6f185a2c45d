/// The keys of `drift`: what is done when a file is not what its source declares.
enum DriftDefinition {
  static let drift = MappingDefinition(
    "drift",
    path: "ingest.source.drift",
    [
      kind(
        "new",
        .warn,
        "A column that was not there before or, with a contract or this key, is not declared."
      ),
      kind("missing", .fail, "A declared column that is not there; required ones always refuse."),
      kind("renamed", .fail, "A declared column that seems to have another name now."),
      kind("retyped", .fail, "A column of which most values are not of its type."),
      kind("unknown-code", .warn, "A code that is not among the column's values."),
    ]
  )

  private static func kind(
    _ name: String,
    _ standard: DriftPolicy.Action,
    _ meaning: String
  ) -> KeyDefinition {
    KeyDefinition(
      name,
      .word([
        AllowedWord("fail", "The run stops with status 65."),
        AllowedWord("warn", "The run goes on and tells."),
        AllowedWord("accept", "The run goes on."),
      ]),
      .optional,
      "\(meaning) It is \(standard.rawValue) unless given."
    )
  }
}
