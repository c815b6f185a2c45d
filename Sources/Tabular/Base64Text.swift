/// Base64 with its padding (RFC 4648, section 4), in the one form that bytes have.
package enum Base64Text {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
  private static let filling = UInt8(ascii: "=")
  /// By character: 0 to 63; 255 for what is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in digits.enumerated() {
      values[Int(digit)] = UInt8(truncatingIfNeeded: value)
    }
    return values
  }()

  /// Appends the text of some bytes.
  ///
  /// - Parameters:
  ///   - bytes: any.
  ///   - text: gets four characters for every three bytes, rounded up.
  package static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let group = bytes[start..<min(start + 3, bytes.endIndex)]
      var word: UInt32 = 0
      for byte in group { word = word << 8 | UInt32(byte) }
      word <<= UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        let digit = Int(word >> UInt32(18 - 6 * place) & 63)
        text.append(place <= group.count ? digits[digit] : filling)
      }
      start += 3
    }
  }

  /// The bytes of a text.
  ///
  /// - Parameter text: characters of base64 and nothing else.
  /// - Returns: nil for a text that `append` would not have written.
  package static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    let fillingCount = text.suffix(2).reversed().prefix { $0 == filling }.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var word: UInt32 = 0
    var bitCount: UInt32 = 0
    for character in text.dropLast(fillingCount) {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      word = word << 6 | UInt32(value)
      bitCount += 6
      guard bitCount >= 8 else { continue }
      bitCount -= 8
      bytes.append(UInt8(truncatingIfNeeded: word >> bitCount))
      word &= 1 << bitCount - 1
    }
    return word == 0 ? bytes : nil
  }
}
