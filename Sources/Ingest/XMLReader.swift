import CLibXML2

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

  private let parser: xmlParserCtxtPtr
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
    guard let made = unsafe Self.makeParser(piece, head, events) else {
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
    unsafe events.pointee.parser = UnsafeMutableRawPointer(made)
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
    unsafe xmlFreeParserCtxt(parser)
    unsafe events.pointee.free()
    unsafe events.deallocate()
    unsafe piece.deallocate()
  }

  // Must be called once before parsers are made on several threads.
  static let isPrepared: Bool = {
    xmlInitParser()
    unsafe xmlSetExternalEntityLoader { url, _, parser in
      guard let path = unsafe url.flatMap({ unsafe XMLSchemaFolder.allowed($0) }) else {
        return nil
      }
      return unsafe path.withCString { unsafe xmlNewInputFromFile(parser, $0) }
    }
    return true
  }()

  private static func makeParser(
    _ piece: UnsafeMutableRawBufferPointer,
    _ head: Int,
    _ events: UnsafeMutablePointer<XMLEvents>
  ) -> xmlParserCtxtPtr? {
    guard isPrepared else { return nil }
    var handler = unsafe XMLCallbacks.handler()
    guard
      let parser = unsafe xmlCreatePushParserCtxt(
        &handler,
        events,
        piece.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(head),
        nil
      )
    else { return nil }
    // Entities in attributes are those of XML itself: a file that could declare others is refused
    // before the parser sees it.
    let options =
      XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
      | XML_PARSE_NOWARNING.rawValue | XML_PARSE_BIG_LINES.rawValue
    unsafe xmlCtxtUseOptions(parser, Int32(truncatingIfNeeded: options))
    return unsafe parser
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
      if textLength > XMLRunLength.textLimit {
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
    guard unsafe events.pointee.fault == nil, let pending = unsafe parser.pointee.input?.pointee,
      let text = unsafe pending.cur, let end = unsafe pending.end
    else { return }
    let length = unsafe end - text
    guard length > XMLRunLength.tagLimit else { return }
    let isSection = unsafe parser.pointee.instate == XML_PARSER_CDATA_SECTION
    let isTag = unsafe !isSection && text[0] == 0x3C && text[1] != 0x21 && text[1] != 0x3F
    guard isTag || length > XMLRunLength.textLimit else { return }
    input.longRun = isTag ? .tag : .text
    throw XMLFault(code: 0, line: Int(unsafe xmlSAX2GetLineNumber(parser)))
  }

  private mutating func parse(_ bytes: UnsafeRawBufferPointer, isLast: Bool) {
    let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    var status = unsafe xmlParseChunk(parser, text, Int32(bytes.count), 0)
    if isLast {
      isEnded = true
      if status == 0 { unsafe status = xmlParseChunk(parser, nil, 0, 1) }
    }
    if status != 0, unsafe events.pointee.fault == nil {
      let line = Int(unsafe xmlSAX2GetLineNumber(parser))
      unsafe events.pointee.tellFault(code: status, line: line)
    }
  }

  /// Where the document breaks its schema, as far as it was given to the parser; nil for nowhere.
  var invalidity: XMLInvalidity? { unsafe events.pointee.invalidity }
}

private typealias Events = UnsafeMutablePointer<XMLEvents>

private func eventsBehind(_ context: UnsafeMutableRawPointer) -> Events {
  unsafe context.assumingMemoryBound(to: XMLEvents.self)
}

private func lineReached(_ events: Events) -> Int32 {
  let parser = unsafe events.pointee.parser?.assumingMemoryBound(to: xmlParserCtxt.self)
  return unsafe parser?.pointee.input?.pointee.line ?? 0
}

/// What else is to be told of a tag or text.
private func validator(
  behind context: UnsafeMutableRawPointer?
) -> (handler: xmlSAXHandler, data: UnsafeMutableRawPointer?)? {
  guard let context = unsafe context else { return nil }
  let events = unsafe eventsBehind(context)
  guard let handler = unsafe events.pointee.validator else { return nil }
  let validator = unsafe handler.assumingMemoryBound(to: xmlSAXHandler.self)
  return unsafe (validator.pointee, events.pointee.validatorData)
}

