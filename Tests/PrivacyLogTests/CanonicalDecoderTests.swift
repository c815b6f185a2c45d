import Foundation
import Tabular
import TestSupport
import Testing

@testable import PrivacyLog

@Suite struct CanonicalDecoderTests {
  @Test("what is written canonically is read back", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let members = object(&random, depth: 1)
    let line = Array(JSONValue.object(members).canonical.utf8)
    var decoder = CanonicalDecoder()
    #expect(decoder.members(line.span) == members, "seed \(seed)")
    let plain = try JSONDecoder().decode(JSONValue.self, from: Data(line))
    #expect(plain == .object(members), "seed \(seed)")
  }

  @Test("no bytes make it trap", arguments: 0..<2000 as Range<UInt64>)
  func garbage(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var line = Array(JSONValue.object(object(&random, depth: 1)).canonical.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<line.count, using: &random)
      if Bool.random(using: &random) {
        line[place] = UInt8.random(in: 0...255, using: &random)
      } else {
        line.removeSubrange(place..<min(line.count, place + 3))
      }
      if line.isEmpty { line = [0x7B] }
    }
    var decoder = CanonicalDecoder()
    _ = decoder.members(line.span)
  }

  private func object(_ random: inout SeededGenerator, depth: Int) -> [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    for number in 0..<Int.random(in: 0...5, using: &random) {
      members["k\(number)"] = value(&random, depth: depth + 1)
    }
    return members
  }

  private func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0...(depth > 4 ? 3 : 5), using: &random) {
    case 0: .null
    case 1: .boolean(Bool.random(using: &random))
    case 2:
      .integer(Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
    case 3:
      .string(
        ["", "é\"\\/", "\u{1}\u{1F}\n\t\r\u{8}\u{C}", "ĳ€𝄞"].randomElement(using: &random) ?? ""
      )
    case 4: .array((0..<3).map { _ in value(&random, depth: depth + 1) })
    default: .object(object(&random, depth: depth))
    }
  }
}
