import Cryptography

/// What the chain needs of one line: its number, its event, and the hash of the line before.
struct LogLine {
  let sequence: Int
  let event: LogEvent
  /// `prev`.
  let previous: TreeDigest
  /// `ts`, in milliseconds since 1970.
  let milliseconds: Int64
}

/// Reads lines of the privacy log: each must be canonical and have the fields that every line has.
///
/// It keeps its working memory from line to line.
struct LogLineReader {
  private var text = CanonicalText()
  private let events = LogEvent.allCases.map { (event: $0, name: Array($0.rawValue.utf8)) }

  /// The version of the format, `v`.
  static let version: Int64 = 1

  /// Reads one line, without its line end.
  ///
  /// - Returns: what was read, or what is wrong with the line itself.
  mutating func read(_ line: Span<UInt8>) -> Result<LogLine, LogFault.Cause> {
    guard text.check(line) else { return .failure(.notCanonical) }
    var event: Range<Int>?
    var outcome: Range<Int>?
    var prev: Range<Int>?
    var run: Range<Int>?
    var seq: Range<Int>?
    var ts: Range<Int>?
    var version: Range<Int>?
    for member in text.members {
      if LogFields.isText(line, member.name, "event") { event = member.value }
      if LogFields.isText(line, member.name, "outcome") { outcome = member.value }
      if LogFields.isText(line, member.name, "prev") { prev = member.value }
      if LogFields.isText(line, member.name, "run") { run = member.value }
      if LogFields.isText(line, member.name, "seq") { seq = member.value }
      if LogFields.isText(line, member.name, "ts") { ts = member.value }
      if LogFields.isText(line, member.name, "v") { version = member.value }
    }
    guard let event, let outcome, let prev, let run, let seq, let ts, let version else {
      return .failure(.fieldMissing)
    }
    guard CanonicalText.integer(line, version) == Self.version else {
      return .failure(.field("v"))
    }
    guard let number = CanonicalText.integer(line, seq), let sequence = Int(exactly: number) else {
      return .failure(.field("seq"))
    }
    guard let milliseconds = CanonicalText.integer(line, ts) else { return .failure(.field("ts")) }
    guard outcome.count > 2, line[outcome.lowerBound] == UInt8(ascii: "\"") else {
      return .failure(.field("outcome"))
    }
    guard Self.isHex(line, run, digitCount: 32) else { return .failure(.field("run")) }
    guard prev.count == 66, line[prev.lowerBound] == UInt8(ascii: "\""),
      let previous = TreeDigest(line, at: prev.lowerBound + 1)
    else { return .failure(.field("prev")) }
    let name = event.lowerBound + 1..<max(event.lowerBound + 1, event.upperBound - 1)
    guard let known = events.first(where: { Self.isEqual(line, name, $0.name) }) else {
      return .failure(.field("event"))
    }
    return .success(
      LogLine(
        sequence: sequence,
        event: known.event,
        previous: previous,
        milliseconds: milliseconds
      )
    )
  }

  /// Where the value of a member of the line that was read last stands.
  func value(_ line: Span<UInt8>, _ name: StaticString) -> Range<Int>? {
    text.members.first { LogFields.isText(line, $0.name, name) }?.value
  }

  private static func isEqual(_ line: Span<UInt8>, _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    guard range.count == bytes.count else { return false }
    for offset in bytes.indices where line[range.lowerBound + offset] != bytes[offset] {
      return false
    }
    return true
  }

  /// Whether a value is a quoted text of so many lower-case hexadecimal digits.
  private static func isHex(_ line: Span<UInt8>, _ range: Range<Int>, digitCount: Int) -> Bool {
    guard range.count == digitCount + 2, line[range.lowerBound] == UInt8(ascii: "\"") else {
      return false
    }
    for place in range.lowerBound + 1..<range.upperBound - 1 where hexValue(line[place]) == nil {
      return false
    }
    return true
  }
}
