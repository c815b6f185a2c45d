import PipelineFile

/// Looks for bytes beyond ASCII that cannot be right, in all that a row holds: also in columns that
/// nobody declared.
///
/// - Note: Clear identifiers pass through here.
struct TextCheck {
  /// The lines that hold such bytes, ascending.
  private(set) var faultyLines: [Int] = []
  /// What the bytes beyond ASCII are.
  private(set) var highBytes: HighBytes = []

  /// - Parameters:
  ///   - text: lines in UTF-8; what was ISO-8859-1 is converted.
  ///   - start: where the first line begins.
  ///   - end: behind a line end.
  ///   - firstLine: the number of the first line.
  ///   - encoding: what the file is declared to have.
  init(
    _ text: UnsafePointer<UInt8>,
    from start: Int,
    to end: Int,
    firstLine: Int,
    encoding: Encoding
  ) {
    var position = start
    var line = firstLine
    var counted = start
    while true {
      position = unsafe Self.nextHighByte(text, position, end)
      guard position < end else { return }
      let sequenceEnd: Int?
      if encoding == .latin1 {
        sequenceEnd = unsafe judgeLatin1(text, position, end)
      } else {
        sequenceEnd = unsafe utf8SequenceEnd(text, position, end)
      }
      if let sequenceEnd {
        position = sequenceEnd
        continue
      }
      for place in counted..<position where unsafe text[place] == 0x0A { line += 1 }
      faultyLines.append(line)
      // One fault a line will do.
      while position < end, unsafe text[position] != 0x0A { position += 1 }
      counted = position
    }
  }

  /// Where the first byte beyond ASCII stands, or `end`.
  static func nextHighByte(
    _ text: UnsafePointer<UInt8>,
    _ start: Int,
    _ end: Int
  ) -> Int {
    var position = start
    while end - position >= 32 {
      let first = unsafe loadWord(text + position) | loadWord(text + position + 8)
      let second = unsafe loadWord(text + position + 16) | loadWord(text + position + 24)
      if (first | second) & 0x8080_8080_8080_8080 != 0 { break }
      position += 32
    }
    while end - position >= 8 {
      let word = unsafe loadWord(text + position) & 0x8080_8080_8080_8080
      if word != 0 { return position + word.trailingZeroBitCount >> 3 }
      position += 8
    }
    while position < end, unsafe text[position] < 0x80 { position += 1 }
    return position
  }

  /// Judges a run of bytes that were beyond ASCII in ISO-8859-1 and have two now.
  ///
  /// - Returns: behind it, or nil if one of them is a control character there.
  private mutating func judgeLatin1(
    _ text: UnsafePointer<UInt8>,
    _ start: Int,
    _ end: Int
  ) -> Int? {
    var position = start
    var pending = 0
    var isUTF8 = true
    var hasControl = false
    while position + 1 < end, unsafe text[position] >= 0x80 {
      let byte = unsafe text[position] << 6 | text[position + 1] & 0x3F
      if byte < 0xA0 { hasControl = true }
      switch byte {
      case 0x80...0xBF where pending > 0: pending -= 1
      case 0xC2...0xDF where pending == 0: pending = 1
      case 0xE0...0xEF where pending == 0: pending = 2
      case 0xF0...0xF4 where pending == 0: pending = 3
      default: isUTF8 = false
      }
      position += 2
    }
    highBytes.insert(isUTF8 && pending == 0 ? .sequences : .others)
    if hasControl { highBytes.insert(.controls) }
    return hasControl ? nil : max(position, start + 1)
  }
}

/// Where the well-formed UTF-8 sequence of two to four bytes ends that begins at `position`.
///
/// - Returns: nil if there is none.
func utf8SequenceEnd(_ text: UnsafePointer<UInt8>, _ position: Int, _ end: Int) -> Int? {
  let rest = end - position
  let first: UInt8 = unsafe text[position]
  let second: UInt8 = rest > 1 ? unsafe text[position + 1] : 0
  let third: UInt8 = rest > 2 ? unsafe text[position + 2] : 0
  let fourth: UInt8 = rest > 3 ? unsafe text[position + 3] : 0
  // Unicode 16, table 3-7: well-formed UTF-8 byte sequences.
  switch first {
  case 0xC2...0xDF: return isContinuation(second) ? position + 2 : nil
  case 0xE0...0xEF:
    let lowest: UInt8 = first == 0xE0 ? 0xA0 : 0x80
    let highest: UInt8 = first == 0xED ? 0x9F : 0xBF
    guard second >= lowest, second <= highest, isContinuation(third) else { return nil }
    return position + 3
  case 0xF0...0xF4:
    let lowest: UInt8 = first == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = first == 0xF4 ? 0x8F : 0xBF
    guard second >= lowest, second <= highest, isContinuation(third), isContinuation(fourth)
    else { return nil }
    return position + 4
  default: return nil
  }
}

func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
