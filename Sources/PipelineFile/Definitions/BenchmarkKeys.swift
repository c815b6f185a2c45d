/// The keys of a table that compares regions.
enum BenchmarkKeys {
  static let benchmark = MappingDefinition(
    "benchmark",
    path: "aggregate.tables.table.benchmark",
    [
      KeyDefinition(
        "of",
        .text(.plain),
        .required,
        "A rate A per B of another table, which every region publishes, or a ratio 'A, expected by …'."
      ),
      KeyDefinition(
        "from",
        .list(.text(.path), least: 1),
        .required,
        "The folders in which the others published."
      ),
      KeyDefinition(
        "coverage",
        .share,
        .optional,
        "A region of which less of a source is linked is incomparable, as 90 %."
      ),
    ]
  )
}
