/// Blanks, dashes and digits that word processors and spreadsheets write in place of plain ones.
///
/// Only for the search of kept texts: what is kept stays as it is.
enum PlainSigns {
  /// A text with plain signs in their place; nil where it has no other.
  static func replaced(in text: Span<UInt8>) -> [UInt8]? {
    var place = 0
    while place < text.count, text[place] < 0x80 { place += 1 }
    guard place < text.count else { return nil }
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    place = 0
    while place < text.count {
      if let (sign, length) = sign(text, at: place) {
        plain.append(sign)
        place += length
      } else {
        plain.append(text[place])
        place += 1
      }
    }
    return plain
  }

  /// The plain sign that stands for what begins there, and how many bytes it is written in.
  private static func sign(_ text: Span<UInt8>, at place: Int) -> (sign: UInt8, length: Int)? {
    let blank = UInt8(ascii: " ")
    let dash = UInt8(ascii: "-")
    if text[place] == 0xC2, place + 1 < text.count {
      // U+00A0, the blank at which no line breaks; U+00AD, a dash only where one does.
      if text[place + 1] == 0xA0 { return (blank, 2) }
      return text[place + 1] == 0xAD ? (dash, 2) : nil
    }
    guard place + 2 < text.count else { return nil }
    switch (text[place], text[place + 1], text[place + 2]) {
    // U+2000 to U+200A and U+202F: blanks of many widths.
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF): return (blank, 3)
    // U+2010 to U+2015: dashes; U+2212: the minus sign.
    case (0xE2, 0x80, 0x90...0x95), (0xE2, 0x88, 0x92): return (dash, 3)
    // U+FF10 to U+FF19 and U+FF20: wide digits, and the wide sign of mail.
    case (0xEF, 0xBC, 0x90...0x99): return (text[place + 2] - 0x60, 3)
    case (0xEF, 0xBC, 0xA0): return (UInt8(ascii: "@"), 3)
    default: return nil
    }
  }
}
