/// The keys of the aggregate stage.
enum AggregateDefinition {
  static let stage = MappingDefinition(
    "aggregate",
    path: "aggregate",
    [
      KeyDefinition(
        "persons",
        .named(.identifier, .text(.expression), noun: "derived column"),
        .optional,
        "Person columns computed from others; each may use those before it."
      ),
      KeyDefinition(
        "tables",
        .named(.slug, .mapping(table), noun: "table"),
        .requiredWithout(["segments", "strata"]),
        "Population tables, by name."
      ),
      KeyDefinition(
        "intervals",
        .list(.share, least: 1),
        .optional,
        "How sure the limits beside figures are, the usual ones first; 95 % unless given."
      ),
      KeyDefinition(
        "areas",
        AreaFileDefinition.kind,
        .optional,
        "A CSV of areas, with code and of name, region, x and y what there is; persons then have a 'region'."
      ),
      KeyDefinition(
        "protect",
        .mapping(ProtectDefinition.mapping),
        .required,
        "One policy for all tables of the release."
      ),
    ]
      + timeKeys
      + segmentKeys
      + strataKeys
  )

  private static let table = MappingDefinition(
    "table",
    path: "aggregate.tables.table",
    [
      KeyDefinition(
        "rows",
        .either(.text(.plain), .list(.text(.plain), least: 1)),
        .optional,
        "Sources whose linked rows are counted; without it, persons are."
      ),
      KeyDefinition(
        "by",
        .list(.text(.plain), least: 1),
        .requiredWithout(["hot_spots", "progress", "benchmark", "savings"]),
        "The dimensions; of hot spots the area stands under 'hot_spots'."
      ),
      KeyDefinition(
        "totals",
        .list(.text(.plain), least: 0),
        .optional,
        "The dimensions of which totals are given too."
      ),
      KeyDefinition(
        "measure",
        .named(.identifier, .text(.measure), noun: "measure"),
        .requiredWithout(["value", "hot_spots", "progress", "benchmark", "savings"]),
        "The figures: count, count where …, persons in …, rows, distinct …, sum …, mean …, median …, p90 …, or A per 1000 B of two others, which may be standardised: A per 1000 B, standardised by age_band and sex (to the region's persons, or to FILE: a CSV with those columns and weight, cut by ';'), or A, expected by age_band and sex."
      ),
      KeyDefinition(
        "lenses",
        .mapping(lenses),
        .optional,
        "The table shows its measures as indicators of the Triple Aim, one row each."
      ),
      KeyDefinition(
        "value",
        .mapping(value),
        .optional,
        "The table shows what an outcome costs, over the persons of whom both are known; where the cost is of episodes, it may be cut by columns of the rows that started them, as provider."
      ),
      KeyDefinition(
        "hot_spots",
        .mapping(HotSpotDefinition.search),
        .optional,
        "Where more persons are counted than expected; in place of 'by'."
      ),
      KeyDefinition(
        "progress",
        .mapping(ProgressKeys.progress),
        .optional,
        "A rate from period to period, beside a target and a comparator; in place of 'by'."
      ),
      KeyDefinition(
        "benchmark",
        .mapping(BenchmarkKeys.benchmark),
        .optional,
        "A rate of the whole beside what other regions published; in place of 'by'."
      ),
      KeyDefinition(
        "savings",
        .mapping(SavingsKeys.savings),
        .optional,
        "What is saved against a baseline, and who brings and takes; in place of 'by'."
      ),
      KeyDefinition(notBuilt: "where", "leave it out"),
    ]
  )

  private static let lenses = MappingDefinition(
    "lenses",
    path: "aggregate.tables.table.lenses",
    Lens.Aim.allCases.map { aim in
      KeyDefinition(
        aim.rawValue,
        .named(
          .identifier,
          .word([
            AllowedWord("lower", "Less of it is better."),
            AllowedWord("higher", "More of it is better."),
          ]),
          noun: "indicator"
        ),
        .optional,
        "Indicators of \(aim.rawValue), by the name of a measure; without, the table says so."
      )
    }
  )

  private static let value = MappingDefinition(
    "value",
    path: "aggregate.tables.table.value",
    [
      KeyDefinition(
        "outcome",
        .text(.measure),
        .required,
        "The mean of a number of persons: mean survey.gain."
      ),
      KeyDefinition(
        "cost",
        .text(.measure),
        .required,
        "The mean of what they cost: mean care.sum(amount)."
      ),
      KeyDefinition(
        "per",
        .integer(1...1_000_000),
        .optional,
        "Outcome for so much cost, in euros where it is money; 1 unless given."
      ),
    ]
  )
}
