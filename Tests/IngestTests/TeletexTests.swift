import Foundation
import Testing

@testable import Ingest

@Suite("Teletex")
struct TeletexTests {
  private let teletex = Teletex()

  private func decode(_ bytes: [UInt8]) -> String? {
    var text: [UInt8] = []
    guard teletex.decode(bytes[...], into: &text) else { return nil }
    return String(validating: text, as: UTF8.self)
  }

  @Test(
    "the accent stands before its letter",
    arguments: [
      ([0x42, 0xC2, 0x65, 0x61, 0x6D, 0x6F, 0x6E, 0x74], "Béamont"), ([0xC2, 0x67], "ģ"),
      ([0xCB, 0x67], "ģ"), ([0xCB, 0x47], "Ģ"), ([0xC1, 0x61], "à"), ([0xC3, 0x6F], "ô"),
      ([0xC4, 0x6E], "ñ"), ([0xC5, 0x75], "ū"), ([0xC6, 0x67], "ğ"), ([0xC7, 0x49], "İ"),
      ([0xC8, 0x65], "ë"), ([0xCA, 0x61], "å"), ([0xCB, 0x63], "ç"), ([0xCD, 0x6F], "ő"),
      ([0xCE, 0x61], "ą"), ([0xCF, 0x73], "š"), ([0xC7, 0x69], "i\u{307}"),
      ([0xCA, 0x6F], "o\u{30A}"), ([0xCE, 0x62], "b\u{328}"),
    ] as [([UInt8], String)]
  )
  func accents(bytes: [UInt8], expected: String) {
    #expect(decode(bytes).map { Array($0.unicodeScalars) } == Array(expected.unicodeScalars))
  }

  @Test("the letters that stand alone are those of the standard, small ones sixteen higher")
  func alone() {
    let letters: [(UInt8, String, String)] = [
      (0xE1, "Æ", "æ"), (0xE2, "Đ", "đ"), (0xE4, "Ħ", "ħ"), (0xE8, "Ł", "ł"), (0xE9, "Ø", "ø"),
      (0xEA, "Œ", "œ"), (0xEC, "Þ", "þ"), (0xED, "Ŧ", "ŧ"), (0xEE, "Ŋ", "ŋ"),
    ]
    for (byte, large, small) in letters {
      #expect(decode([byte]) == large)
      #expect(decode([byte + 0x10]) == small)
    }
    #expect(decode([0xA4, 0xA6, 0xF3, 0xF5, 0xFB]) == "$#ðıß")
  }

  @Test("what is no teletex is refused, and no other byte")
  func refused() {
    // The first halves of accented letters, what the standard leaves free, and controls.
    let free: Set<UInt8> = [
      0x23, 0x24, 0x5C, 0x5E, 0x60, 0x7B, 0x7D, 0x7E, 0xA0, 0xA9, 0xAA, 0xAC, 0xAD, 0xAE, 0xAF,
      0xB9, 0xBA, 0xE5, 0xE6, 0xF6, 0xFF,
    ]
    for byte in UInt8.min...UInt8.max {
      let isFree =
        free.contains(byte) || byte < 0x20 && ![0x0A, 0x0C, 0x0D].contains(byte)
        || 0x7F...0x9F ~= byte || 0xC0...0xDF ~= byte
      #expect((decode([0x61, byte]) == nil) == isFree, "byte \(byte)")
    }
    for accent in UInt8(0xC0)...0xCF {
      let isAccent = ![0xC0, 0xC9, 0xCC].contains(accent)
      for byte in UInt8.min...UInt8.max {
        let isLetter = 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
        #expect((decode([accent, byte]) != nil) == (isAccent && isLetter), "\(accent) \(byte)")
      }
    }
    #expect(decode([0xC2]) == nil)
    #expect(decode([0xC2, 0xC8, 0x65]) == nil)
    #expect(decode([]) == "")
  }

  @Test("every accented letter is in normal form C, and means what Unicode composes")
  func normalForm() {
    let marks: [UInt8: String] = [
      0xC1: "\u{300}", 0xC2: "\u{301}", 0xC3: "\u{302}", 0xC4: "\u{303}", 0xC5: "\u{304}",
      0xC6: "\u{306}", 0xC7: "\u{307}", 0xC8: "\u{308}", 0xCA: "\u{30A}", 0xCB: "\u{327}",
      0xCD: "\u{30B}", 0xCE: "\u{328}", 0xCF: "\u{30C}",
    ]
    for (accent, mark) in marks {
      for letter in Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8) {
        let plain = String(UnicodeScalar(letter)) + mark
        var expected = plain.precomposedStringWithCanonicalMapping
        if accent == 0xC2 && letter == UInt8(ascii: "g") { expected = "ģ" }
        #expect(
          decode([accent, letter]).map { Array($0.unicodeScalars) }
            == Array(expected.unicodeScalars),
          "\(accent) \(letter)"
        )
      }
    }
    for byte in UInt8.min...UInt8.max {
      guard let text = decode([byte]) else { continue }
      let normal = text.precomposedStringWithCanonicalMapping
      #expect(Array(text.unicodeScalars) == Array(normal.unicodeScalars), "byte \(byte)")
    }
  }
}
