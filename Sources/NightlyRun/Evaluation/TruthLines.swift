/// The lines of a file of truth: comma or semicolon, quotes where a field needs them.
///
/// - Note: Clear identifiers pass through here.
struct TruthLines {
  /// The number of the line that `next` gave last, from 1.
  private(set) var number = 0
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position: Int

  private static let (quote, lineFeed) = (UInt8(ascii: "\""), UInt8(ascii: "\n"))

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let header = bytes[position...].prefix { $0 != Self.lineFeed }
    let (comma, semicolon) = (UInt8(ascii: ","), UInt8(ascii: ";"))
    delimiter =
      header.count { $0 == semicolon } > header.count { $0 == comma } ? semicolon : comma
  }

  /// The fields of the next line that has any, without blanks around them; nil at the end.
  ///
  /// - Throws: `quote`.
  mutating func next() throws(Fault) -> [[UInt8]]? {
    while position < bytes.count {
      number += 1
      let end = bytes[position...].firstIndex(of: Self.lineFeed) ?? bytes.count
      let line = bytes[position..<end]
      position = end + 1
      if line.contains(where: { !Self.isBlank($0) }) { return try fields(of: line) }
    }
    return nil
  }

  /// A quote does not end on its line, or not at a delimiter.
  struct Fault: Error {}

  private enum Place { case start, plain, quoted, quote, end }

  private func fields(of line: ArraySlice<UInt8>) throws(Fault) -> [[UInt8]] {
    var fields: [[UInt8]] = []
    var field: [UInt8] = []
    var place = Place.start
    for byte in line {
      switch place {
      case .quoted:
        if byte == Self.quote { place = .quote } else { field.append(byte) }
      case .quote where byte == Self.quote:
        field.append(byte)
        place = .quoted
      case .start where byte == Self.quote: place = .quoted
      case .start where Self.isBlank(byte): continue
      case _ where byte == delimiter:
        fields.append(place == .plain ? Self.trimmed(field) : field)
        field = []
        place = .start
      case .start, .plain:
        field.append(byte)
        place = .plain
      case .quote, .end:
        guard Self.isBlank(byte) else { throw Fault() }
        place = .end
      }
    }
    if place == .quoted { throw Fault() }
    fields.append(place == .plain ? Self.trimmed(field) : field)
    return fields
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t")
  }

  /// Without blanks at the end.
  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    Array(text[..<(text.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0)])
  }
}
