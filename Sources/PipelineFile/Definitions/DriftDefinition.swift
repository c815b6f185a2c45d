/// The keys of `drift`: what is done when a file is not what its source declares.
enum DriftDefinition {
  static let drift = MappingDefinition(
    "drift",
    path: "ingest.source.drift",
    [
      kind("new", nil, "A column that is not declared; it is not read."),
      kind("missing", .fail, "A declared column that is not there; required ones always refuse."),
      kind("renamed", .fail, "A declared column that seems to have another name now."),
      kind("retyped", .fail, "A column of which most values are not of its type."),
      kind("unknown-code", .warn, "A code that is not among the column's values."),
    ]
  )

  private static func kind(
    _ name: String,
    _ standard: DriftPolicy.Action?,
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
      "\(meaning) It is \(standard?.rawValue ?? "warn with a contract, else accept,") unless given."
    )
  }
}
