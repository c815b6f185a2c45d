import Cryptography
import Tabular

/// Reads the value of a line that was found to be canonical JSON.
///
/// Foundation's decoder tries one type after the other on every value; a log of a million lines would
/// wait minutes for it.
struct CanonicalDecoder {
  private var place = 0

  /// The members of the outermost object; nil for what is no canonical object.
  mutating func members(_ line: Span<UInt8>) -> [String: JSONValue]? {
    place = 0
    guard let value = value(line, depth: 1), place == line.count else { return nil }
    return value.objectValue
  }

  private func byte(_ line: Span<UInt8>) -> UInt8? { place < line.count ? line[place] : nil }

  private mutating func skip(_ line: Span<UInt8>, _ expected: UInt8) -> Bool {
    guard byte(line) == expected else { return false }
    place += 1
    return true
  }

  private mutating func value(_ line: Span<UInt8>, depth: Int) -> JSONValue? {
    guard depth <= CanonicalText.deepest, let first = byte(line) else { return nil }
    switch first {
    case UInt8(ascii: "{"): return object(line, depth: depth)
    case UInt8(ascii: "["): return array(line, depth: depth)
    case UInt8(ascii: "\""): return string(line).map { .string($0) }
    case UInt8(ascii: "t"): return word(4, .boolean(true))
    case UInt8(ascii: "f"): return word(5, .boolean(false))
    case UInt8(ascii: "n"): return word(4, .null)
    default: return integer(line)
    }
  }

  private mutating func word(_ length: Int, _ value: JSONValue) -> JSONValue {
    place += length
    return value
  }

  private mutating func integer(_ line: Span<UInt8>) -> JSONValue? {
    let start = place
    _ = skip(line, UInt8(ascii: "-"))
    while let digit = byte(line), 0x30...0x39 ~= digit { place += 1 }
    return CanonicalText.integer(line, start..<place).map { .integer($0) }
  }

  private mutating func object(_ line: Span<UInt8>, depth: Int) -> JSONValue? {
    place += 1
    var members: [String: JSONValue] = [:]
    if skip(line, UInt8(ascii: "}")) { return .object(members) }
    while true {
      guard let key = string(line), skip(line, UInt8(ascii: ":")),
        let value = value(line, depth: depth + 1)
      else { return nil }
      members[key] = value
      if skip(line, UInt8(ascii: ",")) { continue }
      return skip(line, UInt8(ascii: "}")) ? .object(members) : nil
    }
  }

  private mutating func array(_ line: Span<UInt8>, depth: Int) -> JSONValue? {
    place += 1
    var elements: [JSONValue] = []
    if skip(line, UInt8(ascii: "]")) { return .array(elements) }
    while true {
      guard let element = value(line, depth: depth + 1) else { return nil }
      elements.append(element)
      if skip(line, UInt8(ascii: ",")) { continue }
      return skip(line, UInt8(ascii: "]")) ? .array(elements) : nil
    }
  }

  private mutating func string(_ line: Span<UInt8>) -> String? {
    guard skip(line, UInt8(ascii: "\"")) else { return nil }
    var bytes: [UInt8] = []
    while let next = byte(line) {
      place += 1
      switch next {
      case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escape(line) else { return nil }
        bytes.append(escaped)
      default: bytes.append(next)
      }
    }
    return nil
  }

  /// Canonical text escapes nothing beyond U+001F, a quote and a backslash.
  private mutating func escape(_ line: Span<UInt8>) -> UInt8? {
    guard let letter = byte(line) else { return nil }
    place += 1
    switch letter {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"):
      guard place + 4 <= line.count, let high = hexValue(line[place + 2]),
        let low = hexValue(line[place + 3])
      else { return nil }
      place += 4
      return high << 4 | low
    default: return letter
    }
  }
}
