import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Dominance") struct DominanceTests {
  @Test("the contributions of the page are safe at 10 % and not at 15 %")
  func priorOfThePage() {
    let largest: [Int64] = [600, 200, 50]
    #expect(Protection.Dominance.prior(share: 0.10).required(total: 880, largest: largest) == nil)
    #expect(
      Protection.Dominance.prior(share: 0.15).required(total: 880, largest: largest)
        == RequiredInterval(lower: 870, upper: 890)
    )
  }

  @Test("two of the page make more than 85 %, and ask for 941.176471 in whole units")
  func shareOfThePage() {
    #expect(
      Protection.Dominance.share(contributors: 2, 0.85)
        .required(total: 880, largest: [600, 200, 50])
        == RequiredInterval(lower: 2 * 880 - 942, upper: 942)
    )
    #expect(
      Protection.Dominance.share(contributors: 2, 0.95)
        .required(total: 880, largest: [600, 200, 50]) == nil
    )
  }

  /// [880 6; 9 300] and [880 40; 25 300], all hidden, totals shown.
  @Test("the neighbours of the page are too small for the interval, or large enough")
  func neighboursOfThePage() throws {
    let required = RequiredInterval(lower: 870, upper: 890)
    let system = IntervalAttackTests.twoWay(2, 2)
    for (cells, expected, isSafe) in [
      ([880, 6, 9, 300] as [Int64], AttackedInterval(lower: 580, upper: 886), false),
      ([880, 40, 25, 300], AttackedInterval(lower: 580, upper: 905), true),
    ] {
      let values = IntervalAttackTests.withTotals(cells, 2)
      let attack = IntervalAttack(
        system,
        known: IntervalAttackTests.known(values, hidden: [0, 1, 2, 3])
      )
      let found = try #require(attack.intervals(of: [0])[0])
      #expect(found == expected)
      #expect(found.reaches(required) == isSafe)
    }
  }
}
