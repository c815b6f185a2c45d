extension AggregateDefinition {
  /// How the population is divided.
  static let segmentKeys = [
    KeyDefinition(
      "segments",
      .named(.identifier, .text(.expression), noun: "segment"),
      .optional,
      "Parts of the population, in order: a condition on persons each, the last one 'otherwise'. Everyone is in the first that holds. It makes the person column 'segment' and the table 'segments-report'."
    )
  ]
}
