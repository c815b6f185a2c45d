/// Mistakes in episodes of care.
extension FaultCase {
  static let episodes = [
    FaultCase(
      "persons:\n",
      episode(starts: "cre where amount > 5"),
      at: "cre",
      "there is no source 'cre'",
      hint: "'care'"
    ),
    FaultCase(
      "persons:\n",
      episode(starts: "care in amount"),
      at: "care in",
      "found no rows of a source"
    ),
    FaultCase(
      "persons:\n",
      episode(starts: "care where amount"),
      at: "amount\n",
      "found an amount of money, expected a condition"
    ),
    FaultCase(
      "persons:\n",
      episode(clean: "one year"),
      at: "one year",
      "found no number of days",
      hint: "365 days"
    ),
    FaultCase(
      "persons:\n",
      episode(lasts: "3661 days"),
      at: "3661",
      "found no number of days, expected 1 to 3660"
    ),
    FaultCase(
      "persons:\n",
      episode(takes: "support"),
      at: "support]",
      "found 'support', of whose rows nothing tells when they are",
      hint: "time: {support:"
    ),
    FaultCase(
      "persons:\n",
      episode() + "    dear: episodes.hip.amunt > 500\n",
      at: "episodes.hip.amunt",
      "persons have no column 'episodes.hip.amunt'",
      hint: "did you mean 'episodes.hip.amount'?"
    ),
    FaultCase(
      "  tables:\n",
      worth(by: "message"),
      at: "message, sex",
      "persons have no column 'message'"
    ),
    FaultCase(
      "  tables:\n",
      worth(by: "amount"),
      at: "amount, sex",
      "found an amount of money as a dimension"
    ),
  ]

  /// A table of what an outcome costs, cut by a column of the rows that start episodes of care.
  private static func worth(by name: String) -> String {
    """
      time: {care: date}
      episodes: {hip: {starts: care, clean: 9 days, lasts: 9 days, takes: [care]}}
      tables:
        worth:
          by: [\(name), sex]
          value: {outcome: mean age, cost: mean episodes.hip.amount}

    """
  }

  private static func episode(
    starts: String = "care where amount > 5",
    clean: String = "365 days",
    lasts: String = "180 days",
    takes: String = "care"
  ) -> String {
    """
    time: {care: date}
      episodes:
        hip:
          starts: \(starts)
          clean: \(clean)
          lasts: \(lasts)
          takes: [care where amount > 9, \(takes)]
      persons:

    """
  }
}
