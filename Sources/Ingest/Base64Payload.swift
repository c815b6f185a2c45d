/// Text of base64 in an XML document, decoded piece by piece; it ends where the next tag begins.
///
/// White space counts for nothing, written as itself or as a reference to its character.
///
/// - Note: Clear identifiers pass through here.
struct Base64Payload {
  /// Bytes that were decoded and not given away.
  private var decoded: [UInt8] = []
  private var given = 0
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var paddingCount = 0
  /// What stands between `&` and `;`, or nil outside of it.
  private var reference: [UInt8]?
  /// Characters of base64 so far.
  private(set) var count = 0
  /// The next tag was reached.
  private(set) var isAtEnd = false
  private(set) var isFaulty = false

  var decodedCount: Int { decoded.count - given }

  private static let references: Set<[UInt8]> = Set(
    ["#9", "#10", "#13", "#32", "#x9", "#xA", "#xa", "#xD", "#xd", "#x20"].map { Array($0.utf8) }
  )

  /// 0 to 63 for a character of base64; 64 for white space, 65 for padding, 255 for another.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, character) in alphabet.utf8.enumerated() {
      values[Int(character)] = UInt8(value)
    }
    for blank: UInt8 in [0x09, 0x0A, 0x0D, 0x20] { values[Int(blank)] = 64 }
    values[Int(UInt8(ascii: "="))] = 65
    return values
  }()

  /// Decodes until the tag that ends it, or until there is enough.
  ///
  /// - Returns: how many bytes were taken; the `<` of the tag is not.
  mutating func take(_ bytes: ArraySlice<UInt8>, atMost wanted: Int) -> Int {
    if given > 0 {
      decoded.removeFirst(given)
      given = 0
    }
    let values = Self.values
    var taken = 0
    for byte in bytes {
      if byte == 0x3C {
        isAtEnd = true
        // Four characters are three bytes; the last ones are padded.
        if (count + paddingCount) % 4 != 0 || reference != nil { isFaulty = true }
        break
      }
      if decoded.count >= wanted || isFaulty { break }
      taken += 1
      let value = values[Int(byte)]
      if value < 64 && reference == nil && paddingCount == 0 {
        count += 1
        bits = bits << 6 | UInt32(value)
        bitCount += 6
        if bitCount >= 8 {
          bitCount -= 8
          decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        }
      } else if value != 64 || reference != nil {
        takeOther(byte, value)
      }
    }
    return taken
  }

  private mutating func takeOther(_ byte: UInt8, _ value: UInt8) {
    if let name = reference {
      if byte == UInt8(ascii: ";") {
        if !Self.references.contains(name) { isFaulty = true }
        reference = nil
      } else if name.count < 4 {
        reference = name + [byte]
      } else {
        isFaulty = true
      }
    } else if byte == UInt8(ascii: "&") {
      reference = []
    } else if value == 65 && paddingCount < 2 {
      paddingCount += 1
    } else {
      isFaulty = true
    }
  }

  /// Moves decoded bytes to a buffer.
  ///
  /// - Returns: how many.
  mutating func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, decodedCount)
    unsafe buffer.copyBytes(from: decoded[given..<given + count])
    given += count
    return count
  }
}
