extension AggregateDefinition {
  /// Who is at how high a risk.
  static let strataKeys = [
    KeyDefinition(
      "strata",
      .named(.slug, .mapping(stratification), noun: "stratification"),
      .optional,
      "Risk strata, by name: it is a person column of high, middle and low, and a table that tells whether what the score foretells came."
    )
  ]

  private static let stratification = MappingDefinition(
    "stratification",
    path: "aggregate.strata.stratification",
    [
      KeyDefinition(
        "within",
        .word([AllowedWord(Segment.column, "Each segment by itself.")]),
        .optional,
        "What is looked at by itself; without it all persons together."
      ),
      KeyDefinition(
        "outcome",
        .text(.expression),
        .required,
        "The condition on persons that the score foretells; 'over next 12 months' of rows makes the score of 12 months ago the one that is validated."
      ),
      KeyDefinition(
        "points",
        .named(.written, .integer(-1000...1000), noun: "condition"),
        .requiredWithout(["rules"]),
        "Conditions on persons and what each adds to the score where it holds."
      ),
      KeyDefinition(
        "rules",
        .mapping(rules),
        .optional,
        "Instead of points: a condition a stratum."
      ),
      KeyDefinition(
        "cut",
        .named(.identifier, .either(.integer(scores), .mapping(cut)), noun: "cut"),
        .requiredWithout(["rules"]),
        "From which score on a stratum begins, as {middle: 2, high: 3}; or that by segment, the last one 'otherwise'."
      ),
      KeyDefinition(
        "cost",
        .text(.expression),
        .optional,
        "Money of persons, for the share of cost of each stratum."
      ),
      KeyDefinition(
        "expected",
        .text(.path),
        .optional,
        "A CSV file with the columns score and risk, cut by ';'; or 'previous': the risk of each score as it came out one window earlier. Without it there is no calibration."
      ),
    ]
  )

  private static let scores: ClosedRange<Int64> = -1_000_000...1_000_000

  private static let rules = MappingDefinition(
    "rules",
    path: "aggregate.strata.stratification.rules",
    [
      KeyDefinition("high", .text(.expression), .required, "Who is at high risk."),
      KeyDefinition("middle", .text(.expression), .required, "Who else is at middle risk."),
      KeyDefinition(
        "low",
        .word([AllowedWord("otherwise", "All others.")]),
        .required,
        "All others."
      ),
    ]
  )

  private static let cut = MappingDefinition(
    "cut",
    path: "aggregate.strata.stratification.cut",
    [
      KeyDefinition("middle", .integer(scores), .required, "The lowest score of middle risk."),
      KeyDefinition("high", .integer(scores), .required, "The lowest score of high risk."),
    ]
  )
}
