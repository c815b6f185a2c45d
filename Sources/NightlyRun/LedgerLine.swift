import FoundationEssentials
import Tabular

/// Reads a line of the ledger: canonical JSON, as `JSONValue.canonical` writes it.
///
/// A source of twenty thousand messages a month has a quarter of a million lines after a year;
/// `JSONDecoder` takes some 40 µs for each.
struct LedgerLine {
  /// Entries hold counts by column, no more.
  private static let depthLimit = 4

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The value of a line, without its line end; nil when it is none.
  static func value(_ bytes: ArraySlice<UInt8>) -> JSONValue? {
    // Texts with escapes are rare: names with quotes or control characters in them.
    if bytes.contains(UInt8(ascii: "\\")) {
      return try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    }
    var line = LedgerLine(bytes)
    guard let value = line.value(depth: 0), line.position == bytes.endIndex else { return nil }
    return value
  }

  private mutating func value(depth: Int) -> JSONValue? {
    guard depth < Self.depthLimit, position < bytes.endIndex else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return text().map { .string($0) }
    default: return integer().map { .integer($0) }
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    position += 1
    var members: [String: JSONValue] = [:]
    if take("}") { return .object(members) }
    repeat {
      guard let key = text(), take(":"), let value = value(depth: depth + 1) else { return nil }
      members[key] = value
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    position += 1
    var elements: [JSONValue] = []
    if take("]") { return .array(elements) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func text() -> String? {
    guard take("\""), let end = bytes[position...].firstIndex(of: UInt8(ascii: "\"")) else {
      return nil
    }
    let text = String(validating: bytes[position..<end], as: UTF8.self)
    position = end + 1
    return text
  }

  private mutating func integer() -> Int64? {
    let end = bytes[position...].firstIndex { !(0x30...0x39 ~= $0 || $0 == 0x2D) } ?? bytes.endIndex
    let digits = bytes[position..<end]
    position = end
    return digits.isEmpty ? nil : Int64(String(decoding: digits, as: UTF8.self))
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }
}
