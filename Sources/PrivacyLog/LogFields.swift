/// Finds values in a line that was found to be canonical JSON, without a copy.
enum LogFields {
  /// The value of a member of an object; nil when the value is no object or has none so named.
  static func member(
    _ line: Span<UInt8>,
    of object: Range<Int>,
    _ name: StaticString
  ) -> Range<Int>? {
    var place = object.lowerBound
    guard place < object.upperBound, line[place] == UInt8(ascii: "{") else { return nil }
    place += 1
    while place < object.upperBound, line[place] == UInt8(ascii: "\"") {
      let key = place + 1
      place = end(line, of: place, before: object.upperBound)
      let isIt = isText(line, key..<max(key, place - 1), name)
      let value = place + 1
      place = end(line, of: value, before: object.upperBound)
      if isIt { return value..<place }
      guard place < object.upperBound, line[place] == UInt8(ascii: ",") else { return nil }
      place += 1
    }
    return nil
  }

  /// The elements of a list; empty when the value is none.
  static func elements(_ line: Span<UInt8>, of list: Range<Int>) -> [Range<Int>] {
    var place = list.lowerBound
    guard place < list.upperBound, line[place] == UInt8(ascii: "[") else { return [] }
    place += 1
    var elements: [Range<Int>] = []
    while place < list.upperBound, line[place] != UInt8(ascii: "]") {
      let element = place
      place = end(line, of: element, before: list.upperBound)
      elements.append(element..<place)
      guard place < list.upperBound, line[place] == UInt8(ascii: ",") else { break }
      place += 1
    }
    return elements
  }

  /// The text of a value without escapes; nil for any other value.
  static func text(_ line: Span<UInt8>, _ value: Range<Int>?) -> String? {
    guard let value, value.count >= 2, line[value.lowerBound] == UInt8(ascii: "\"") else {
      return nil
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(value.count)
    for place in value.lowerBound + 1..<value.upperBound - 1 {
      guard line[place] != UInt8(ascii: "\\") else { return nil }
      bytes.append(line[place])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a value is that text.
  static func isQuoted(_ line: Span<UInt8>, _ value: Range<Int>?, _ text: StaticString) -> Bool {
    guard let value, value.count >= 2, line[value.lowerBound] == UInt8(ascii: "\"") else {
      return false
    }
    return isText(line, value.lowerBound + 1..<value.upperBound - 1, text)
  }

  /// Whether a range of the line is that text.
  static func isText(_ line: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count
    where unsafe line[range.lowerBound + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  /// The place after the value that starts at one.
  private static func end(_ line: Span<UInt8>, of start: Int, before limit: Int) -> Int {
    var place = start
    var depth = 0
    while place < limit {
      switch line[place] {
      case UInt8(ascii: "\""):
        place += 1
        while place < limit, line[place] != UInt8(ascii: "\"") {
          place += line[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        if depth == 0 { return min(limit, place + 1) }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // The end of what holds the value, or of the value itself.
        if depth == 0 { return place }
        depth -= 1
        if depth == 0 { return place + 1 }
      case UInt8(ascii: ",") where depth == 0:
        return place
      default: break
      }
      place += 1
    }
    return limit
  }
}
