/// Cuts a BRP file into persons: those of `{"personen": […]}`, of an array, or one after the other.
///
/// It knows strings and brackets only; what stands between them is judged when a person is complete.
/// No more than a person is held.
///
/// - Note: Clear identifiers pass through here.
struct BrpSplitter {
  enum Event {
    /// All bytes were used.
    case none
    /// A person is complete.
    case person
    /// What stood around persons is complete; each array of them is a 0 there.
    case envelope
    /// A line ended before its person did, in a file of a person a line.
    case broken
    /// Something stands where none may.
    case malformed
  }

  private enum Place {
    case between
    /// In a line that is none, of a file of a person a line.
    case junk
    /// In an object that is a person, or holds an array of them.
    case root
    case list(Expected)
    case element
    /// In an element that is no object, array or text.
    case word
  }

  private enum Expected {
    case elementOrEnd
    case element
    case commaOrEnd
  }

  private static let listKey = Array("\"personen\"".utf8)

  /// Bytes of a person, and of what stands around persons.
  let lengthLimit: Int

  /// The text of what is complete.
  private(set) var text: [UInt8] = []
  /// The line where it began, from 1.
  private(set) var firstLine = 1
  /// It is longer than the limit; `text` holds its beginning.
  private(set) var isTooLong = false
  /// The line that was reached.
  private(set) var line = 1
  /// How many values stood at the top.
  private(set) var valueCount = 0

  private var place = Place.between
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Where a key of the root begins in `text`, or -1.
  private var keyStart = -1
  private var isKeyExpected = false
  private var isListKey = false
  /// What stands around the array of persons; nil where the array is the root itself.
  private var envelope: [UInt8]?
  private var envelopeLine = 1
  private var isEnvelope = false
  /// The first value was a person on a line of its own.
  private var isLineByLine = false

  init(lengthLimit: Int) { self.lengthLimit = lengthLimit }

  /// Whether the file may end here.
  var isComplete: Bool {
    if case .between = place { true } else { false }
  }

  /// Reads on.
  ///
  /// - Returns: how many bytes were used; after `none` all of them.
  mutating func advance(
    _ bytes: UnsafePointer<UInt8>,
    _ count: Int
  ) -> (used: Int, event: Event) {
    var position = 0
    // From here on the bytes belong to the text, once something happens.
    var run = 0
    while position < count {
      switch place {
      case .between, .junk, .list:
        let event = unsafe outside(bytes[position], &position)
        run = position
        if case .element = place { run = position - 1 }
        if case .word = place { run = position - 1 }
        if case .root = place, depth == 1, text.isEmpty, envelope == nil { run = position - 1 }
        if event != .none { return (position, event) }
      case .word:
        let byte = unsafe bytes[position]
        let isEnd =
          byte == JsonByte.comma || byte == JsonByte.closeBracket || JsonByte.isBlank(byte)
        guard isEnd else {
          position += 1
          continue
        }
        unsafe keep(bytes, run, position)
        place = .list(.commaOrEnd)
        return (position, .person)
      case .root, .element:
        let event = unsafe inside(bytes, count, &position, &run)
        if event != .none { return (position, event) }
      }
    }
    switch place {
    case .root, .element, .word: unsafe keep(bytes, run, count)
    case .between, .junk, .list: break
    }
    return (count, .none)
  }

  /// Forgets the text that was complete.
  mutating func clear() {
    text.removeAll(keepingCapacity: true)
    isTooLong = false
  }

  private mutating func keep(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
    guard end > start else { return }
    if isTooLong || text.count + end - start > lengthLimit {
      isTooLong = true
      return
    }
    unsafe text.append(contentsOf: UnsafeBufferPointer(start: bytes + start, count: end - start))
  }

  /// A byte between values.
  private mutating func outside(_ byte: UInt8, _ position: inout Int) -> Event {
    position += 1
    if byte == 0x0A { line += 1 }
    switch place {
    case .junk:
      guard byte == 0x0A else { return .none }
      place = .between
      return .broken
    case .list(let expected): return inList(byte, expected)
    default: break
    }
    if JsonByte.isBlank(byte) {
      if byte == 0x0A, valueCount == 1, line == firstLine + 1, !isEnvelope { isLineByLine = true }
      return .none
    }
    valueCount += 1
    firstLine = line
    isEnvelope = false
    envelope = nil
    clear()
    switch byte {
    case JsonByte.openBrace:
      beginValue(.root)
      depth = 1
      isKeyExpected = true
    case JsonByte.openBracket:
      isEnvelope = true
      place = .list(.elementOrEnd)
    default:
      guard isLineByLine else { return .malformed }
      place = .junk
    }
    return .none
  }

