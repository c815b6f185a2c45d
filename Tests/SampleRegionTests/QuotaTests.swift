import Testing

@testable import SampleRegion

@Suite("Quota")
struct QuotaTests {
  @Test("A quota gives its share evenly")
  func quota() {
    var quota = Quota(perMille: 150, offset: 400)
    let given = (0..<1_000).count { _ in quota.next() }
    #expect(given == 150 && quota.givenCount == 150)
  }
}
