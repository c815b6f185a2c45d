extension FaultCase {
  private static let given = "given: {register: [{bsn: 999990019, surname: Jansen}]}"

  private static func expect(
    _ expected: String,
    at found: String,
    _ sentence: String,
    hint: String = ""
  ) -> FaultCase {
    FaultCase(
      "sample: true",
      "sample: true\ntests: [{name: a, \(given), expect: {\(expected)}}]",
      at: found,
      sentence,
      hint: hint
    )
  }

  private static func give(
    _ given: String,
    at found: String,
    _ sentence: String,
    hint: String = ""
  ) -> FaultCase {
    FaultCase(
      "sample: true",
      "sample: true\ntests: [{name: a, given: {\(given)}, expect: {use: []}}]",
      at: found,
      sentence,
      hint: hint
    )
  }

  /// Mistakes in cases.
  static let cases: [FaultCase] = [
    give(
      "registr: [{bsn: 999990019}]",
      at: "registr:",
      "there is no source 'registr'",
      hint: "register"
    ),
    give("care: [{bsm: 999990019}]", at: "bsm", "source 'care' has no column 'bsm'", hint: "'bsn'"),
    give("care: [{bsn: 123456782}]", at: "123456782", "found a BSN that may be somebody's"),
    give("care: []", at: "[]}", "expected at least 1 in the list"),
    give("care: [{bsn: \"\"}]", at: "\"\"", "found an empty text"),
    give("care: [{bsn: \"{perod}\"}]", at: "{perod}", "has no value", hint: "period"),
    give(#"care: [{bsn: "9\n9"}]"#, at: #""9\n9""#, "found a control character or a line end"),
    expect("uses: []", at: "uses", "there is no table 'uses'", hint: "'use'"),
    expect("rejecs: []", at: "rejecs", "there is no table 'rejecs'", hint: "'rejects'"),
    expect(
      "link: {register: {linked: 1}}",
      at: "register: {linked",
      "found links of 'register', which is the spine"
    ),
    expect("link: {car: {linked: 1}}", at: "car:", "there is no source 'car'", hint: "'care'"),
    expect("link: {care: {linkd: 1}}", at: "linkd", "has no key 'linkd'", hint: "'linked'"),
    expect(
      "use: [{are: BU0001}]",
      at: "are: BU",
      "table 'use' has no dimension or measure 'are'",
      hint: "'area'"
    ),
    expect("use: [{in_care: two}]", at: "two", "found no number for measure 'in_care'"),
    expect(
      "use: [{age_band: 0-18}]",
      at: "0-18",
      "found '0-18' for dimension 'age_band'",
      hint: "'0-17'"
    ),
    expect(
      "use: [{age_band: total}]",
      at: "total}",
      "of which table 'use' has none",
      hint: "totals"
    ),
    expect(
      "rejects: [{source: register, row: 2}]",
      at: "2}",
      "found row 2 of 'register', but the test gives it 1"
    ),
    expect(
      "rejects: [{source: register, row: 1, column: bsm}]",
      at: "bsm",
      "source 'register' has no column 'bsm'"
    ),
    expect(
      "rejects: [{source: register, row: 1, reason: bsn-chek}]",
      at: "bsn-chek",
      "expected",
      hint: "bsn-check"
    ),
  ]
}
