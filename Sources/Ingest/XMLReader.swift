import PipelineFile

/// A pass over an XML document, node by node, through libxml2's streaming parser.
///
/// No tree is built: the parser is given a piece of the document, and what it tells of it waits
/// until it is asked for. That takes half the time of libxml2's own reader of nodes. No network, no
/// external or internal entities, no document type: the first sign of one is told to the caller.
/// Texts are borrowed and end with the next `read`.
///
/// - Note: Clear identifiers pass through here.
@safe struct XMLReader: ~Copyable {
  enum Node: UInt8 {
    case elementStart
    case elementEnd
    /// A text or a piece of one, never its first white space.
    case text
    case documentType
    case entity
    /// Comments, processing instructions: never told.
    case other
  }

  private static let pieceLength = 1 << 14

  private let parser: UnsafeMutableRawPointer
  let events: UnsafeMutablePointer<XMLEvents>
  private let piece: UnsafeMutableRawBufferPointer
  private let input: XMLInput
  private let validation: XMLValidation?
  /// The event that is told next.
  private var position = 0
  private(set) var current = unsafe XMLEvents.Event(
    name: nil,
    namespace: nil,
    start: 0,
    length: 0,
    line: 0,
    depth: 0,
    kind: .other
  )
  private var isEnded = false
  /// Bytes of text since the last tag.
  private var textLength = 0

  /// Begins a document; nil if libxml2 gives no parser.
  ///
  /// - Parameters:
  ///   - input: its bytes.
  ///   - schema: what it is checked against while it is read; nil for nothing.
  init?(_ input: XMLInput, schema: XMLSchema? = nil) {
    var validation: XMLValidation?
    if let schema {
      guard let made = XMLValidation(schema) else { return nil }
      validation = made
    }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceLength, alignment: 16)
    let events = UnsafeMutablePointer<XMLEvents>.allocate(capacity: 1)
    unsafe events.initialize(to: XMLEvents())
    let count = unsafe input.read(into: piece)
    // The first bytes tell the encoding.
    let head = min(4, max(0, count))
    guard
      let made = unsafe LibXML2.makeParser(
        head: UnsafeRawBufferPointer(rebasing: piece[..<head]),
        events
      )
    else {
      unsafe events.pointee.free()
      unsafe events.deallocate()
      unsafe piece.deallocate()
      return nil
    }
    unsafe parser = made
    unsafe self.events = events
    unsafe self.piece = piece
    self.input = input
    self.validation = validation
    unsafe events.pointee.parser = made
    unsafe validation?.begin(events)
    if count < 0 {
      unsafe events.pointee.fault = XMLFault(code: 0, line: 0)
    } else {
      unsafe parse(
        UnsafeRawBufferPointer(rebasing: piece[head..<count]),
        isLast: count < piece.count
      )
    }
  }

  deinit {
    unsafe LibXML2.freeParser(parser)
    unsafe events.pointee.free()
    unsafe events.deallocate()
    unsafe piece.deallocate()
  }

  /// Goes to the next node; nil at the end.
  ///
  /// - Throws: the fault that libxml2 found, behind all nodes that come before it.
  mutating func read() throws(XMLFault) -> Node? {
    while unsafe position == events.pointee.count {
      if let fault = unsafe events.pointee.fault { throw fault }
      if isEnded { return nil }
      try readPiece()
    }
    unsafe current = events.pointee.events[position]
    position += 1
    let kind = current.kind
    if kind == .text {
      textLength += Int(current.length)
      if textLength > input.limits.text {
        input.longRun = .text
        throw XMLFault(code: 0, line: line)
      }
    } else {
      textLength = 0
    }
    return kind
  }

  private mutating func readPiece() throws(XMLFault) {
    unsafe events.pointee.clear()
    position = 0
    let count = unsafe input.read(into: piece)
    guard count >= 0 else { throw XMLFault(code: 0, line: line) }
    unsafe parse(UnsafeRawBufferPointer(rebasing: piece[..<count]), isLast: count < piece.count)
    try checkPending()
  }

  // The parser keeps what it was given while a tag, a comment or a section is not complete.
  private func checkPending() throws(XMLFault) {
    guard unsafe events.pointee.fault == nil,
      let run = unsafe LibXML2.pendingRun(of: parser, textLimit: input.limits.text)
    else { return }
    input.longRun = run
    throw XMLFault(code: 0, line: unsafe LibXML2.line(of: parser))
  }

  private mutating func parse(_ bytes: UnsafeRawBufferPointer, isLast: Bool) {
    let status = unsafe LibXML2.parse(bytes, isLast: isLast, by: parser)
    if isLast { isEnded = true }
    if status != 0, unsafe events.pointee.fault == nil {
      unsafe events.pointee.tellFault(code: status, line: LibXML2.line(of: parser))
    }
  }

  /// Where the document breaks its schema, as far as it was given to the parser; nil for nowhere.
  var invalidity: XMLInvalidity? { unsafe events.pointee.invalidity }
}
