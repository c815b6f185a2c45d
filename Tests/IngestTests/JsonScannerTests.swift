import Foundation
import TestSupport
import Testing

@testable import Ingest

/// What the scanner says of a text; nil accepts it.
private func scan(_ bytes: [UInt8], _ shape: JsonShape = JsonShape()) -> UInt8 {
  var scanner = JsonScanner(shape)
  var text = bytes + [0x0A] + [UInt8](repeating: 0, count: CsvLimits.padding)
  return unsafe text.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return Fault.structure }
    return unsafe scanner.scan(base, from: 0, to: bytes.count)
  }
}

/// A random JSON value; the keys of an object differ.
private func randomJSON(_ random: inout SeededGenerator, depth: Int = 0) -> String {
  let blank = [" ", "", "", "", "\t", " \r "].randomElement(using: &random) ?? ""
  func string() -> String {
    let parts = [
      "a", "é", "\\n", "\\\"", "\\u00e9", "\\ud83d\\ude00", "😀", "\\\\", "x y", "long text ",
    ]
    let count = Int.random(in: 0..<6, using: &random)
    return "\"" + (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined() + "\""
  }
  switch Int.random(in: 0..<(depth > 5 ? 6 : 10), using: &random) {
  case 0: return blank + "true"
  case 1: return "false" + blank
  case 2: return blank + "null"
  case 3: return ["0", "-1", "12.50", "3e8", "-0.1E-2", "900"].randomElement(using: &random) ?? "0"
  case 4, 5: return string() + blank
  case 6, 7:
    let count = Int.random(in: 0..<5, using: &random)
    let elements = (0..<count).map { _ in randomJSON(&random, depth: depth + 1) }
    return "[" + blank + elements.joined(separator: ",") + "]"
  default:
    let count = Int.random(in: 0..<5, using: &random)
    let members = (0..<count).map { number in
      "\"\(number)" + string().dropFirst() + blank + ":" + randomJSON(&random, depth: depth + 1)
    }
    return blank + "{" + members.joined(separator: ",") + blank + "}"
  }
}

private func isJSON(_ bytes: [UInt8]) -> Bool {
  (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
}

@Suite("JSON scanner")
struct JsonScannerTests {
  @Test("what Foundation reads, the scanner reads", arguments: 0..<300 as Range<UInt64>)
  func valid(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<10 {
      let text = Array(randomJSON(&random).utf8)
      #expect(isJSON(text), "seed \(seed)")
      #expect(scan(text) == Fault.none, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test(
    "a mutated text is read if and only if Foundation reads it",
    arguments: 0..<60 as Range<UInt64>
  )
  func mutated(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var acceptedCount = 0
    for _ in 0..<150 {
      var text = Array(randomJSON(&random).utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) where !text.isEmpty {
        let place = text.indices.randomElement(using: &random) ?? 0
        let marks = Array("{}[]\",:\\u0e-+. \n".utf8)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text[place] = UInt8.random(in: 0...255, using: &random)
        case 1: text.insert(marks.randomElement(using: &random) ?? 0, at: place)
        case 2: text.remove(at: place)
        default: text.removeLast(text.count - place)
        }
      }
      // Foundation takes a comma before a closing bracket, which JSON has not.
      let plain = String(decoding: text, as: UTF8.self)
      if plain.contains(/,[ \t\r\n]*[\]}]/) { continue }
      let isRead = scan(text) == Fault.none
      if isRead { acceptedCount += 1 }
      #expect(isRead == isJSON(text), "seed \(seed): \(text)")
    }
    #expect(acceptedCount > 0, "seed \(seed)")
  }

  @Test("UTF-8 is judged as the standard library judges it", arguments: 0..<200 as Range<UInt64>)
  func encoding(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      var bytes = Array("aé€😀z0123456789".utf8)
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let place = bytes.indices.randomElement(using: &random) ?? 0
        bytes[place] =
          [0x80, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0x41, 0xA0]
          .randomElement(using: &random) ?? 0
      }
      let expected = String(validating: bytes, as: UTF8.self) != nil
      let padded = bytes + [UInt8](repeating: 0, count: 8)
      let found = unsafe padded.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return false }
        return unsafe isWellFormedUTF8(base, from: 0, to: bytes.count)
      }
      #expect(found == expected, "seed \(seed): \(bytes)")
    }
  }

  @Test("a repeated key is found at any depth, however it is written")
  func repeated() {
    #expect(scan(Array("{\"a\":{\"b\":[{\"c\":1,\"d\":2,\"c\":3}]}}".utf8)) == Fault.structure)
    #expect(scan(Array("{\"\":1,\"\":2}".utf8)) == Fault.structure)
    #expect(scan(Array("{\"a\":1,\"b\":{\"a\":2},\"c\":[{\"a\":1},{\"a\":1}]}".utf8)) == Fault.none)
  }
}
