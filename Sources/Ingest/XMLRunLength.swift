import Glibc

/// How long the tag or the text is that is being read, over pieces of a document.
///
/// libxml2 compares each attribute of a tag with all others: a file of 1.6 MB with 200,000 of them
/// took it 88 seconds. It looks at a tag only when all of it is there, so this looks first. A text
/// of ten million bytes it calls out of memory.
struct XMLRunLength {
  /// What is longer than any may be.
  enum Finding {
    case tag
    case text
  }

  /// Bytes of a tag; those of the standards have a few hundred.
  static let tagLimit = 1 << 16
  /// Bytes of the file from one `<` to the next.
  ///
  /// More than any text of `IwmoLimits.textLength` takes in any encoding, and no more than fits
  /// libxml2 once it is UTF-8.
  static let textLimit = 4 << 20

  private var tagLength = 0
  private var textLength = 0
  private var quote: UInt8 = 0
  private var place = Place.outside

  private enum Place {
    case outside
    /// Just behind `<`; a name, or it is no start tag.
    case behindOpening
    case inTag
  }

  /// Goes over the next bytes.
  ///
  /// - Returns: what is too long; nil if nothing is.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Finding? {
    guard let base = bytes.baseAddress else { return nil }
    let text = unsafe base.assumingMemoryBound(to: UInt8.self)
    var index = 0
    while index < bytes.count {
      if place == .outside {
        // More than half of a document: only the next opening matters.
        guard let opening = unsafe memchr(text + index, 0x3C, bytes.count - index) else {
          textLength += bytes.count - index
          return textLength > Self.textLimit ? .text : nil
        }
        let openingIndex = unsafe UnsafeRawPointer(opening) - base
        textLength += openingIndex - index
        if textLength > Self.textLimit { return .text }
        index = openingIndex
      }
      if place == .inTag && quote == 0 {
        // Names: letters are beyond every mark that matters.
        let nameStart = index
        while index < bytes.count, unsafe text[index] > 0x3E { index += 1 }
        tagLength += index - nameStart
        if index == bytes.count { return tagLength > Self.tagLimit ? .tag : nil }
      }
      let byte = unsafe text[index]
      index += 1
      // `<` stands in no tag, not even within quotes: whatever was thought before, one begins here.
      if byte == 0x3C {
        place = .behindOpening
        tagLength = 0
        textLength = 0
      } else if place == .inTag {
        if !takeInTag(byte) { return .tag }
      } else if byte != 0 {
        // A zero is the other half of a character of UTF-16.
        place = byte == 0x21 || byte == 0x3F || byte == 0x2F ? .outside : .inTag
        quote = 0
      }
    }
    return nil
  }

  /// - Returns: false once the tag is too long.
  @inline(__always)
  private mutating func takeInTag(_ byte: UInt8) -> Bool {
    tagLength += 1
    if byte == quote {
      quote = 0
    } else if quote == 0 {
      if byte == 0x3E { place = .outside }
      if byte == 0x22 || byte == 0x27 { quote = byte }
    }
    return tagLength <= Self.tagLimit
  }
}
