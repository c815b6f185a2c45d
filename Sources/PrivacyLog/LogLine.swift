import Cryptography

/// What the chain needs of one line: its number, its event, and the hash of the line before.
struct LogLine {
  let sequence: Int
  let event: LogEvent
  /// The 32 bytes of `prev`.
  let previous: [UInt8]
}

/// Reads lines of the privacy log: each must be canonical and have the fields that every line has.
///
/// It keeps its working memory from line to line.
struct LogLineReader {
  private var text = CanonicalText()
  private let events = LogEvent.allCases.map { (event: $0, name: Array($0.rawValue.utf8)) }
  private let names = ["event", "outcome", "prev", "run", "seq", "ts", "v"].map { Array($0.utf8) }

  /// The version of the format, `v`.
  static let version: Int64 = 1

  /// Reads one line, without its line end.
  ///
  /// - Returns: what was read, or what is wrong with the line itself.
  mutating func read(_ line: Span<UInt8>) -> Result<LogLine, LogFault.Cause> {
    guard text.check(line) else { return .failure(.notCanonical) }
    var found: [Range<Int>?] = [nil, nil, nil, nil, nil, nil, nil]
    for member in text.members {
      for number in names.indices where Self.isEqual(line, member.name, names[number]) {
        found[number] = member.value
      }
    }
    guard let event = found[0], let outcome = found[1], let prev = found[2], let run = found[3],
      let seq = found[4], let ts = found[5], let version = found[6]
    else { return .failure(.fieldMissing) }
    guard CanonicalText.integer(line, version) == Self.version else {
      return .failure(.field("v"))
    }
    guard let number = CanonicalText.integer(line, seq), let sequence = Int(exactly: number) else {
      return .failure(.field("seq"))
    }
    guard CanonicalText.integer(line, ts) != nil else { return .failure(.field("ts")) }
    guard outcome.count > 2, line[outcome.lowerBound] == UInt8(ascii: "\"") else {
      return .failure(.field("outcome"))
    }
    guard Self.bytes(line, run, count: 16) != nil else { return .failure(.field("run")) }
    guard let previous = Self.bytes(line, prev, count: 32) else { return .failure(.field("prev")) }
    let name = event.lowerBound + 1..<max(event.lowerBound + 1, event.upperBound - 1)
    guard let known = events.first(where: { Self.isEqual(line, name, $0.name) }) else {
      return .failure(.field("event"))
    }
    return .success(
      LogLine(sequence: sequence, event: known.event, previous: previous)
    )
  }

  private static func isEqual(_ line: Span<UInt8>, _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    guard range.count == bytes.count else { return false }
    for offset in bytes.indices where line[range.lowerBound + offset] != bytes[offset] {
      return false
    }
    return true
  }

  /// The bytes that a quoted text of lower-case hexadecimal digits stands for.
  private static func bytes(_ line: Span<UInt8>, _ range: Range<Int>, count: Int) -> [UInt8]? {
    guard range.count == 2 * count + 2, line[range.lowerBound] == UInt8(ascii: "\"") else {
      return nil
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for number in 0..<count {
      let place = range.lowerBound + 1 + 2 * number
      guard let high = hexValue(line[place]), let low = hexValue(line[place + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
