import Diagnostics
import Testing

@testable import Linkage
@testable import NightlyRun
@testable import PipelineFile

@Suite("What is told of two records without a spine")
struct JoinDecisionTests {
  private static let stage = LinkStage(
    spine: nil,
    exact: [
      ExactPass(
        on: ["bsn"],
        unless: Veto(differ: ["sex"]),
        place: Place(file: "p.yaml")
      ),
      ExactPass(on: ["surname"], unless: nil, place: Place(file: "p.yaml")),
    ],
    probabilistic: ProbabilisticStage(blocks: [], comparisons: [], review: 0.8),
    assign: [:],
    unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
  )

  private func words(
    isOne: Bool,
    isEqual: Bool = false,
    p probability: Double? = nil,
    block: Int? = 1,
    _ agreements: [String: FieldAgreement]
  ) -> String {
    var report = ProbabilisticReport()
    report.accept = 0.99
    return JoinDecision(
      stage: Self.stage,
      isOne: isOne,
      isEqual: isEqual,
      report: report,
      probability: probability,
      agreements: agreements,
      block: block
    ).words
  }

  @Test("one person is told by what joins them: values, a pass, a weight, or others")
  func one() {
    let apart: [String: FieldAgreement] = ["bsn": .unknown, "surname": .unequal]
    #expect(words(isOne: true, isEqual: true, [:]).hasPrefix("one person, for they are equal"))
    #expect(words(isOne: true, p: 0.2, ["bsn": .equal]) == "one person, pass 1 [bsn]")
    #expect(words(isOne: true, ["bsn": .unknown, "surname": .equal]).hasSuffix("pass 2 [surname]"))
    #expect(
      words(isOne: true, p: 1, block: 3, apart)
        == "one person, p 1.000 (accept 0.99, review 0.80), block 3"
    )
    for told in [
      words(isOne: true, p: 0.9, apart), words(isOne: true, p: 1, block: nil, apart),
      // A veto or two numbers forbid the pair; others join all the same when people said so.
      words(isOne: true, p: 1, ["bsn": .equal, "sex": .unequal]),
      words(isOne: true, p: 1, ["bsn": .unequal, "surname": .equal]),
    ] { #expect(told.hasPrefix("one person, through other records, p ")) }
    #expect(words(isOne: true, apart) == "one person, through other records")
  }

  @Test("two persons are told with why, and as undecided where somebody is asked")
  func two() {
    #expect(words(isOne: false, ["bsn": .equal, "sex": .unequal]) == "review: veto")
    #expect(words(isOne: false, ["bsn": .unequal, "surname": .equal]) == "review: bsn-conflict")
    #expect(words(isOne: false, p: 0.9, ["bsn": .unequal]) == "review: bsn-conflict")
    #expect(words(isOne: false, p: 0.1, ["bsn": .unequal]) == "two persons: bsn-conflict")
    let told = words(isOne: false, p: 0.9, [:])
    #expect(told == "review: uncertain, p 0.900 (accept 0.99, review 0.80)")
    #expect(
      words(isOne: false, p: 1, [:]).hasSuffix(": their other records do not fit, or are too many")
    )
    // No rule pairs them: nobody is asked.
    #expect(words(isOne: false, p: 0.9, block: nil, [:]).hasPrefix("two persons, p 0.900"))
    #expect(words(isOne: false, p: 0.1, [:]).hasPrefix("two persons, p 0.100"))
    #expect(words(isOne: false, [:]) == "two persons")
  }
}
