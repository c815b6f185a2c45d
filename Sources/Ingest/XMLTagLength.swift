import Glibc

/// How long the tag is that is being read, over pieces of a document.
///
/// libxml2 compares each attribute of a tag with all others: a file of 1.6 MB with 200,000 of them
/// took it 88 seconds. It looks at a tag only when all of it is there, so this looks first.
struct XMLTagLength {
  /// Bytes of a tag; those of the standards have a few hundred.
  static let limit = 1 << 16

  private var length = 0
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
  /// - Returns: false once a tag is longer than the limit.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let text = unsafe base.assumingMemoryBound(to: UInt8.self)
    var index = 0
    while index < bytes.count {
      if place == .outside {
        // More than half of a document: only the next opening matters.
        guard let opening = unsafe memchr(text + index, 0x3C, bytes.count - index) else {
          return true
        }
        index = unsafe UnsafeRawPointer(opening) - base
      }
      let byte = unsafe text[index]
      index += 1
      // `<` stands in no tag, not even within quotes: whatever was thought before, one begins here.
      if byte == 0x3C {
        place = .behindOpening
        length = 0
      } else if place == .inTag {
        if !takeInTag(byte) { return false }
      } else if byte != 0 {
        // A zero is the other half of a character of UTF-16.
        place = byte == 0x21 || byte == 0x3F || byte == 0x2F ? .outside : .inTag
        quote = 0
      }
    }
    return true
  }

  @inline(__always)
  private mutating func takeInTag(_ byte: UInt8) -> Bool {
    length += 1
    if byte == quote {
      quote = 0
    } else if quote == 0 {
      if byte == 0x3E { place = .outside }
      if byte == 0x22 || byte == 0x27 { quote = byte }
    }
    return length <= Self.limit
  }
}
