import Tabular
import TestSupport
import Testing

@testable import NightlyRun

@Suite("Sources that are read again with nearly the same persons")
struct ProbeSuspicionTests {
  @Test("the count agrees with sets", arguments: 0..<100 as Range<UInt64>)
  func agrees(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func tokens() -> [Token] {
      (0..<Int.random(in: 0...30, using: &random)).map { _ in
        Token(
          high: UInt64.random(in: 1...4, using: &random),
          low: UInt64.random(in: 1...6, using: &random)
        )
      }.sorted()
    }
    let (left, right) = (tokens(), tokens())
    let differing = Set(left).symmetricDifference(right).count
    #expect(
      ProbeSuspicion.differingCount(left, right, limit: 100) == differing,
      "seed \(seed)"
    )
    #expect(ProbeSuspicion.differingCount(left, right, limit: 3) == min(3, differing))
  }
}
