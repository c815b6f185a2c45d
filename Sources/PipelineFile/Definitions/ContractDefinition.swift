/// Every key of a contract file: what a sender delivers, shared by the pipelines that read it.
///
/// What both a source and a contract may say is defined once, for the source.
enum ContractDefinition {
  /// The version of the format that this binary reads.
  static let version: Int64 = 1

  /// Keys of a source that tell how the sender's files are.
  static let shared = [
    "read", "encoding", "dialect", "messages", "rows", "form", "record", "footer", "trailer",
    "schema", "columns", "expect", "drift", "limits",
  ]

  static let root = MappingDefinition(
    "the contract",
    path: "contract",
    [
      KeyDefinition("contract", .integer(0...999_999), .required, "The version of this format: 1."),
      KeyDefinition(
        "name",
        .text(.name(.slug)),
        .required,
        "What is delivered, as care-claims."
      ),
      KeyDefinition(
        "version",
        .text(.verbatim),
        .required,
        "The version of what is agreed with the sender, as 1."
      ),
      KeyDefinition("title", .text(.plain), .optional, "What is delivered, in a few words."),
    ] + IngestDefinition.source.keys.filter { shared.contains($0.name) }
  )
}