  private mutating func inList(_ byte: UInt8, _ expected: Expected) -> Event {
    if JsonByte.isBlank(byte) { return .none }
    switch (byte, expected) {
    case (JsonByte.closeBracket, .elementOrEnd), (JsonByte.closeBracket, .commaOrEnd):
      guard let envelope else {
        place = .between
        return .none
      }
      // The text goes on where the array stood.
      text = envelope
      isTooLong = false
      place = .root
      depth = 1
      return .none
    case (JsonByte.comma, .commaOrEnd): place = .list(.element)
    case (JsonByte.comma, _), (JsonByte.closeBracket, _), (_, .commaOrEnd): return .malformed
    default:
      firstLine = line
      clear()
      switch byte {
      case JsonByte.openBrace, JsonByte.openBracket:
        beginValue(.element)
        depth = 1
      case JsonByte.quote:
        beginValue(.element)
        isInString = true
      default: place = .word
      }
    }
    return .none
  }

  private mutating func beginValue(_ place: Place) {
    self.place = place
    depth = 0
    isInString = false
    isEscaped = false
    keyStart = -1
    isKeyExpected = false
    isListKey = false
  }

  /// Reads on within a value.
  @inline(__always)
  private mutating func inside(
    _ bytes: UnsafePointer<UInt8>,
    _ count: Int,
    _ position: inout Int,
    _ run: inout Int
  ) -> Event {
    let wasEscaped = isEscaped
    isEscaped = false
    if wasEscaped {
      // Whatever it is, it ends no string.
    } else if isInString {
      while position < count, unsafe !Self.isMark(bytes[position]) { position &+= 1 }
      guard position < count else { return .none }
    } else {
      while position < count, unsafe Self.isPlain(bytes[position]) { position &+= 1 }
      guard position < count else { return .none }
    }
    let byte = unsafe bytes[position]
    position &+= 1
    if byte == 0x0A {
      line &+= 1
      guard isLineByLine, case .root = place, envelope == nil else { return .none }
      place = .between
      return .broken
    }
    if wasEscaped { return .none }
    return isInString
      ? unsafe markInString(byte, bytes, position, &run)
      : unsafe mark(byte, bytes, position, &run)
  }

  @inline(__always)
  private static func isMark(_ byte: UInt8) -> Bool {
    byte == JsonByte.quote || byte == JsonByte.backslash || byte == 0x0A
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case JsonByte.quote, JsonByte.openBrace, JsonByte.closeBrace, JsonByte.openBracket,
      JsonByte.closeBracket, JsonByte.comma, 0x0A:
      false
    default: true
    }
  }

  private mutating func markInString(
    _ byte: UInt8,
    _ bytes: UnsafePointer<UInt8>,
    _ position: Int,
    _ run: inout Int
  ) -> Event {
    if byte == JsonByte.backslash {
      isEscaped = true
      return .none
    }
    guard byte == JsonByte.quote else { return .none }
    isInString = false
    if keyStart >= 0 {
      unsafe keep(bytes, run, position)
      run = position
      isListKey = text.dropFirst(keyStart).elementsEqual(Self.listKey)
      keyStart = -1
    } else if depth == 0 {
      return unsafe end(bytes, position, run)
    }
    return .none
  }

  private mutating func mark(
    _ byte: UInt8,
    _ bytes: UnsafePointer<UInt8>,
    _ position: Int,
    _ run: inout Int
  ) -> Event {
    let isAtRoot = if case .root = place { depth == 1 } else { false }
    switch byte {
    case JsonByte.quote:
      isInString = true
      guard isAtRoot, isKeyExpected else { break }
      isKeyExpected = false
      unsafe keep(bytes, run, position - 1)
      run = position - 1
      keyStart = text.count
    case JsonByte.openBracket where isAtRoot && isListKey:
      unsafe keep(bytes, run, position - 1)
      isListKey = false
      isEnvelope = true
      envelopeLine = firstLine
      if isTooLong { return .malformed }
      envelope = text + [0x30]
      place = .list(.elementOrEnd)
    case JsonByte.openBrace, JsonByte.openBracket:
      depth += 1
    case JsonByte.closeBrace, JsonByte.closeBracket:
      depth -= 1
      if depth == 0 { return unsafe end(bytes, position, run) }
    case JsonByte.comma where isAtRoot:
      isKeyExpected = true
      isListKey = false
    default: break
    }
    return .none
  }

  private mutating func end(
    _ bytes: UnsafePointer<UInt8>,
    _ position: Int,
    _ run: Int
  ) -> Event {
    unsafe keep(bytes, run, position)
    if case .element = place {
      place = .list(.commaOrEnd)
      return .person
    }
    place = .between
    guard envelope != nil else { return .person }
    firstLine = envelopeLine
    return .envelope
  }
}
