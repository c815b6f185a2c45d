/// What may stand where a file of areas is named: its path, or a mapping that tells how it is written.
enum AreaFileDefinition {
  static let kind = ValueKind.either(.text(.path), .mapping(file))

  private static let file = MappingDefinition(
    "file of areas",
    path: "aggregate.areas",
    [KeyDefinition("file", .text(.path), .required, "The CSV, with a header.")]
      + CodeTableDefinition.form
  )
}
