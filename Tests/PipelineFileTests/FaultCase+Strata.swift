/// Mistakes in risk strata.
extension FaultCase {
  static let strata = [
    strata(
      "{outcome: age, points: {age > 65: 1}, cut: {middle: 1, high: 2}}",
      at: "age, p",
      "found"
    ),
    strata("{outcome: recent, cut: {middle: 1, high: 2}}", at: "danger", "'points'"),
    strata(
      "{outcome: recent, points: {ag > 65: 1}, cut: {middle: 1, high: 2}}",
      at: "ag > 65",
      "no column 'ag'",
      hint: "'age'"
    ),
    strata(
      "{outcome: recent, points: {age > 65: 1}, cut: {middle: 2, high: 2}}",
      at: "2}}",
      "not above that of middle"
    ),
    strata(
      "{outcome: recent, points: {age > 65: 1}, cut: {middle: 2}}",
      at: "cut: {",
      "found no 'high'"
    ),
    strata(
      "{outcome: recent, points: {age > 65: 1}, cut: {a: {middle: 1, high: 2}}}",
      at: "cut: {",
      "not within segments"
    ),
    strata(
      "{within: segment, outcome: recent, rules: {high: recent, middle: age > 3, low: otherwise}}",
      at: "segment, o",
      "there are no segments"
    ),
    strata(
      "{outcome: recent, rules: {high: recent, middle: age > 3, low: otherwise}, "
        + "cut: {middle: 1, high: 2}}",
      at: "cut: {",
      "beside 'rules'"
    ),
    strata(
      "{outcome: recent, points: {age > 65: 1}, cut: {middle: 1, high: 2}, cost: care.count}",
      at: "care.count}",
      "expected money"
    ),
    strata(
      "{outcome: recent, points: {age > 65: 1}, cut: {middle: 1, high: 2}, expected: previous}",
      at: "previous}",
      "there is none before"
    ),
    FaultCase(
      "  tables:\n    use:",
      "  strata:\n    risk: {outcome: recent, points: {age > 1: 1}, cut: {middle: 1, high: 2}}\n"
        + "  tables:\n    use:",
      at: "risk: {",
      "a figure of that name"
    ),
    FaultCase(
      "  tables:\n    use:",
      "  strata:\n    use: {outcome: recent, points: {age > 1: 1}, cut: {middle: 1, high: 2}}\n"
        + "  tables:\n    use:",
      at: "use: {",
      "a table has that name"
    ),
    FaultCase(
      "  tables:\n    use:",
      "  time: {care: date}\n  strata:\n    danger:\n      outcome: care.count over next 2 months > 0\n"
        + "      points: {care.count over next 2 months > 1: 1}\n"
        + "      cut: {middle: 1, high: 2}\n  tables:\n    use:",
      at: "care.count over next 2 months > 1",
      "found months to come in a score"
    ),
  ]

  private static func strata(
    _ rules: String,
    at caret: String,
    _ sentence: String,
    hint: String = ""
  ) -> FaultCase {
    FaultCase(
      "  tables:\n    use:",
      "  strata:\n    danger: \(rules)\n  tables:\n    use:",
      at: caret,
      sentence,
      hint: hint
    )
  }
}
