import Testing

@testable import Cryptography

@Suite struct HexadecimalTests {
  @Test("every byte goes to two lower-case digits and back")
  func everyByte() {
    for byte in UInt8.min...UInt8.max {
      let text = Array(lowerHex([byte]).utf8)
      #expect(text.count == 2)
      #expect(hexValue(text[0]).map { $0 << 4 } == byte & 0xF0)
      #expect(hexValue(text[1]) == byte & 0x0F)
    }
  }

  @Test("sixteen characters are digits and no other")
  func digits() {
    let digits = (UInt8.min...UInt8.max).filter { hexValue($0) != nil }
    #expect(String(decoding: digits, as: UTF8.self) == "0123456789abcdef")
  }
}
