import Cryptography
import Foundation

/// Lines of a log as an adversary writes them: numbered and chained as they should be.
enum ChainedLines {
  /// Gives the lines from one on, counted from 0, the numbers and links that they would have there.
  static func rechained(_ lines: [[UInt8]], from first: Int) throws -> [[UInt8]] {
    var lines = lines
    for number in first..<lines.count {
      let previous = lowerHex(try sha256(of: [0x00] + lines[number - 1]))
      let text = String(decoding: lines[number], as: UTF8.self)
        .replacing(#/"prev":"[0-9a-f]{64}"/#, with: "\"prev\":\"\(previous)\"")
        .replacing(#/"seq":[0-9]+/#, with: "\"seq\":\(number + 1)")
      lines[number] = Array(text.utf8)
    }
    return lines
  }
}
