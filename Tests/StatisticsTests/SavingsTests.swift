import Testing

@testable import Statistics

@Suite("Shared savings")
struct SavingsTests {
  private let agreement = SavingsAgreement(trend: 0.03, corridor: 0.02, share: 0.5, cap: 0.1)

  @Test("the page's region gets the page's cents")
  func knownAnswer() throws {
    let baseline = try #require(
      agreement.baseline(
        costs: [90_000, 240_000, 820_000],
        personYears: [21_000, 9000, 2500]
      )
    )
    let savings = try #require(
      Savings(baseline: baseline, actual: 6_100_000_000, invested: 60_000_000)
    )
    #expect(savings.saving == 183_000_000)
    #expect(agreement.payout(of: savings, quality: 0.8) == 73_200_000)
    #expect(abs((savings.returnOnInvestment ?? .nan) - 2.05) < 1e-12)
  }

  @Test("the corridor pays nothing up to its edge, the cap no more than itself, both ways")
  func corridorAndCap() throws {
    func payout(_ actual: Int, _ quality: Double = 1) throws -> Int? {
      let savings = try #require(Savings(baseline: 1000, actual: actual, invested: 0))
      return agreement.payout(of: savings, quality: quality)
    }
    #expect(try payout(980) == 0)
    #expect(try payout(979) == 11)
    #expect(try payout(979, 0.5) == 5)
    #expect(try payout(1020) == 0)
    #expect(try payout(1040) == -20)
    #expect(try payout(100) == 100)
    #expect(try payout(2000) == -100)
    #expect(try payout(100, 0) == 0)
  }

  @Test("payers' balances add up to that of all")
  func payers() throws {
    let insurer = try #require(Savings(baseline: 900, actual: 700, invested: 20))
    let municipality = try #require(Savings(baseline: 100, actual: 130, invested: 60))
    let all = try #require(Savings(baseline: 1000, actual: 830, invested: 80))
    #expect(insurer.saving + municipality.saving == all.saving)
    #expect((insurer.net, municipality.net) == (180, -90))
    #expect(insurer.net + municipality.net == all.net)
  }

  @Test("without an investment there is no return, and what does not fit is missing")
  func missing() throws {
    #expect(try #require(Savings(baseline: 9, actual: 5, invested: 0)).returnOnInvestment == nil)
    #expect(Savings(baseline: .min, actual: 1, invested: 0) == nil)
    #expect(Savings(baseline: 0, actual: 0, invested: .min) == nil)
    #expect(agreement.baseline(costs: [1e300], personYears: [1e300]) == nil)
    #expect(agreement.baseline(costs: [.nan], personYears: [1]) == nil)
  }
}
