import TestSupport
import Testing

@testable import Tabular

@Suite("Columns of tokens")
struct TokenColumnTests {
  private func tokens(_ count: Int, _ random: inout SeededGenerator) -> [Token] {
    (0..<count).map { _ in
      Token(
        high: UInt64.random(in: 0...3, using: &random),
        low: UInt64.random(in: 0...2, using: &random)
      )
    }
  }

  @Test(
    "give back what they were made of, and hold each token once",
    arguments: 0..<40 as Range<UInt64>
  )
  func holdsOnce(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let given = tokens(Int.random(in: 0...60, using: &random), &random)
    let column = TokenColumn(given)
    #expect(Array(column) == given)
    #expect(Set(column.values).count == column.values.count)
    #expect(!column.values.contains(.missing))
    let rows = given.indices.shuffled(using: &random)
    #expect(Array(column.taking(rows)) == rows.map { given[$0] })
  }

  @Test("may take other tokens, which can be equal or missing", arguments: 0..<40 as Range<UInt64>)
  func replaces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let given = tokens(50, &random)
    let other = { (token: Token) in token.low == 0 ? .missing : Token(high: 7, low: token.low) }
    let column = TokenColumn(given).replacing(other)
    #expect(Array(column) == given.map { $0.isMissing ? .missing : other($0) })
    #expect(Set(column.values).count == column.values.count)
  }
}
