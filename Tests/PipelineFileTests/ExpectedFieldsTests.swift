import Diagnostics
import Testing

@testable import PipelineFile

@Suite("What cases expect of tables that are laid out otherwise than by measures")
struct ExpectedFieldsTests {
  private func faults(expecting expected: String) -> [Diagnostic] {
    let text = smallPipeline.replacing(
      "  tables:\n",
      with: """
          tables:
            aims:
              by: [area]
              measure: {persons: count, ill: count where age > 65, rate: ill per persons}
              lenses: {health: {rate: lower}}
            worth: {by: [area], value: {outcome: mean age, cost: mean age, per: 1000}}
            less:
              progress:
                of: aims.rate
                periods: 2026-06..2026-08
                changed: 2026-07
                comparator: age > 80
                target: {value: 1, by: 2026-12, better: lower, owner: someone}
            regions: {benchmark: {of: aims.rate, from: [other]}}

        """,
      maxReplacements: 1
    )
    let given = "given: {register: [{bsn: 999990019, surname: Jansen}]}"
    return PipelineFileTests.faults(
      of: text + "tests: [{name: a, \(given), expect: {\(expected)}}]\n"
    )
  }

  @Test(
    "All that such a table shows may be expected",
    arguments: [
      "aims: [{area: total, lens: health, indicator: rate, value: 12.5, value_lower: 3, region: 1}]",
      "aims: [{area: BU0001, lens: cost, verdict: no source, value: missing, response: missing}]",
      "aims: [{verdict: as the region}, {verdict: better, value_mark: x}]",
      "worth: [{area: BU0001, n: 3, outcome: 1, value_upper: 2, without_outcome: 0}]",
      "less: [{period: 2026-08, side: region, persons: 4, ill: 2, rate: 1, path: missing}]",
      "less: [{side: comparator, verdict: on course, effect: 1, effect_lower: 0.5}]",
      "regions: [{region: small, ill: 3, persons: 9, rate: 2, overall_upper_99_8: 3, coverage: 90}]",
      "regions: [{verdict: incomparable}]",
    ]
  )
  func accepts(expected: String) {
    #expect(faults(expecting: expected).map(\.text) == [])
  }

  @Test(
    "A field, label or word that it cannot show is told with the likely cure",
    arguments: [
      ("aims: [{lens: healt}]", "'healt' for dimension 'lens', expected", "'health'"),
      ("aims: [{indicator: rat}]", "'rat' for dimension 'indicator'", "'rate'"),
      ("aims: [{verdict: beter}]", "'beter' for 'verdict'", "'better'"),
      ("aims: [{valeu: 1}]", "'aims' has no dimension or measure 'valeu'", "'value'"),
      (
        "aims: [{ill: 1}]", "'aims' has no dimension or measure 'ill'",
        "'area', 'lens', 'indicator'"
      ),
      ("aims: [{value: high}]", "found no number for measure 'value'", ""),
      ("worth: [{outcom: 2}]", "'worth' has no dimension or measure 'outcom'", "'outcome'"),
      ("worth: [{cost: dear}]", "found no number for measure 'cost'", "cents"),
      ("worth: [{area: total}]", "of which table 'worth' has none", "totals"),
      ("less: [{period: 2026-09}]", "'2026-09' for dimension 'period'", "2026-0"),
      ("less: [{side: regio}]", "'regio' for dimension 'side'", "'region'"),
      ("less: [{verdict: on cours}]", "'on cours' for 'verdict'", "'on course'"),
      ("less: [{efect: 1}]", "'less' has no dimension or measure 'efect'", "'effect'"),
      ("regions: [{regoin: small}]", "'regions' has no dimension or measure", "'region'"),
      ("regions: [{verdict: usal}]", "'usal' for 'verdict'", "'usual'"),
    ]
  )
  func tells(expected: String, sentence: String, hint: String) throws {
    let found = faults(expecting: expected)
    #expect(found.count == 1, "\(found.map(\.text))")
    let fault = try #require(found.first)
    #expect(fault.sentence.contains(sentence), "\(fault.text)")
    #expect(hint.isEmpty || fault.hint?.contains(hint) == true, "\(fault.text)")
  }
}
