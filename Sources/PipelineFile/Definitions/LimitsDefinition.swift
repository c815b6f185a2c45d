/// The keys of `limits`: how much the files of a source may ask of the machine.
enum LimitsDefinition {
  static let limits = MappingDefinition(
    "limits",
    path: "ingest.source.limits",
    [
      KeyDefinition(
        "line",
        .size,
        .optional,
        "Bytes of a line; of JSON of a record or person. 1 MiB unless given, of JSON 16 MiB."
      ),
      KeyDefinition("field", .size, .optional, "Bytes of a field; 64 KiB unless given."),
      KeyDefinition(
        "fields",
        .integer(1...1_000_000),
        .optional,
        "Fields of a row, or members of a JSON object; 4096 unless given."
      ),
      KeyDefinition(
        "text",
        .size,
        .optional,
        "Bytes of a text between two tags of XML; 1 MiB unless given."
      ),
      KeyDefinition(
        "base64",
        .size,
        .optional,
        "Characters of a message in an envelope; 64 MiB unless given."
      ),
      KeyDefinition(
        "nesting",
        .integer(1...1_000_000),
        .optional,
        "Elements of XML, or objects and arrays of JSON, in each other; 64 unless given."
      ),
      KeyDefinition(
        "inflated",
        .size,
        .optional,
        "Bytes that a packed file may inflate to; 64 GiB unless given."
      ),
      KeyDefinition(
        "ratio",
        .integer(1...1_000_000),
        .optional,
        "Inflated bytes for each stored byte, after 256 MiB; 250 unless given."
      ),
    ]
  )
}
