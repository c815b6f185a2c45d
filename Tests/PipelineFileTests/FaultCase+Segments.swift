/// Mistakes in how the population is divided.
extension FaultCase {
  static let segments = [
    segments("{a: age > 65, b: age > 18}", at: "b: age", "found 'b' as the last segment"),
    segments(
      "{a: age > 65, b: otherwise, c: age > 18, d: otherwise}",
      at: "otherwise, c",
      "nobody is left",
      hint: "make 'b' the last one"
    ),
    segments("{a: age, b: otherwise}", at: "age, b", "found a whole number, expected a condition"),
    segments("{a: ag > 65, b: otherwise}", at: "ag > 65", "no column 'ag'", hint: "'age'"),
    segments("{}", at: "{}\n", "found no keys"),
    segments(
      "{a: otherwise}",
      at: "segments",
      "persons have a column 'segment'",
      after: "    segment: age > 65\n"
    ),
    FaultCase(
      "  tables:\n    use:\n      by: [area, age_band]",
      "  segments: {a: age > 65, b: otherwise}\n  tables:\n    use:\n      by: [area, segmnt]",
      at: "segmnt]",
      "no column 'segmnt'",
      hint: "'segment'"
    ),
    FaultCase(
      "  tables:\n    use:\n      by: [area, age_band]",
      "  segments: {a: age > 65, old: otherwise}\n  tables:\n    use:\n      by: [area, age_band]\n"
        + "      measure: {old: count where segment = odl}\n    other:\n      by: [area]",
      at: "odl",
      "'odl'",
      hint: "'old'"
    ),
  ]

  private static func segments(
    _ rules: String,
    at caret: String,
    _ sentence: String,
    hint: String = "",
    after persons: String = ""
  ) -> FaultCase {
    FaultCase(
      "  tables:\n    use:",
      "\(persons)  segments: \(rules)\n  tables:\n    use:",
      at: caret,
      sentence,
      hint: hint
    )
  }
}
