import Tabular
import TestSupport
import Testing

@testable import NightlyRun

@Suite("A line of the ledger")
struct LedgerLineTests {
  @Test("is read as it was written, whatever stands in it", arguments: 0..<50 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let value = made(&random, depth: 0)
    #expect(LedgerLine.value(Array(value.canonical.utf8)[...]) == value, "seed \(seed)")
  }

  @Test("that is cut or has a byte too many is none")
  func refused() {
    let line = Array(#"{"a":[1,"é"],"b":{"c":-5},"d":""}"#.utf8)
    #expect(LedgerLine.value(line[...]) != nil)
    for count in 0..<line.count { #expect(LedgerLine.value(line.prefix(count)) == nil, "\(count)") }
    for more in ["}", ",", " ", "1"] {
      #expect(LedgerLine.value((line + Array(more.utf8))[...]) == nil)
    }
    let others = [
      "", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "[1,]", "-", "--1", "1-", "9223372036854775808",
      #"{"a":"\#u{0}"#, String(repeating: "[", count: 100_000), "\"\\u\"",
    ]
    for other in others { #expect(LedgerLine.value(Array(other.utf8)[...]) == nil, "\(other)") }
    #expect(LedgerLine.value([0x22, 0xC3, 0x28, 0x22]) == nil)
  }

  private func made(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    let texts = ["", "a", "Kozłowski", "quo\"te", "back\\slash", "\u{1}\n", "9{9}.xml", "🙂"]
    switch Int.random(in: depth == 0 ? 2...3 : depth < 3 ? 0...3 : 0...1, using: &random) {
    case 0: return .string(texts.randomElement(using: &random) ?? "")
    case 1:
      return .integer(
        Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random)
      )
    case 2: return .array((0..<3).map { _ in made(&random, depth: depth + 1) })
    default:
      var members: [String: JSONValue] = [:]
      for text in texts where Bool.random(using: &random) {
        members[text] = made(&random, depth: depth + 1)
      }
      return .object(members)
    }
  }
}
