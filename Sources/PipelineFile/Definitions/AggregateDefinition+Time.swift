extension AggregateDefinition {
  /// Whom and what counts, and when.
  static let timeKeys = [
    KeyDefinition(
      "population",
      .mapping(population),
      .optional,
      "Whom the tables count; without it everyone in the extract."
    ),
    KeyDefinition(
      "time",
      .named(.identifier, .either(.text(.plain), .list(.text(.plain), least: 2)), noun: "source"),
      .optional,
      "By source: the date column by which its rows count in the period, or the first and last day of a spell, which counts where it overlaps. Without it every linked row counts."
    ),
    KeyDefinition(
      "covers",
      .named(.identifier, .text(.expression), noun: "source"),
      .optional,
      "By source: which residents could appear in it, as a condition on persons; without it everyone."
    ),
    KeyDefinition(
      "episodes",
      .named(.identifier, .mapping(episode), noun: "episode"),
      .optional,
      "Kinds of episodes; each makes columns of persons, as episodes.hip.amount, .count and .open."
    ),
  ]

  private static let episode = MappingDefinition(
    "episode",
    path: "aggregate.episodes.episode",
    [
      KeyDefinition(
        "starts",
        .text(.expression),
        .required,
        "The rows that start one, as: care where product in [hip]."
      ),
      KeyDefinition(
        "clean",
        .text(.plain),
        .required,
        "So long before nothing has started one, as: 365 days."
      ),
      KeyDefinition("lasts", .text(.plain), .required, "How long it lasts, as: 180 days."),
      KeyDefinition(
        "takes",
        .either(.text(.expression), .list(.text(.expression), least: 1)),
        .required,
        "The rows whose 'amount' it takes: sources, or as: care where care_type in [hospital]."
      ),
    ]
  )

  private static let population = MappingDefinition(
    "population",
    path: "aggregate.population",
    [
      KeyDefinition(
        "on",
        .text(.plain),
        .required,
        "The day on which somebody must live here to be counted, as \"{period.end}\" or 2026-08-31."
      ),
      KeyDefinition(
        "resident",
        .list(.text(.plain), least: 2),
        .optional,
        "The columns of the day of moving in and the first day elsewhere; a missing date is open. Without it everyone in the extract counts, each a full period."
      ),
    ]
  )
}
