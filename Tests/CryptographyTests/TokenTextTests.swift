import TestSupport
import Testing

@testable import Cryptography

@Suite struct TokenTextTests {
  @Test("a token goes to text and back", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (high, low) = (random.next(), random.next())
    for level in TokenText.Level.allCases {
      let text = TokenText.encode(high: high, low: low, level: level)
      #expect(text.utf8.count == TokenText.count, "seed \(seed)")
      let token = TokenText.decode(text)
      #expect(token?.level == level, "seed \(seed)")
      #expect(token?.high == high && token?.low == low, "seed \(seed)")
    }
  }

  @Test("the bounds of a token have the texts that base32 says")
  func bounds() {
    let zero = TokenText.encode(high: 0, low: 0, level: .source)
    #expect(zero == "s" + String(repeating: "a", count: 26))
    let full = TokenText.encode(high: .max, low: .max, level: .region)
    #expect(full == "r" + String(repeating: "7", count: 25) + "4")
    let one = TokenText.encode(high: 0, low: 1, level: .region)
    #expect(one == "r" + String(repeating: "a", count: 25) + "e")
  }

  @Test("one text stands for a token: any other byte anywhere is refused or another token")
  func strict() {
    let token: (high: UInt64, low: UInt64) = (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)
    let text = Array(TokenText.encode(high: token.high, low: token.low, level: .region).utf8)
    for position in text.indices {
      for byte in UInt8.min...UInt8.max where byte != text[position] {
        var changed = text
        changed[position] = byte
        guard let read = TokenText.decode(changed) else { continue }
        #expect(read.high != token.high || read.low != token.low || read.level != .region)
        #expect(
          Array(TokenText.encode(high: read.high, low: read.low, level: read.level).utf8) == changed
        )
      }
    }
  }

  @Test(
    "other lengths, levels, cases, padding and spare bits are refused",
    arguments: [
      "", "r", "raaaaaaaaaaaaaaaaaaaaaaaaa", "raaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "xaaaaaaaaaaaaaaaaaaaaaaaaaa", "Raaaaaaaaaaaaaaaaaaaaaaaaaa",
      "rAaaaaaaaaaaaaaaaaaaaaaaaaa", "raaaaaaaaaaaaaaaaaaaaaaaaa=",
      "raaaaaaaaaaaaaaaaaaaaaaaaab", "raaaaaaaaaaaaaaaaaaaaaaaaac",
      "ra1aaaaaaaaaaaaaaaaaaaaaaaa", "ra8aaaaaaaaaaaaaaaaaaaaaaaa",
    ]
  )
  func refused(text: String) { #expect(TokenText.decode(text) == nil) }
}
