import PipelineFile

/// Copies fields of records behind the values of rows, as UTF-8 without padding.
///
/// The bytes of the rows are made longer in large steps; what is not filled is cut off at the end.
///
/// - Note: Clear identifiers pass through here.
struct EiSink {
  /// Appended at once: an array is copied, a repeated element is not.
  private static let step = [UInt8](repeating: 0, count: 1 << 13)
  /// More than the texts of any record take, each byte counted twice.
  private static let recordLength = 1 << 11

  private let isLatin1: Bool
  /// How many bytes of the rows are filled.
  private(set) var filled = 0
  /// Whether a byte 80–9F was met, which ISO-8859-1 has no character for.
  var hasMetControl = false

  init(_ encoding: Encoding) { isLatin1 = encoding == .latin1 }

  /// To be called before the first record goes into these rows.
  mutating func begin(_ rows: inout DocumentRows) { filled = rows.bytes.count }

  /// Cuts off what is not filled.
  func end(_ rows: inout DocumentRows) { rows.bytes.removeLast(rows.bytes.count - filled) }

  /// Copies some fields of a record.
  ///
  /// - Parameters:
  ///   - fields: which ones.
  ///   - record: the line; fields that it is too short for have no value.
  ///   - values: offset · 2³² + length, by the column of a field; 0 has no value.
  ///   - bytes: those of the rows.
  @inline(__always)
  mutating func take(
    _ fields: [EiField],
    of record: Span<UInt8>,
    into values: inout [UInt64],
    _ bytes: inout [UInt8]
  ) {
    makeRoom(&bytes)
    var target = bytes.mutableSpan
    for place in fields.indices {
      let field = fields[place]
      let end = field.start + field.length
      values[field.column] =
        end <= record.count
        ? copy(record.extracting(field.start..<end), field.form, record, end, &target) : 0
    }
  }

  /// Adds a number, with its sign if it is negative.
  mutating func take(number: Int64, _ bytes: inout [UInt8]) -> UInt64 {
    makeRoom(&bytes)
    let start = filled
    if number < 0 {
      bytes[filled] = UInt8(ascii: "-")
      filled += 1
    }
    var rest = number.magnitude
    var place = filled
    // From the last digit on: dividing by ten that is written down takes no division.
    while case let more = rest / 10, more > 0 {
      place += 1
      rest = more
    }
    filled = place + 1
    rest = number.magnitude
    for place in (start + (number < 0 ? 1 : 0)...place).reversed() {
      bytes[place] = UInt8(truncatingIfNeeded: rest % 10) | 0x30
      rest /= 10
    }
    return UInt64(start) << 32 | UInt64(filled - start)
  }

  /// Adds a text of our own, or one that was copied before.
  mutating func take(_ text: [UInt8], _ bytes: inout [UInt8]) -> UInt64 {
    makeRoom(&bytes)
    let start = filled
    for byte in text.prefix(Self.recordLength) {
      bytes[filled] = byte
      filled += 1
    }
    return text.isEmpty ? 0 : UInt64(start) << 32 | UInt64(filled - start)
  }

  private func makeRoom(_ bytes: inout [UInt8]) {
    guard bytes.count - filled < Self.recordLength else { return }
    bytes += Self.step
  }

  private mutating func copy(
    _ field: Span<UInt8>,
    _ form: EiField.Form,
    _ record: Span<UInt8>,
    _ end: Int,
    _ target: inout MutableSpan<UInt8>
  ) -> UInt64 {
    var first = 0
    let last = Self.end(of: field)
    while first < last, field[first] == 0x20 { first += 1 }
    switch form {
    case .text, .time: break
    case .sex:
      return word(field.count == 1 ? field[0] : 0, "male", "female", "unknown", &target)
    case .deceased:
      return word(field.count == 1 ? field[0] : 0, "yes", "no", "unknown", &target)
    case .yesNo:
      if first < last, field[first] == UInt8(ascii: "1") || field[first] == UInt8(ascii: "2") {
        return word(field[first], "yes", "no", "", &target)
      }
    case .number:
      while first < last, field[first] == 0x30 { first += 1 }
    case .zeroNone:
      if isZero(field, first, last) { return 0 }
    case .volume:
      let hasUnit =
        end + 2 <= record.count && (record[end] != 0x30 || record[end + 1] != 0x30)
      if !hasUnit && isZero(field, first, last) { return 0 }
    }
    guard first < last else { return 0 }
    let start = filled
    var place = filled
    if form != .time { first = Self.copyWords(of: field, first, last, to: &target, &place) }
    for position in first..<last {
      let byte = field[position]
      if byte >= 0x80 && isLatin1 {
        if byte < 0xA0 { hasMetControl = true }
        target[place] = 0xC0 | byte >> 6
        target[place + 1] = 0x80 | byte & 0x3F
        place += 2
      } else {
        target[place] = byte
        place += 1
      }
      if form == .time && (position == 1 || position == 3) {
        target[place] = UInt8(ascii: ":")
        place += 1
      }
    }
    filled = place
    return UInt64(start) << 32 | UInt64(place - start)
  }

  /// Where the blanks behind a text begin.
  @inline(__always)
  private static func end(of field: Span<UInt8>) -> Int {
    var end = field.count
    let bytes = unsafe field.bytes
    while end >= 8 {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: end - 8, as: UInt64.self)
      let others = UInt64(littleEndian: word) ^ 0x2020_2020_2020_2020
      if others != 0 { return end - others.leadingZeroBitCount / 8 }
      end -= 8
    }
    while end > 0, field[end - 1] == 0x20 { end -= 1 }
    return end
  }

  /// Copies what is ASCII, eight bytes at once.
  ///
  /// - Returns: where the bytes begin that are left to copy.
  @inline(__always)
  private static func copyWords(
    of field: Span<UInt8>,
    _ first: Int,
    _ last: Int,
    to target: inout MutableSpan<UInt8>,
    _ place: inout Int
  ) -> Int {
    var first = first
    let bytes = unsafe field.bytes
    var raw = unsafe target.mutableBytes
    while last - first >= 8 {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: first, as: UInt64.self)
      guard word & 0x8080_8080_8080_8080 == 0 else { break }
      raw.storeBytes(of: word, toByteOffset: place, as: UInt64.self)
      place += 8
      first += 8
    }
    return first
  }

  @inline(__always)
  private func isZero(_ field: Span<UInt8>, _ first: Int, _ last: Int) -> Bool {
    for position in first..<last where field[position] != 0x30 { return false }
    return true
  }

  private mutating func word(
    _ byte: UInt8,
    _ one: StaticString,
    _ two: StaticString,
    _ other: StaticString,
    _ target: inout MutableSpan<UInt8>
  ) -> UInt64 {
    let word = byte == UInt8(ascii: "1") ? one : byte == UInt8(ascii: "2") ? two : other
    let start = filled
    for position in 0..<word.utf8CodeUnitCount {
      target[start + position] = unsafe word.utf8Start[position]
    }
    filled += word.utf8CodeUnitCount
    return UInt64(start) << 32 | UInt64(word.utf8CodeUnitCount)
  }
}
