import Foundation
import TestSupport
import Testing

@testable import Tabular

@Suite("Base64")
struct Base64TextTests {
  @Test("is that of Foundation, and read back as it was", arguments: 0..<40 as Range<UInt64>)
  func agrees(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int(seed)).map { _ in UInt8.random(in: 0...255, using: &random) }
    var text = Array("x".utf8)
    Base64Text.append(bytes[...], to: &text)
    #expect(String(decoding: text.dropFirst(), as: UTF8.self) == Data(bytes).base64EncodedString())
    #expect(Base64Text.decode(text.dropFirst()) == bytes)
  }

  @Test(
    "what could be written otherwise, or is none, is not read",
    arguments: ["A", "AA", "AAA", "AB==", "AAB=", "A===", "====", "AA=A", "AA-_", "A A=", "AAAA="]
  )
  func refuses(text: String) {
    #expect(Base64Text.decode(Array(text.utf8)[...]) == nil)
  }
}
