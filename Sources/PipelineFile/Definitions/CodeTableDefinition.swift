/// The keys of code lists, tables of successors and tables of regions.
enum CodeTableDefinition {
  /// What a column may say about tables beside the pipeline.
  static let columnKeys = [
    KeyDefinition(
      "codes",
      .either(.text(.path), .mapping(list)),
      .optional,
      "For a code: a CSV of codes and what they become."
    ),
    KeyDefinition(
      "unknown",
      .word([
        AllowedWord("missing", "It goes, and is counted; the default."),
        AllowedWord("reject", "The row is rejected."),
        AllowedWord("keep", "It stays as it is written."),
        AllowedWord("other", "It becomes 'other'."),
      ]),
      .optional,
      "What becomes of a code that 'codes' or 'values' does not know."
    ),
    KeyDefinition(
      "successors",
      .either(.text(.path), .mapping(successors)),
      .optional,
      "For a code: a CSV of codes that gave way to others, as municipal mergers."
    ),
    KeyDefinition(
      "lookup",
      .mapping(lookup),
      .optional,
      "A region by postcode and house number, from a table; the extract has no such column."
    ),
    KeyDefinition(
      "region",
      .word([
        AllowedWord("neighbourhood", "BU and eight digits."),
        AllowedWord("district", "WK and six digits."),
        AllowedWord("municipality", "GM and four digits."),
      ]),
      .optional,
      "For a code of CBS: bare numbers are padded and get their letters."
    ),
  ]

  /// How a CSV beside the pipeline is written.
  static let form = [
    KeyDefinition(
      "delimiter",
      .text(.verbatim),
      .optional,
      "One ASCII character; ';' unless given."
    ),
    KeyDefinition(
      "encoding",
      .word(Encoding.allCases.map { AllowedWord($0.rawValue, "Encoding \($0.rawValue).") }),
      .optional,
      "The character encoding; utf-8 unless given."
    ),
  ]

  private static let list = MappingDefinition(
    "code list",
    path: "ingest.source.columns.column.codes",
    [
      KeyDefinition("file", .text(.path), .required, "The CSV, with a header."),
      KeyDefinition(
        "from",
        .text(.verbatim),
        .optional,
        "The header of the codes; else the first."
      ),
      KeyDefinition(
        "to",
        .text(.verbatim),
        .optional,
        "The header of what they become; else the second, or the code itself."
      ),
    ] + form
  )

  private static let successors = MappingDefinition(
    "table of successors",
    path: "ingest.source.columns.column.successors",
    [
      KeyDefinition("file", .text(.path), .required, "The CSV, with a header."),
      KeyDefinition("code", .text(.verbatim), .optional, "The header of the code; 'code'."),
      KeyDefinition("new", .text(.verbatim), .optional, "Of what took its place; 'new_code'."),
      KeyDefinition("from", .text(.verbatim), .optional, "Of its first day; 'from'."),
      KeyDefinition("until", .text(.verbatim), .optional, "Of the day after its last; 'until'."),
    ] + form
  )

  private static let lookup = MappingDefinition(
    "lookup",
    path: "ingest.source.columns.column.lookup",
    [
      KeyDefinition("table", .text(.path), .required, "The CSV, with a header."),
      KeyDefinition(
        "gives",
        .text(.plain),
        .required,
        "The header of the region; a year at its end must be that of the period."
      ),
      KeyDefinition("postcode", .text(.plain), .optional, "The postcode column of the source."),
      KeyDefinition("house_number", .text(.plain), .optional, "Its house number, or none."),
      KeyDefinition("keys", .list(.text(.verbatim), least: 1), .optional, "[PC6, Huisnummer]."),
    ] + form
  )
}
