/// The keys of the publish stage.
enum PublishDefinition {
  static let stage = MappingDefinition(
    "publish",
    path: "publish",
    [
      KeyDefinition("to", .text(.path), .required, "The folder that the tables appear in."),
      KeyDefinition(
        "tables",
        .list(.text(.plain), least: 1),
        .required,
        "Names of tables under 'aggregate'."
      ),
      KeyDefinition(
        "columns",
        .word([
          AllowedWord("full", "With marks and coverage; the default."),
          AllowedWord("values", "The measures alone."),
        ]),
        .optional,
        "Which columns a table has."
      ),
      KeyDefinition(
        "with",
        .list(
          .word([
            AllowedWord("manifest", "Digests, counts and versions; always written."),
            AllowedWord(notBuilt: "datapackage", instead: "write manifest"),
            AllowedWord(notBuilt: "report", instead: "write manifest"),
          ]),
          least: 0
        ),
        .optional,
        "What is written beside the tables."
      ),
      KeyDefinition(notBuilt: "retain", "leave it out"),
    ]
  )
}
