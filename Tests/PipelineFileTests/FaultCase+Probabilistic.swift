extension FaultCase {
  /// A stage that weighs, with one mistake in it.
  private static func weighing(
    block: String = "[[birth_date], [surname, postcode]]",
    compare: String = "{surname: {levels: [exact]}, birth_date: {levels: [exact, year]}}",
    more: String = "accept: 0.9",
    at: String,
    _ sentence: String,
    hint: String = ""
  ) -> FaultCase {
    FaultCase(
      "  assign: {support: one-to-one}\n",
      "  assign: {support: one-to-one}\n  probabilistic:\n    block: \(block)\n"
        + "    compare: \(compare)\n    \(more)\n",
      at: at,
      sentence,
      hint: hint
    )
  }

  static let probabilistic = [
    weighing(
      block: "[[birth_day]]",
      at: "birth_day",
      "has no column 'birth_day'",
      hint: "'birth_date'"
    ),
    weighing(
      block: "[[birth_date], [sex, postcode, sex]]",
      at: "sex]]",
      "found 'sex' twice in one blocking rule"
    ),
    weighing(block: "[[area]]", at: "area]]", "no source but the spine has a column 'area'"),
    weighing(
      compare: "{surname: {levels: [exact, dice 0.90]}, birth_date: {levels: [exact]}}",
      at: "dice 0.90",
      "'surname' has no Bloom filter",
      hint: "bloom"
    ),
    weighing(
      compare: "{surname: {levels: [exact, dice 90]}, birth_date: {levels: [exact]}}",
      at: "dice 90",
      "expected 'dice' and a threshold of two decimals",
      hint: "dice 0.90"
    ),
    weighing(
      compare: "{surname: {levels: [exact, dise]}, birth_date: {levels: [exact]}}",
      at: "dise",
      "found the level 'dise'"
    ),
    weighing(
      compare: "{surname: {levels: [exact]}, birth_date: {levels: [exact, pc4]}}",
      at: "pc4]",
      "keeps no pc4 of 'birth_date'",
      hint: "keep: pc4"
    ),
    weighing(
      compare: "{surname: {levels: [exact]}, birth_date: {levels: [year, exact]}}",
      at: "year, exact",
      "leave nothing to",
      hint: "strongest first"
    ),
    weighing(
      compare: "{surname: {levels: [exact]}, birth_dat: {levels: [exact]}}",
      at: "birth_dat:",
      "has no column 'birth_dat'",
      hint: "'birth_date'"
    ),
    weighing(
      block: "[[surname, birth_date], [surname, postcode]]",
      at: "surname: {levels",
      "every blocking rule asks for 'surname'",
      hint: "rule without it"
    ),
    weighing(more: "accept: 99 %", at: "99 %", "expected a part of one", hint: "0.05"),
    weighing(more: "accept: 1.5", at: "1.5", "expected a part of one"),
    weighing(more: "accept: 0.9\n    review: 0.95", at: "0.95", "found 'review' above 'accept'"),
    weighing(more: "limit: 0", at: "0\n", "expected at least 1"),
    weighing(more: "learn: {from: truth}", at: "truth", "expected exact or em"),
    weighing(more: "acept: 0.9", at: "acept", "no key 'acept'", hint: "'accept'"),
  ]
}
