extension IngestDefinition {
  /// What becomes of late, repeated and corrected deliveries.
  static let delivery = MappingDefinition(
    "delivery",
    path: "ingest.source.delivery",
    [
      KeyDefinition(
        "due",
        .text(.verbatim),
        .optional,
        "When it should be there, as \"02:00\" in Europe/Amsterdam."
      ),
      KeyDefinition(
        "late",
        .word([
          AllowedWord("fail", "The run ends with exit status 66; the default."),
          AllowedWord("use-previous", "The files of the latest earlier period; marked stale."),
          AllowedWord("leave-out", "Tables and measures that need it are left out, by name."),
        ]),
        .optional,
        "What a run does that finds no file."
      ),
      KeyDefinition(
        "duplicate",
        .word([
          AllowedWord("skip", "It counts once; the default."),
          AllowedWord("fail", "The run ends with exit status 65."),
        ]),
        .optional,
        "What becomes of a file that was received before."
      ),
      KeyDefinition(
        "correction",
        .word([
          AllowedWord("replace", "The earlier file is taken out whole; the default."),
          AllowedWord("fail", "The run ends with exit status 65."),
        ]),
        .optional,
        "What becomes of a file that a later one corrects."
      ),
    ]
  )

  /// Something that a delivery must come to.
  static let expectation = MappingDefinition(
    "expectation",
    path: "ingest.source.expect",
    [
      KeyDefinition(
        "rows",
        .text(.verbatim),
        .optional,
        "How many were sent: 'within 5 % of previous', 100..2000, a number, or trailer.rows."
      ),
      KeyDefinition("sum", .text(.verbatim), .optional, "A column of numbers that is added up."),
      KeyDefinition(
        "equals",
        .text(.verbatim),
        .optional,
        "For a sum: trailer.total, or a number or range in the stored unit, which is cents for money."
      ),
      KeyDefinition(
        "within",
        .text(.verbatim),
        .optional,
        "For a sum: how near to the delivery before, as '5 % of previous'."
      ),
      KeyDefinition(
        "else",
        .word([
          AllowedWord("fail", "The run ends with exit status 65; the default."),
          AllowedWord("warn", "It is told."),
        ]),
        .optional,
        "What happens when it does not hold."
      ),
    ]
  )

  /// The keys of a source that say what a delivery must be.
  static let deliveryKeys = [
    KeyDefinition(
      "delivery",
      .mapping(delivery),
      .optional,
      "What becomes of late, repeated and corrected files."
    ),
    KeyDefinition(
      "expect",
      .list(.mapping(expectation), least: 1),
      .optional,
      "What a delivery must come to before any of its rows counts."
    ),
  ]
}
