/// The keys of the link stage.
enum LinkDefinition {
  static let stage = MappingDefinition(
    "link",
    path: "link",
    [
      KeyDefinition("spine", .text(.plain), .required, "The source whose rows are the persons."),
      KeyDefinition(
        "exact",
        .list(.mapping(pass), least: 1),
        .required,
        "Passes, tried in order; a record linked once is out."
      ),
      KeyDefinition(
        "assign",
        .either(.word(assignments), .named(.identifier, .word(assignments), noun: "source")),
        .optional,
        "Whether a resident may take several clients of a source; many-to-one unless given."
      ),
      KeyDefinition(
        "unlinked",
        .mapping(unlinked),
        .optional,
        "What becomes of rows that belong to no resident."
      ),
      KeyDefinition(notBuilt: "probabilistic", "use more passes under 'exact'"),
      KeyDefinition(notBuilt: "deduplicate", "leave it out: duplicates on the spine are flagged"),
      KeyDefinition(notBuilt: "limit", "leave it out"),
      KeyDefinition(notBuilt: "open", "leave it out"),
    ]
  )

  private static let assignments = [
    AllowedWord("many-to-one", "A resident may take several clients."),
    AllowedWord("one-to-one", "A resident takes one client at most."),
  ]

  private static let pass = MappingDefinition(
    "pass",
    path: "link.exact",
    [
      KeyDefinition(
        "on",
        .list(.text(.plain), least: 1),
        .required,
        "Token columns and kept columns that must be equal."
      ),
      KeyDefinition(
        "unless",
        .text(.plain),
        .optional,
        "Refuses a pair, as: birth_date and sex differ."
      ),
    ]
  )

  private static let unlinked = MappingDefinition(
    "unlinked",
    path: "link.unlinked",
    [
      KeyDefinition(
        "keep",
        .word([
          AllowedWord("separate", "Counted, and in no table."),
          AllowedWord(notBuilt: "open", instead: "write separate"),
        ]),
        .optional,
        "Where these rows go."
      ),
      KeyDefinition("warn_above", .share, .optional, "A share of rows that draws a warning."),
      KeyDefinition("fail_above", .share, .optional, "A share of rows that stops the run."),
    ]
  )
}
