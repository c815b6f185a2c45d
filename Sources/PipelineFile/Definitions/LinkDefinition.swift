/// The keys of the link stage.
enum LinkDefinition {
  static let stage = MappingDefinition(
    "link",
    path: "link",
    [
      KeyDefinition(
        "spine",
        .text(.plain),
        .optional,
        "The source whose rows are the persons; without it persons are records that fit together."
      ),
      KeyDefinition(
        "exact",
        .list(.mapping(pass), least: 1),
        .optional,
        "Passes, tried in order; a record linked once is out."
      ),
      KeyDefinition(
        "probabilistic",
        .mapping(probabilistic),
        .optional,
        "Weighs what agrees, for records that no pass links. Without exact and probabilistic: passes on a "
          + "BSN, and everything is weighed."
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
      KeyDefinition(
        "deduplicate",
        .list(.text(.plain), least: 1),
        .optional,
        "Sources of which several records may be one client; they share a resident."
      ),
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

  private static let probabilistic = MappingDefinition(
    "probabilistic",
    path: "link.probabilistic",
    [
      KeyDefinition(
        "block",
        .list(.list(.text(.plain), least: 1), least: 1),
        .optional,
        "Pairs that are equal on all columns of a rule are compared; chosen by the data unless given."
      ),
      KeyDefinition(
        "compare",
        .named(.identifier, .mapping(comparison), noun: "column"),
        .optional,
        "What agreement on each column is worth is learnt; all columns that sources share with the "
          + "spine unless given."
      ),
      KeyDefinition(
        "learn",
        .mapping(learn),
        .optional,
        "Where m-probabilities come from; from exact passes and else by EM unless given."
      ),
      KeyDefinition(
        "accept",
        .fraction,
        .optional,
        "The least probability that links; chosen for the greatest expected F1 unless given."
      ),
      KeyDefinition(
        "review",
        .fraction,
        .optional,
        "The least probability that is queued for review; 0.80 unless given."
      ),
      KeyDefinition(
        "limit",
        .integer(1...1_000_000),
        .optional,
        "Pairs for each unlinked client that one rule may make; 2000 unless given."
      ),
    ]
  )

  private static let comparison = MappingDefinition(
    "comparison",
    path: "link.probabilistic.compare",
    [
      KeyDefinition(
        "levels",
        .list(.text(.plain), least: 1),
        .required,
        "Strongest first: exact, 'dice 0.90', or a kept part as pc4 or year."
      ),
      KeyDefinition(
        "frequency",
        .flag,
        .optional,
        "Whether a rare value weighs more than a common one."
      ),
    ]
  )

  private static let learn = MappingDefinition(
    "learn",
    path: "link.probabilistic.learn",
    [
      KeyDefinition(
        "from",
        .word([
          AllowedWord("exact", "From pairs that the passes on a BSN prove."),
          AllowedWord("em", "By expectation-maximisation."),
        ]),
        .required,
        "What teaches how often true pairs agree."
      ),
      KeyDefinition(
        "else",
        .word([AllowedWord("em", "By expectation-maximisation.")]),
        .optional,
        "What does so where the passes prove too few pairs."
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
