import PipelineFile

/// Reads JSON records, strictly (RFC 8259): checks all of a record, keeps what its shape names.
///
/// Numbers stay text. Strings with escapes are resolved where they stand, which shortens them. A key
/// that an object has twice refuses the record, whether or not it is read.
///
/// - Note: Clear identifiers pass through here.
@safe struct JsonScanner: ~Copyable {
  /// An object or array that is not closed yet.
  struct Frame {
    /// The node of its members, or of its elements; -1: nothing of it is read.
    var node = -1
    var entry = -1
    var firstKey = 0
    /// A bit for the hash of each key so far: most keys are new at a glance.
    var filter: UInt64 = 0
    /// Of the key before, or of the key that this is the value of; -1: on no trail.
    var step = 0
    var isFirst = true
  }

  let table: JsonKeyTable
  private let depthLimit: Int
  /// Members of an object.
  let memberLimit: Int
  /// Bytes of a text that is read.
  let fieldLimit: Int
  var trail = JsonTrail()
  let frames: UnsafeMutablePointer<Frame>
  /// For each node its first entry, or -1.
  private let firsts: UnsafeMutablePointer<Int32>
  private(set) var entries: UnsafeMutablePointer<JsonEntry>
  private var entryCapacity = 256
  private(set) var entryCount = 0
  var keys: UnsafeMutablePointer<JsonKey>
  var keyCapacity = 256
  var keyCount = 0
  /// Of the string that was read last.
  var stringLength = 0
  var stringFlaw = Fault.none
  /// Of the key that was read last and is on no trail.
  var newHash: UInt64 = 0
  /// Why the record is refused.
  var fault = Fault.none
  /// The high bit of a byte is set if the strings hold one beyond ASCII.
  var highBits: UInt64 = 0

  init(_ shape: JsonShape, _ limits: SourceLimits = SourceLimits()) {
    depthLimit = min(limits.nesting, JsonLimits.depth)
    memberLimit = limits.fields
    fieldLimit = limits.field
    table = JsonKeyTable(shape)
    unsafe frames = .allocate(capacity: JsonLimits.depth)
    unsafe frames.initialize(repeating: Frame(), count: JsonLimits.depth)
    unsafe firsts = .allocate(capacity: shape.nodeCount)
    unsafe firsts.initialize(repeating: -1, count: shape.nodeCount)
    unsafe entries = .allocate(capacity: entryCapacity)
    unsafe keys = .allocate(capacity: keyCapacity)
  }

  deinit {
    unsafe frames.deallocate()
    unsafe firsts.deallocate()
    unsafe entries.deallocate()
    unsafe keys.deallocate()
  }

  /// An entry of the record that was scanned last.
  @inline(__always)
  func entry(_ number: Int) -> JsonEntry { unsafe entries[number] }

  /// The first entry of a node, or -1.
  @inline(__always)
  func first(_ node: Int) -> Int { Int(unsafe firsts[node]) }

