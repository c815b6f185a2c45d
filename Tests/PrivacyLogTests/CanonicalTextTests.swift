import Foundation
import TestSupport
import Tabular
import Testing

@testable import PrivacyLog

@Suite struct CanonicalTextTests {
  static func isCanonical(_ text: String) -> Bool {
    var check = CanonicalText()
    return check.check(Array(text.utf8).span)
  }

  @Test(
    "canonical objects are taken",
    arguments: [
      #"{}"#, #"{"":1}"#, #"{"a":-1,"b":[],"c":{},"d":[1,"x",null,true,false]}"#,
      #"{"a":9007199254740991,"b":-9007199254740991,"c":0}"#,
      #"{"a":"\"\\\b\f\n\r\t\u0000\u001f/é€👍"}"#, "{\"a\":\"\\n\u{301}\\u001f\u{301}\"}",
    ]
  )
  func taken(text: String) { #expect(Self.isCanonical(text)) }

  @Test(
    "anything else is refused",
    arguments: [
      "", "[]", "1", #"{"a":1}x"#, #"{"a":1} "#, #" {}"#, #"{ }"#, #"{"a": 1}"#, #"{"a":1,}"#,
      #"{"b":1,"a":1}"#, #"{"a":1,"a":1}"#, #"{"a":01}"#, #"{"a":-0}"#, #"{"a":-}"#, #"{"a":1.0}"#,
      #"{"a":1e3}"#, #"{"a":9007199254740992}"#, #"{"a":-9007199254740992}"#,
      #"{"a":99999999999999999999}"#, #"{"a":"\/"}"#, #"{"a":"\u0041"}"#, #"{"a":"\u000a"}"#,
      #"{"a":"\u001F"}"#, #"{"a":"\u0020"}"#, #"{"a":"\x"}"#, #"{"a":"\"#, #"{"a":"x"#, #"{"a"}"#,
      #"{"a":}"#, #"{a:1}"#, #"{"é":1}"#, #"{"a\n":1}"#, #"{"a":tru}"#, #"{"a":nul"#, #"{"a":[1"#,
      "{\"a\":\"\t\"}", "{\"a\":\"e\u{301}\"}",
    ]
  )
  func refused(text: String) { #expect(!Self.isCanonical(text)) }

  @Test("bytes that are not UTF-8 are refused")
  func notUTF8() {
    for bytes in [[0xC3], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]] {
      var check = CanonicalText()
      let text: [UInt8] = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
      let isTaken = check.check(text.span)
      #expect(!isTaken)
    }
  }

  @Test("nesting is bounded")
  func nesting() {
    func nested(_ depth: Int) -> String {
      #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    }
    #expect(Self.isCanonical(nested(10)))
    #expect(!Self.isCanonical(nested(100_000)))
  }

  @Test("whatever is written canonically is taken", arguments: 0..<300 as Range<UInt64>)
  func written(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func text() -> String {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let value = UInt32.random(in: 0...0x3FF, using: &random)
        if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
      }
      return String(scalars)
    }
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0...(depth > 3 ? 3 : 5), using: &random) {
      case 0: .null
      case 1: .boolean(Bool.random(using: &random))
      case 2:
        .integer(Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
      case 3: .string(text())
      case 4: .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth + 1) })
      default: object(depth + 1)
      }
    }
    func object(_ depth: Int) -> JSONValue {
      let count = Int.random(in: 0...4, using: &random)
      let keys = (0..<count).map { _ in
        String(["a", "ab", "b", "B", "zz", "_", "1"][Int.random(in: 0..<7, using: &random)])
      }
      return .object(Dictionary(keys.map { ($0, value(depth)) }) { first, _ in first })
    }
    #expect(Self.isCanonical(object(1).normalised.canonical), "seed \(seed)")
  }
}
