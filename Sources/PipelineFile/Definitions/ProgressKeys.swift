/// The keys of a table of progress.
enum ProgressKeys {
  static let progress = MappingDefinition(
    "progress",
    path: "aggregate.tables.table.progress",
    [
      KeyDefinition(
        "of",
        .text(.plain),
        .required,
        "A rate of another table: its measure A per B, as use.crude."
      ),
      KeyDefinition(
        "periods",
        .text(.plain),
        .required,
        "The first and the last, as 2025-01..{period}; the rows of all of them must be read."
      ),
      KeyDefinition(
        "changed",
        .text(.plain),
        .required,
        "The first period that the change could tell in; those before it are the baseline."
      ),
      KeyDefinition(
        "comparator",
        .text(.expression),
        .optional,
        "Who is compared with, as a condition on persons; they are no part of the rate then."
      ),
      KeyDefinition("target", .mapping(target), .optional, "What is agreed; every key of it."),
    ]
  )

  private static let target = MappingDefinition(
    "target",
    path: "aggregate.tables.table.progress.target",
    [
      KeyDefinition("value", .text(.plain), .required, "The rate that must be reached, as 40."),
      KeyDefinition("by", .text(.plain), .required, "The period in which it must be, as 2027-12."),
      KeyDefinition(
        "better",
        .word([
          AllowedWord("lower", "A lower rate is better."),
          AllowedWord("higher", "A higher rate is better."),
        ]),
        .required,
        "Which way is better."
      ),
      KeyDefinition("owner", .text(.plain), .required, "Who answers for it."),
    ]
  )
}
