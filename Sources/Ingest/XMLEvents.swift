/// What libxml2 told of a piece of a document, until it is asked for.
///
/// Lies in memory of its own, without references to count: libxml2 calls it for every tag and text.
/// Names are libxml2's and stand as long as the document; texts are copied.
///
/// - Note: Clear identifiers pass through here.
@safe struct XMLEvents {
  @safe struct Event {
    /// Of an element, without its prefix; equal names of a document have one address.
    var name: UnsafePointer<UInt8>?
    var namespace: UnsafePointer<UInt8>?
    /// Where its text begins in `texts`; of a tag, its first attribute.
    var start: Int32
    /// Bytes of the text; attributes of the tag.
    var length: Int32
    var line: Int32
    var depth: Int16
    var kind: XMLReader.Node
  }

  @safe struct Attribute {
    var name: UnsafePointer<UInt8>?
    var namespace: UnsafePointer<UInt8>?
    /// Where its value begins in `texts`, and how long it is.
    var start: Int
    var length: Int
  }

  /// The first `count` of them hold.
  private(set) var events: UnsafeMutablePointer<Event>
  private(set) var count = 0
  private var capacity = 1024
  private(set) var texts: UnsafeMutablePointer<UInt8>
  private var textCount = 0
  private var textCapacity = 1 << 14
  private(set) var attributes: UnsafeMutablePointer<Attribute>
  private var attributeCount = 0
  private var attributeCapacity = 16
  /// Elements that are open.
  private var depth: Int16 = 0
  /// Whether the last thing told was text: more of it belongs to it.
  private var isInText = false
  /// The first error, and its line; its words quote the text and are dropped.
  var fault: XMLFault?
  /// The first breach of the schema, and the name of its element.
  private(set) var invalidity: XMLInvalidity?
  /// The element of the last tag.
  private(set) var lastName: UnsafePointer<UInt8>?
  /// libxml2's parser, and what checks the document against a schema.
  var parser: UnsafeMutableRawPointer?
  var validator: UnsafeMutableRawPointer?
  var validatorData: UnsafeMutableRawPointer?

  /// Deeper than any reader lets elements lie in each other.
  private static let depthLimit: Int16 = 4096

  init() {
    unsafe events = .allocate(capacity: capacity)
    unsafe texts = .allocate(capacity: textCapacity)
    unsafe attributes = .allocate(capacity: attributeCapacity)
  }

  /// Gives the memory back; nothing may be called after it.
  func free() {
    unsafe events.deallocate()
    unsafe texts.deallocate()
    unsafe attributes.deallocate()
  }

  /// Forgets the events, which have all been asked for.
  mutating func clear() {
    count = 0
    textCount = 0
    attributeCount = 0
  }

  // MARK: what libxml2 tells

  mutating func startElement(
    _ name: UnsafePointer<UInt8>?,
    _ namespace: UnsafePointer<UInt8>?,
    line: Int32
  ) {
    isInText = false
    unsafe lastName = name
    guard fault == nil else { return }
    let first = Int32(truncatingIfNeeded: attributeCount)
    unsafe append(
      Event(
        name: name,
        namespace: namespace,
        start: first,
        length: 0,
        line: line,
        depth: depth,
        kind: .elementStart
      )
    )
    depth += 1
    if depth > Self.depthLimit { fault = XMLFault(code: 1, line: Int(line)) }
  }

  /// An attribute of the element that has just started.
  mutating func attribute(
    _ name: UnsafePointer<UInt8>?,
    _ namespace: UnsafePointer<UInt8>?,
    _ value: UnsafeBufferPointer<UInt8>
  ) {
    guard fault == nil, count > 0 else { return }
    if attributeCount == attributeCapacity {
      unsafe attributes = Self.grown(attributes, attributeCount, to: attributeCapacity * 2)
      attributeCapacity *= 2
    }
    let attribute = unsafe Attribute(
      name: name,
      namespace: namespace,
      start: textCount,
      length: value.count
    )
    unsafe (attributes + attributeCount).initialize(to: attribute)
    attributeCount += 1
    unsafe events[count - 1].length += 1
    unsafe copy(value)
  }

