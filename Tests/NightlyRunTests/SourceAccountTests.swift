import Tabular
import Testing

@testable import NightlyRun

@Suite("The account of a source")
struct SourceAccountTests {
  private var account: SourceAccount {
    var account = SourceAccount()
    account.deliveries = [.init(name: "a.csv", sha256: "00ff", byteCount: 12)]
    account.read = 10
    account.accepted = 7
    account.rejected = 2
    account.skipped = ["not-asked": 1]
    account.rejectedByReason = ["bsn-check": 2]
    account.blanked = ["postcode": 3]
    account.rejects = [
      RejectedRow(file: 0, line: 4, column: "bsn", reason: .bsnCheck, shape: "9{9}")
    ]
    return account
  }

  @Test("it is read back from the header of a staged table as it was written")
  func roundTrip() {
    #expect(SourceAccount(account.json) == account)
  }

  @Test("one that does not add up is refused")
  func refusesImbalance() {
    var wrong = account
    wrong.accepted += 1
    #expect(!wrong.balances)
    #expect(SourceAccount(wrong.json) == nil)
    #expect(SourceAccount(["read": 1]) == nil)
  }

  @Test("skipped rows do not soften the share of rejects")
  func share() {
    #expect(account.rejectedShare == 2.0 / 9.0)
    #expect(SourceAccount().rejectedShare == 0)
  }
}