private func tellStart(
  _ context: UnsafeMutableRawPointer?,
  name: UnsafePointer<UInt8>?,
  space: UnsafePointer<UInt8>?,
  attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
  count: Int32
) {
  guard let context = unsafe context else { return }
  let events = unsafe eventsBehind(context)
  unsafe events.pointee.startElement(name, space, line: lineReached(events))
  guard count > 0, let attributes = unsafe attributes else { return }
  for number in 0..<Int(count) {
    // Name, prefix, name space, and where the value begins and ends.
    let attribute = unsafe attributes + number * 5
    guard let start = unsafe attribute[3], let end = unsafe attribute[4] else { continue }
    let value = unsafe UnsafeBufferPointer(start: start, count: end - start)
    unsafe events.pointee.attribute(attribute[0], attribute[2], value)
  }
}

private func tellText(
  _ context: UnsafeMutableRawPointer?,
  _ text: UnsafePointer<UInt8>?,
  _ length: Int32
) {
  guard let context = unsafe context, length > 0 else { return }
  let events = unsafe eventsBehind(context)
  let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(length))
  unsafe events.pointee.text(bytes, line: lineReached(events))
}

/// What libxml2 calls for each tag and text.
private enum XMLCallbacks {
  static func handler() -> xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.startElementNs = {
      unsafe tellStart($0, name: $1, space: $3, attributes: $8, count: $6)
      guard let (handler, data) = unsafe validator(behind: $0) else { return }
      unsafe handler.startElementNs?(data, $1, $2, $3, $4, $5, $6, $7, $8)
    }
    unsafe handler.endElementNs = {
      guard let context = unsafe $0 else { return }
      let events = unsafe eventsBehind(context)
      unsafe events.pointee.endElement($1, $3, line: lineReached(events))
      guard let (handler, data) = unsafe validator(behind: $0) else { return }
      unsafe handler.endElementNs?(data, $1, $2, $3)
    }
    let characters: charactersSAXFunc = { context, text, length in
      unsafe tellText(context, text, length)
      guard let (handler, data) = unsafe validator(behind: context) else { return }
      unsafe handler.characters?(data, text, length)
    }
    // The same for both: libxml2 then need not find out which it is.
    unsafe handler.characters = characters
    unsafe handler.ignorableWhitespace = characters
    unsafe handler.cdataBlock = { context, text, length in
      unsafe tellText(context, text, length)
      guard let (handler, data) = unsafe validator(behind: context) else { return }
      unsafe handler.cdataBlock?(data, text, length)
    }
    unsafe handler.internalSubset = { context, _, _, _ in
      guard let context = unsafe context else { return }
      let events = unsafe eventsBehind(context)
      unsafe events.pointee.other(.documentType, line: lineReached(events))
    }
    unsafe handler.reference = { context, _ in
      guard let context = unsafe context else { return }
      let events = unsafe eventsBehind(context)
      unsafe events.pointee.other(.entity, line: lineReached(events))
    }
    unsafe handler.serror = { context, error in
      guard let context = unsafe context, let error = unsafe error else { return }
      let events = unsafe eventsBehind(context)
      guard unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue,
        unsafe events.pointee.fault == nil
      else { return }
      unsafe events.pointee.tellFault(
        code: error.pointee.code,
        line: Int(error.pointee.line)
      )
    }
    return unsafe handler
  }
}

/// A compiled XML Schema; libxml2 does not say that threads may share one, so each has its own.
@safe final class XMLSchema {
  fileprivate let schema: xmlSchemaPtr
  /// The files that it is made of, itself first.
  let files: [String]
  /// The names of the elements that it declares.
  let elementNames: Set<[UInt8]>