  mutating func endElement(
    _ name: UnsafePointer<UInt8>?,
    _ namespace: UnsafePointer<UInt8>?,
    line: Int32
  ) {
    isInText = false
    unsafe lastName = name
    guard fault == nil, depth > 0 else { return }
    depth -= 1
    unsafe append(
      Event(
        name: name,
        namespace: namespace,
        start: 0,
        length: 0,
        line: line,
        depth: depth,
        kind: .elementEnd
      )
    )
  }

  /// Text, without the white space that it begins with.
  mutating func text(_ text: UnsafeBufferPointer<UInt8>, line: Int32) {
    guard fault == nil else { return }
    var piece = unsafe text
    if !isInText {
      var blanks = 0
      while blanks < piece.count, unsafe piece[blanks] <= 0x20 { blanks += 1 }
      guard blanks < piece.count else { return }
      unsafe piece = UnsafeBufferPointer(rebasing: piece[blanks...])
      isInText = true
    } else if count > 0, unsafe events[count - 1].kind == .text {
      unsafe events[count - 1].length += Int32(truncatingIfNeeded: piece.count)
      unsafe copy(piece)
      return
    }
    unsafe append(
      Event(
        name: nil,
        namespace: nil,
        start: Int32(truncatingIfNeeded: textCount),
        length: Int32(truncatingIfNeeded: piece.count),
        line: line,
        depth: depth,
        kind: .text
      )
    )
    unsafe copy(piece)
  }

  /// A document type or an entity: nothing that is read.
  mutating func other(_ kind: XMLReader.Node, line: Int32) {
    guard fault == nil else { return }
    unsafe append(
      Event(name: nil, namespace: nil, start: 0, length: 0, line: line, depth: depth, kind: kind)
    )
  }

  /// An error; only the first one counts.
  mutating func tellFault(code: Int32, line: Int) {
    guard fault == nil else { return }
    // libxml2 has one code for what ends too early and for what goes on behind its end.
    let isCut = code == 5 && depth > 0
    fault = XMLFault(code: isCut ? 77 : code, line: line)
  }

  /// A breach of the schema by the element of the last tag; only the first one counts.
  mutating func tellInvalid(code: Int32, line: Int) {
    guard invalidity == nil else { return }
    var element: [UInt8] = []
    if let name = unsafe lastName {
      while element.count < 64, unsafe name[element.count] != 0 {
        element.append(unsafe name[element.count])
      }
    }
    invalidity = XMLInvalidity(code: code, line: line, element: element)
    unsafe validator = nil
  }

  // MARK: memory

  private mutating func append(_ event: Event) {
    if count == capacity {
      unsafe events = Self.grown(events, count, to: capacity * 2)
      capacity *= 2
    }
    unsafe (events + count).initialize(to: event)
    count += 1
  }

  private mutating func copy(_ text: UnsafeBufferPointer<UInt8>) {
    guard let source = text.baseAddress else { return }
    let needed = textCount + text.count
    if needed >= textCapacity {
      let wanted = max(needed + 1, textCapacity * 2)
      unsafe texts = Self.grown(texts, textCount, to: wanted)
      textCapacity = wanted
    }
    unsafe (texts + textCount).initialize(from: source, count: text.count)
    textCount = needed
    unsafe texts[textCount] = 0
  }

  private static func grown<Element>(
    _ old: UnsafeMutablePointer<Element>,
    _ count: Int,
    to capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    unsafe new.moveInitialize(from: old, count: count)
    unsafe old.deallocate()
    return unsafe new
  }
}

/// What libxml2 found wrong: its code and the line, none of its words.
struct XMLFault: Error {
  let code: Int32
  let line: Int
}

/// Where a document breaks its schema: libxml2's code and the line, none of its words.
struct XMLInvalidity {
  let code: Int32
  let line: Int
  /// The local name of the element, as the file has it: to be told only if the schema knows it.
  let element: [UInt8]
}