  /// Reads a record.
  ///
  /// - Parameters:
  ///   - text: what it stands in; it is changed.
  ///   - start: where it begins; blanks may stand around it.
  ///   - end: where it ends. A line feed stands there, and `CsvLimits.padding` bytes may be read
  ///     behind it.
  /// - Returns: why it is refused, as a `Fault`; then the entries are worth nothing.
  mutating func scan(_ text: UnsafeMutablePointer<UInt8>, from start: Int, to end: Int) -> UInt8 {
    unsafe firsts.update(repeating: -1, count: table.nodeCount)
    entryCount = 0
    keyCount = 0
    highBits = 0
    fault = Fault.none
    var position = start
    var node = 0
    var depth = 0
    // A bit a depth: whether it is an object.
    var objects: UInt64 = 0
    while true {
      position = unsafe skipBlanks(text, position, end)
      let byte = unsafe text[position]
      switch byte {
      case JsonByte.quote:
        let begin = position &+ 1
        position = unsafe readString(text, begin)
        guard position >= 0 else { return fault }
        if node >= 0, !record(node, .string, begin, stringLength, stringFlaw) { return fault }
      case JsonByte.openBrace, JsonByte.openBracket:
        guard depth < depthLimit else { return Fault.limit }
        let isObject = byte == JsonByte.openBrace
        guard open(depth, node, isObject ? .object : .array, at: position) else { return fault }
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: depth)
        objects = isObject ? objects | bit : objects & ~bit
        position = unsafe skipBlanks(text, position &+ 1, end)
        if unsafe text[position] == (isObject ? JsonByte.closeBrace : JsonByte.closeBracket) {
          position &+= 1
          guard unsafe close(depth, isObject, text) else { return fault }
          break
        }
        if isObject {
          position = unsafe readKey(text, position, end, depth, &node)
          guard position >= 0 else { return fault }
        }
        depth &+= 1
        continue
      default:
        let (kind, next) = unsafe readWord(text, position)
        guard next > position else { return byte == 0 ? Fault.nul : Fault.structure }
        if node >= 0, !record(node, kind, position, next &- position, Fault.none) { return fault }
        position = next
      }
      // Behind a value: what closes here, and whether another one comes.
      while depth > 0 {
        position = unsafe skipBlanks(text, position, end)
        let mark = unsafe text[position]
        let isObject = objects &>> UInt64(truncatingIfNeeded: depth &- 1) & 1 == 1
        if mark == JsonByte.comma {
          position &+= 1
          if isObject {
            position = unsafe skipBlanks(text, position, end)
            position = unsafe readKey(text, position, end, depth &- 1, &node)
            guard position >= 0 else { return fault }
          } else {
            node = unsafe frames[depth &- 1].node
          }
          break
        }
        guard mark == (isObject ? JsonByte.closeBrace : JsonByte.closeBracket) else {
          return mark == 0 && position < end ? Fault.nul : Fault.structure
        }
        position &+= 1
        depth &-= 1
        guard unsafe close(depth, isObject, text) else { return fault }
      }
      if depth == 0 { return unsafe finish(text, position, start, end) }
    }
  }

  /// Looks at what stands behind the record, and at its bytes beyond ASCII.
  private func finish(
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: Int,
    _ start: Int,
    _ end: Int
  ) -> UInt8 {
    let position = unsafe skipBlanks(text, position, end)
    guard position >= end else { return unsafe text[position] == 0 ? Fault.nul : Fault.structure }
    if highBits & 0x8080_8080_8080_8080 == 0 { return Fault.none }
    return unsafe isWellFormedUTF8(text, from: start, to: end) ? Fault.none : Fault.encoding
  }

  /// Begins an object or array.
  @inline(__always)
  private mutating func open(
    _ depth: Int,
    _ node: Int,
    _ kind: JsonEntry.Kind,
    at position: Int
  ) -> Bool {
    unsafe frames[depth] = Frame(
      node: node,
      entry: node >= 0 ? entryCount : -1,
      firstKey: keyCount,
      step: depth > 0 ? frames[depth &- 1].step : 0
    )
    return node < 0 || record(node, kind, position, 0, Fault.none)
  }

  /// Ends an object or array.
  @inline(__always)
  private mutating func close(
    _ depth: Int,
    _ isObject: Bool,
    _ text: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    let frame = unsafe frames[depth]
    let memberCount = keyCount &- frame.firstKey
    if isObject, memberCount > Self.glanceCount, frame.step < 0,
      unsafe hasRepeatedKey(text, from: frame.firstKey)
    {
      fault = Fault.structure
      return false
    }
    if frame.entry >= 0 {
      unsafe entries[frame.entry].next = UInt32(truncatingIfNeeded: entryCount)
      unsafe entries[frame.entry].length = UInt32(truncatingIfNeeded: memberCount)
    }
    keyCount = frame.firstKey
    return true
  }

  /// Keeps a value.
  @inline(__always)
  private mutating func record(
    _ node: Int,
    _ kind: JsonEntry.Kind,
    _ start: Int,
    _ length: Int,
    _ flaw: UInt8
  ) -> Bool {
    if entryCount == entryCapacity {
      guard growEntries() else { return false }
    }
    if unsafe firsts[node] < 0 { unsafe firsts[node] = Int32(truncatingIfNeeded: entryCount) }
    unsafe (entries + entryCount).initialize(
      to: JsonEntry(
        start: UInt32(truncatingIfNeeded: start),
        length: UInt32(truncatingIfNeeded: length),
        next: UInt32(truncatingIfNeeded: entryCount &+ 1),
        node: Int32(truncatingIfNeeded: node),
        kind: kind,
        flaw: length > fieldLimit && flaw == Fault.none ? Fault.limit : flaw
      )
    )
    entryCount &+= 1
    return true
  }

  @inline(never)
  private mutating func growEntries() -> Bool {
    guard entryCapacity < JsonLimits.entryCount else {
      fault = Fault.limit
      return false
    }
    let grown = UnsafeMutablePointer<JsonEntry>.allocate(capacity: entryCapacity * 2)
    unsafe grown.moveInitialize(from: entries, count: entryCount)
    unsafe entries.deallocate()
    unsafe entries = grown
    entryCapacity *= 2
    return true
  }
}

