/// The keys of a table of savings.
enum SavingsKeys {
  static let savings = MappingDefinition(
    "savings",
    path: "aggregate.tables.table.savings",
    [
      KeyDefinition(
        "of",
        .text(.measure),
        .required,
        "The costs: a sum of money, each part of one source, as sum care.amount + support.amount."
      ),
      KeyDefinition(
        "baseline",
        .text(.plain),
        .required,
        "What is compared with: a period, as 2024, or the first and the last, as 2024-01..2024-06."
      ),
      KeyDefinition(
        "adjust",
        .list(.text(.plain), least: 1),
        .required,
        "Person columns: costs of the baseline count for today's persons with the same values."
      ),
      KeyDefinition("trend", .share, .required, "The growth of costs that is expected anyhow."),
      KeyDefinition(
        "corridor",
        .share,
        .required,
        "A saving or a loss up to this part of the baseline pays nothing out."
      ),
      KeyDefinition("share", .share, .required, "The part of a saving or a loss that is paid out."),
      KeyDefinition(
        "cap",
        .share,
        .required,
        "No more than this part of the baseline is paid out, either way."
      ),
      KeyDefinition(
        "quality",
        .list(.text(.plain), least: 1),
        .required,
        "Tables of progress: the part of their targets that is reached is the part that is paid."
      ),
      KeyDefinition(
        "invested",
        .text(.path),
        .optional,
        "A CSV of payer and euros: who invested how much for the period."
      ),
      KeyDefinition(
        "payers",
        .text(.path),
        .optional,
        "A CSV of source, payer and percent: who pays the costs of which source."
      ),
    ]
  )
}
