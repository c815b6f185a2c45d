/// Converts UTF-16, the low byte first, to UTF-8, piece by piece.
///
/// - Note: Clear identifiers pass through here.
struct Utf16Decoder {
  /// The first byte of a unit whose second is still to come.
  private var half: UInt8?
  /// A high surrogate whose low one is still to come.
  private var surrogate: UInt32?
  /// Lines that ended so far.
  private(set) var lineCount = 0

  /// Appends what a piece comes to.
  mutating func decode(_ piece: ArraySlice<UInt8>, into text: inout [UInt8]) throws(Utf16Fault) {
    for byte in piece {
      guard let low = half else {
        half = byte
        continue
      }
      half = nil
      try append(UInt32(byte) << 8 | UInt32(low), to: &text)
    }
  }

  /// To be called once nothing is to come.
  func finish() throws(Utf16Fault) {
    if half != nil { throw .oddLength }
    if surrogate != nil { throw .loneSurrogate }
  }

  private mutating func append(_ unit: UInt32, to text: inout [UInt8]) throws(Utf16Fault) {
    if let high = surrogate {
      guard 0xDC00...0xDFFF ~= unit else { throw .loneSurrogate }
      surrogate = nil
      let scalar = 0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF
      text.append(0xF0 | UInt8(truncatingIfNeeded: scalar >> 18))
      text.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 12) & 0x3F)
      text.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6) & 0x3F)
      text.append(0x80 | UInt8(truncatingIfNeeded: scalar) & 0x3F)
      return
    }
    switch unit {
    case 0..<0x80:
      if unit == 0x0A { lineCount += 1 }
      text.append(UInt8(truncatingIfNeeded: unit))
    case 0x80..<0x800:
      text.append(0xC0 | UInt8(truncatingIfNeeded: unit >> 6))
      text.append(0x80 | UInt8(truncatingIfNeeded: unit) & 0x3F)
    case 0xD800...0xDBFF: surrogate = unit
    case 0xDC00...0xDFFF: throw .loneSurrogate
    default:
      text.append(0xE0 | UInt8(truncatingIfNeeded: unit >> 12))
      text.append(0x80 | UInt8(truncatingIfNeeded: unit >> 6) & 0x3F)
      text.append(0x80 | UInt8(truncatingIfNeeded: unit) & 0x3F)
    }
  }
}
