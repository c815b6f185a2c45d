import Foundation
import Testing

@testable import PrivacyLog

@Suite("Composed texts")
struct ComposedTextTests {
  @Test(
    "a text is composed as Unicode has it",
    arguments: [
      ("plain", "plain"), ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"),
      ("a\u{301}\u{323}", "\u{1EA1}\u{301}"), ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"),
      // What Foundation takes for á: it looks at sixteen bits.
      ("\u{10041}\u{301}", "\u{10041}\u{301}"), ("", ""),
    ]
  )
  func composed(text: String, expected: String) {
    #expect(Array(text.composed.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test("letters with a mark are composed as Foundation does it")
  func likeFoundation() {
    for value in UInt32(0)..<0x1000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in ["\(scalar)", "e\(scalar)", "\(scalar)\u{301}", "a\u{323}\(scalar)"] {
        let expected = text.precomposedStringWithCanonicalMapping
        #expect(text.composed.utf8.elementsEqual(expected.utf8), "U+\(String(value, radix: 16))")
      }
    }
  }
}