  /// Reads a schema and those that it imports from its folder.
  ///
  /// - Throws: where it is wrong.
  init(path: String) throws(XMLSchemaFault) {
    guard XMLReader.isPrepared else { throw XMLSchemaFault(file: path, line: 0, code: 0) }
    let (result, files) = unsafe XMLSchemaFolder.opening(path) { unsafe Self.compile(path) }
    switch unsafe result {
    case .success(let made): unsafe schema = made
    case .failure(let fault): throw fault
    }
    self.files = files
    elementNames = Self.elementNames(in: files)
  }

  deinit { unsafe xmlSchemaFree(schema) }

  private static func compile(_ path: String) -> Result<xmlSchemaPtr, XMLSchemaFault> {
    var fault: XMLSchemaFault?
    let context = unsafe path.withCString { unsafe xmlSchemaNewParserCtxt($0) }
    guard let context = unsafe context else {
      return unsafe .failure(XMLSchemaFault(file: path, line: 0, code: 0))
    }
    defer { unsafe xmlSchemaFreeParserCtxt(context) }
    let schema = unsafe withUnsafeMutablePointer(to: &fault) { target in
      unsafe xmlSchemaSetParserStructuredErrors(
        context,
        { target, error in
          guard let error = unsafe error, unsafe error.pointee.level.rawValue >= 2 else { return }
          let target = unsafe target?.assumingMemoryBound(to: XMLSchemaFault?.self)
          guard let target = unsafe target, unsafe target.pointee == nil else { return }
          let file = unsafe error.pointee.file.map { unsafe String(cString: $0) } ?? ""
          unsafe target.pointee = XMLSchemaFault(
            file: file,
            line: Int(error.pointee.line),
            code: error.pointee.code
          )
        },
        target
      )
      return unsafe xmlSchemaParse(context)
    }
    guard let schema = unsafe schema else {
      let found = fault ?? XMLSchemaFault(file: path, line: 0, code: 0)
      return unsafe .failure(found.file.isEmpty ? found.at(path) : found)
    }
    return unsafe .success(schema)
  }
}

/// What checks one document against a schema while it is read.
@safe final class XMLValidation {
  private let schema: XMLSchema
  private let context: xmlSchemaValidCtxtPtr
  private let plug: xmlSchemaSAXPlugPtr
  /// The functions of the validator, and what they are called with; libxml2 keeps the address.
  private let handler: UnsafeMutablePointer<xmlSAXHandlerPtr?>
  private let data: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// - Returns: nil if libxml2 has no memory for it.
  init?(_ schema: XMLSchema) {
    guard let context = unsafe xmlSchemaNewValidCtxt(schema.schema) else { return nil }
    let handler = UnsafeMutablePointer<xmlSAXHandlerPtr?>.allocate(capacity: 1)
    let data = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    unsafe handler.initialize(to: nil)
    unsafe data.initialize(to: nil)
    guard let plug = unsafe xmlSchemaSAXPlug(context, handler, data) else {
      unsafe xmlSchemaFreeValidCtxt(context)
      unsafe handler.deallocate()
      unsafe data.deallocate()
      return nil
    }
    self.schema = schema
    unsafe self.context = context
    unsafe self.plug = plug
    unsafe self.handler = handler
    unsafe self.data = data
  }

  deinit {
    unsafe xmlSchemaSAXUnplug(plug)
    unsafe xmlSchemaFreeValidCtxt(context)
    unsafe handler.deallocate()
    unsafe data.deallocate()
  }

  fileprivate func begin(_ events: UnsafeMutablePointer<XMLEvents>) {
    unsafe events.pointee.validator = UnsafeMutableRawPointer(handler.pointee)
    unsafe events.pointee.validatorData = data.pointee
    unsafe xmlSchemaSetValidStructuredErrors(
      context,
      { target, error in
        guard let target = unsafe target, let error = unsafe error,
          unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue
        else { return }
        let events = unsafe eventsBehind(target)
        unsafe events.pointee.tellInvalid(
          code: error.pointee.code,
          line: Int(lineReached(events))
        )
      },
      events
    )
  }
}
