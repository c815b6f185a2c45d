/// Text of base64 in an XML document, decoded piece by piece; it ends where the next tag begins.
///
/// White space counts for nothing, written as itself or as a reference to its character. Sections,
/// comments and instructions may stand in it as in any text.
///
/// - Note: Clear identifiers pass through here.
struct Base64Payload {
  /// Bytes that were decoded and not given away.
  private var decoded: [UInt8] = []
  private var given = 0
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var paddingCount = 0
  /// Where in the text the next character stands.
  private enum Place {
    case text
    /// Behind a `<`.
    case open
    case section
    case comment
    case instruction
  }

  private var place = Place.text
  /// What followed the last `<`.
  private var markup: [UInt8] = []
  /// The last two characters that were no data.
  private var last: (UInt8, UInt8) = (0, 0)
  /// `]` in a row.
  private var bracketCount = 0
  /// Whether the next character may be one of base64, or white space between them.
  private var takesData = true
  /// What stands between `&` and `;`, or nil outside of it.
  private var reference: [UInt8]?
  /// Characters of base64 so far.
  private(set) var count = 0
  /// The next tag was reached.
  private(set) var isAtEnd = false
  private(set) var isFaulty = false

  var decodedCount: Int { decoded.count - given }

  private static let instruction = Array("?".utf8)
  private static let comment = Array("!--".utf8)
  private static let section = Array("![CDATA[".utf8)
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
  /// - Parameters:
  ///   - characters: those that follow.
  ///   - wanted: bytes that are enough.
  /// - Returns: how many characters were taken; the `<` of the tag is, what follows it is not.
  mutating func take(_ characters: ArraySlice<UInt8>, atMost wanted: Int) -> Int {
    if given > 0 {
      decoded.removeFirst(given)
      given = 0
    }
    let values = Self.values
    var taken = 0
    for character in characters {
      if decoded.count >= wanted || isFaulty { break }
      let value = values[Int(character)]
      if value < 64 && takesData {
        count += 1
        bits = bits << 6 | UInt32(value)
        bitCount += 6
        if bitCount >= 8 {
          bitCount -= 8
          decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        }
      } else if value != 64 || !takesData {
        takeOther(character, value)
        if isAtEnd { break }
      }
      taken += 1
    }
    return taken
  }

  private mutating func takeOther(_ character: UInt8, _ value: UInt8) {
    let before = place
    switch place {
    case .text: takeText(character, value)
    case .open: takeMarkup(character)
    case .section: takeSection(character, value)
    case .comment:
      if character == 0x3E && last == (0x2D, 0x2D) { place = .text }
    case .instruction:
      if character == 0x3E && last.1 == 0x3F { place = .text }
    }
    last = place == before ? (last.1, character) : (0, 0)
    takesData =
      (place == .text || place == .section && bracketCount == 0) && reference == nil
      && paddingCount == 0
  }

  private mutating func takeText(_ character: UInt8, _ value: UInt8) {
    if let name = reference {
      if character == UInt8(ascii: ";") {
        if !Self.references.contains(name) { isFaulty = true }
        reference = nil
      } else if name.count < 4, character != 0x3C {
        reference = name + [character]
      } else {
        isFaulty = true
      }
    } else if character == 0x3C {
      place = .open
      markup = []
    } else if character == UInt8(ascii: "&") {
      reference = []
    } else {
      takePadding(value)
    }
  }

  private mutating func takePadding(_ value: UInt8) {
    if value == 65 && paddingCount < 2 {
      paddingCount += 1
    } else if value != 64 {
      isFaulty = true
    }
  }

  /// Looks at what follows a `<`: a tag, or something that may stand within a text.
  private mutating func takeMarkup(_ character: UInt8) {
    if markup.isEmpty && character != 0x21 && character != 0x3F {
      isAtEnd = true
      // Four characters are three bytes; the last ones are padded.
      if (count + paddingCount) % 4 != 0 { isFaulty = true }
      return
    }
    markup.append(character)
    switch markup {
    case Self.instruction: place = .instruction
    case Self.comment: place = .comment
    case Self.section:
      place = .section
      bracketCount = 0
    default:
      if !Self.comment.starts(with: markup) && !Self.section.starts(with: markup) {
        isFaulty = true
      }
    }
  }

  private mutating func takeSection(_ character: UInt8, _ value: UInt8) {
    if character == UInt8(ascii: "]") {
      bracketCount += 1
    } else if bracketCount == 2 && character == 0x3E {
      place = .text
      bracketCount = 0
    } else if bracketCount > 0 {
      isFaulty = true
    } else {
      takePadding(value)
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
