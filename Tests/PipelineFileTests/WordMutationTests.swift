import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import PipelineFile

@Suite struct WordMutationTests {
  private static let words = [
    "count", "rows", "sum", "{}", "[]", "[a, b]", "{a: b}", "''", "\"\"", "12", "-1", "0.5 %",
    "99999999999999999999", "care", "register", "support", "bsn", "sex", "where", "true", "(",
    "{period.end}", "{x}", "band(age, 1)", "keep", "'a''b'", "csv", "iwmo", "é", "..", "1..2",
    "a < b", "years from 1 to 2", "|\n   x", ">\n   y z", "file", "|",
  ]

  @Test("A pipeline of shuffled words is read or refused", arguments: 0..<32 as Range<UInt64>)
  func survivesShuffling(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let text = Self.shuffled(&random)
      let lineCount = text.split(separator: "\n", omittingEmptySubsequences: false).count
      for fault in faults(of: text, settings: random.next() % 3 == 0 ? ["x": "1"] : [:]) {
        #expect(fault.place?.line ?? 0 <= lineCount, "seed \(seed): \(fault.text)")
        #expect(fault.sentence != "the pipeline cannot be understood", "seed \(seed): \(text)")
      }
    }
  }

  private static func shuffled(_ random: inout SeededGenerator) -> String {
    var lines = smallPipeline.split(separator: "\n").map(String.init)
    for _ in 0...random.next() % 6 {
      let line = Int(random.next() % UInt64(lines.count))
      let other = Int(random.next() % UInt64(lines.count))
      let word = words[Int(random.next() % UInt64(words.count))]
      switch random.next() % 6 {
      case 0 where lines.count > 1: lines.remove(at: line)
      case 1: lines.swapAt(line, other)
      case 2: lines.insert(lines[line], at: other)
      case 3:
        guard let colon = lines[line].firstRange(of: ": ") else { continue }
        lines[line] = lines[line][..<colon.upperBound] + word
      case 4:
        var parts = lines[line].components(separatedBy: " ")
        parts[Int(random.next() % UInt64(parts.count))] = word
        lines[line] = parts.joined(separator: " ")
      default:
        let indent = lines[line].prefix { $0 == " " }
        lines[line] = String(indent) + lines[other].drop { $0 == " " }
      }
    }
    return lines.joined(separator: "\n")
  }
}
