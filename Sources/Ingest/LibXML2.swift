import CLibXML2

/// The calls of libxml2 that are needed, with addresses in place of its types: it is imported here
/// alone.
///
/// - Note: Clear identifiers pass through here.
enum LibXML2 {
  typealias Events = UnsafeMutablePointer<XMLEvents>

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

  // MARK: parser

  /// Makes a parser that tells what it meets.
  ///
  /// - Parameters:
  ///   - head: the first bytes, which tell the encoding.
  ///   - events: what is told; it outlives the parser.
  /// - Returns: nil if there is no memory for it.
  static func makeParser(
    head: UnsafeRawBufferPointer,
    _ events: Events
  ) -> UnsafeMutableRawPointer? {
    guard isPrepared else { return nil }
    var handler = unsafe XMLCallbacks.handler()
    guard
      let parser = unsafe xmlCreatePushParserCtxt(
        &handler,
        events,
        head.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(head.count),
        nil
      )
    else { return nil }
    // Entities in attributes are those of XML itself: a file that could declare others is refused
    // before the parser sees it.
    let options =
      XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
      | XML_PARSE_NOWARNING.rawValue | XML_PARSE_BIG_LINES.rawValue
    unsafe xmlCtxtUseOptions(parser, Int32(truncatingIfNeeded: options))
    return UnsafeMutableRawPointer(parser)
  }

  static func freeParser(_ parser: UnsafeMutableRawPointer) {
    unsafe xmlFreeParserCtxt(parser.assumingMemoryBound(to: xmlParserCtxt.self))
  }

  /// Gives a parser more of the document.
  ///
  /// - Returns: libxml2's code of the first fault, 0 for none.
  static func parse(
    _ bytes: UnsafeRawBufferPointer,
    isLast: Bool,
    by parser: UnsafeMutableRawPointer
  ) -> Int32 {
    let parser = unsafe parser.assumingMemoryBound(to: xmlParserCtxt.self)
    let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    let status = unsafe xmlParseChunk(parser, text, Int32(bytes.count), 0)
    return unsafe isLast && status == 0 ? xmlParseChunk(parser, nil, 0, 1) : status
  }

  /// The line that a parser has reached.
  static func line(of parser: UnsafeMutableRawPointer) -> Int {
    Int(unsafe xmlSAX2GetLineNumber(parser))
  }

  /// What a parser keeps, if it is longer than any may be.
  static func pendingRun(
    of parser: UnsafeMutableRawPointer,
    textLimit: Int
  ) -> XMLRunLength.Finding? {
    let parser = unsafe parser.assumingMemoryBound(to: xmlParserCtxt.self)
    guard let pending = unsafe parser.pointee.input?.pointee, let text = unsafe pending.cur,
      let end = unsafe pending.end
    else { return nil }
    let length = unsafe end - text
    guard length > XMLRunLength.tagLimit else { return nil }
    let isSection = unsafe parser.pointee.instate == XML_PARSER_CDATA_SECTION
    let isTag = unsafe !isSection && text[0] == 0x3C && text[1] != 0x21 && text[1] != 0x3F
    if isTag { return .tag }
    return length > textLimit ? .text : nil
  }

  // MARK: schema

  /// Reads a schema and those that it imports.
  static func compileSchema(_ path: String) -> Result<OpaquePointer, XMLSchemaFault> {
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

  static func freeSchema(_ schema: OpaquePointer) { unsafe xmlSchemaFree(schema) }

  /// Makes what checks a document against a schema.
  ///
  /// - Parameters:
  ///   - schema: outlives it.
  ///   - handler: where the address of its functions is put; libxml2 keeps this place.
  ///   - data: where that is put which they are called with; likewise.
  /// - Returns: nil if there is no memory for it.
  static func makeValidation(
    _ schema: OpaquePointer,
    handler: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
    data: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) -> (context: OpaquePointer, plug: OpaquePointer)? {
    guard let context = unsafe xmlSchemaNewValidCtxt(schema) else { return nil }
    let plug = unsafe handler.withMemoryRebound(to: xmlSAXHandlerPtr?.self, capacity: 1) {
      unsafe xmlSchemaSAXPlug(context, $0, data)
    }
    guard let plug = unsafe plug else {
      unsafe xmlSchemaFreeValidCtxt(context)
      return nil
    }
    return unsafe (context, plug)
  }

  static func freeValidation(_ context: OpaquePointer, _ plug: OpaquePointer) {
    unsafe xmlSchemaSAXUnplug(plug)
    unsafe xmlSchemaFreeValidCtxt(context)
  }

  /// Lets a validation tell what it finds.
  static func tellBreaches(found context: OpaquePointer, to events: Events) {
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

private func eventsBehind(_ context: UnsafeMutableRawPointer) -> LibXML2.Events {
  unsafe context.assumingMemoryBound(to: XMLEvents.self)
}

private func lineReached(_ events: LibXML2.Events) -> Int32 {
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
