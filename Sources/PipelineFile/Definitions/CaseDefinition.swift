import Tabular

/// The keys of `tests`.
enum CaseDefinition {
  static let tests = ValueKind.list(.mapping(test), least: 1)

  private static let test = MappingDefinition(
    "test",
    path: "tests.test",
    [
      KeyDefinition("name", .text(.plain), .required, "What the case shows, in a sentence."),
      KeyDefinition(
        "given",
        .named(
          .identifier,
          .list(.named(.identifier, .text(.plain), noun: "column"), least: 1),
          noun: "source"
        ),
        .required,
        "Made-up rows by source: values as the extract writes them, by column."
      ),
      KeyDefinition(
        "expect",
        .mapping(expectation),
        .required,
        "What must come of them: links, rejects, and rows of tables before protection."
      ),
    ]
  )

  private static let expectation = MappingDefinition(
    "expect",
    path: "tests.test.expect",
    [
      KeyDefinition(
        "link",
        .named(.identifier, .mapping(links), noun: "source"),
        .optional,
        "How many rows of a source find a person."
      ),
      KeyDefinition(
        "rejects",
        .list(.mapping(reject), least: 0),
        .optional,
        "Every row that is rejected; none unless given."
      ),
    ],
    others: .init(
      form: .slug,
      kind: .list(.named(.identifier, .text(.plain), noun: "field"), least: 0),
      noun: "table",
      meaning: "Rows that the table must hold, by dimension and measure; [] for no rows at all."
    )
  )

  private static let links = MappingDefinition(
    "link",
    path: "tests.test.expect.link.source",
    [
      KeyDefinition("linked", .integer(0...1_000_000), .optional, "Rows that find a person."),
      KeyDefinition("unlinked", .integer(0...1_000_000), .optional, "Rows that find none."),
    ]
  )

  private static let reject = MappingDefinition(
    "reject",
    path: "tests.test.expect.rejects.reject",
    [
      KeyDefinition("source", .text(.name(.identifier)), .required, "The source of the row."),
      KeyDefinition("row", .integer(1...1_000_000), .required, "The row as given, from 1."),
      KeyDefinition("column", .text(.name(.identifier)), .optional, "The column at fault."),
      KeyDefinition(
        "reason",
        .word(RejectReason.allCases.map { AllowedWord($0.rawValue, "As in rejects.csv.") }),
        .optional,
        "Why, as rejects.csv has it."
      ),
    ]
  )
}