/// Where the first byte stands that is no blank, or `end`.
@inline(__always)
func skipBlanks(_ text: UnsafePointer<UInt8>, _ position: Int, _ end: Int) -> Int {
  var position = position
  if unsafe text[position] > 0x20 { return position }
  while position < end, unsafe JsonByte.isBlank(text[position]) { position &+= 1 }
  return position
}

/// Reads a number, `true`, `false` or `null`.
///
/// - Returns: the position behind it, or that of its beginning if it is none.
@inline(__always)
private func readWord(
  _ text: UnsafePointer<UInt8>,
  _ position: Int
) -> (JsonEntry.Kind, next: Int) {
  let byte = unsafe text[position]
  if byte == UInt8(ascii: "-") || byte ^ 0x30 <= 9 {
    return (.number, unsafe readNumber(text, position))
  }
  let word = unsafe loadWord(text + position)
  switch word & 0xFFFF_FFFF {
  case 0x6575_7274: return (.yes, position &+ 4)
  case 0x6C6C_756E: return (.null, position &+ 4)
  case 0x736C_6166 where word &>> 32 & 0xFF == 0x65: return (.no, position &+ 5)
  default: return (.null, position)
  }
}

/// Reads a number.
///
/// - Returns: the position behind it, or that of its beginning if it is none.
@inline(__always)
private func readNumber(_ text: UnsafePointer<UInt8>, _ start: Int) -> Int {
  var position = start
  if unsafe text[position] == UInt8(ascii: "-") { position &+= 1 }
  if unsafe text[position] == 0x30 {
    position &+= 1
  } else {
    let next = unsafe endOfDigits(text, position)
    guard next > position else { return start }
    position = next
  }
  if unsafe text[position] == UInt8(ascii: ".") {
    let next = unsafe endOfDigits(text, position &+ 1)
    guard next > position &+ 1 else { return start }
    position = next
  }
  if unsafe text[position] | 0x20 == UInt8(ascii: "e") {
    position &+= 1
    let sign = unsafe text[position]
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position &+= 1 }
    let next = unsafe endOfDigits(text, position)
    guard next > position else { return start }
    position = next
  }
  return position
}

@inline(__always)
private func endOfDigits(_ text: UnsafePointer<UInt8>, _ start: Int) -> Int {
  var position = start
  while unsafe text[position] ^ 0x30 <= 9 { position &+= 1 }
  return position
}
