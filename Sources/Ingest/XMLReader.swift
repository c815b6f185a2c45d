import CLibXML2

/// A pass over an XML document, node by node, through libxml2's streaming reader.
///
/// No network, no external or internal entities, no document type: the first sign of one is told to
/// the caller. Texts are borrowed and end with the next `read`.
///
/// - Note: Clear identifiers pass through here.
@safe struct XMLReader: ~Copyable {
  enum Node {
    case elementStart
    case elementEnd
    case text
    case documentType
    case entity
    /// Comments, processing instructions, white space.
    case other
  }

  private let reader: xmlTextReaderPtr
  private let input: XMLInput

  /// Begins a document.
  ///
  /// - Returns: nil if libxml2 gives no reader.
  init?(_ input: XMLInput) {
    guard let made = unsafe Self.makeReader(input) else { return nil }
    unsafe reader = made
    self.input = input
  }

  deinit { unsafe xmlFreeTextReader(reader) }

  // Must be called once before readers are made on several threads.
  private static let isPrepared: Bool = {
    xmlInitParser()
    return true
  }()

  private static func makeReader(_ input: XMLInput) -> xmlTextReaderPtr? {
    guard isPrepared else { return nil }
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_BIG_LINES.rawValue | XML_PARSE_COMPACT.rawValue
    // The input lives as long as the struct that holds both.
    let context = unsafe Unmanaged.passUnretained(input).toOpaque()
    guard
      let reader = unsafe xmlReaderForIO(
        { context, buffer, length in
          guard let context = unsafe context, let buffer = unsafe buffer, length > 0 else {
            return 0
          }
          let input = unsafe Unmanaged<XMLInput>.fromOpaque(context).takeUnretainedValue()
          let target = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(length))
          return Int32(truncatingIfNeeded: unsafe input.read(into: target))
        },
        nil,
        context,
        nil,
        nil,
        Int32(truncatingIfNeeded: options)
      )
    else { return nil }
    unsafe xmlTextReaderSetStructuredErrorHandler(
      reader,
      { context, error in
        guard let context = unsafe context, let error = unsafe error else { return }
        let input = unsafe Unmanaged<XMLInput>.fromOpaque(context).takeUnretainedValue()
        guard unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue, input.fault == nil
        else { return }
        input.fault = unsafe (error.pointee.code, Int(error.pointee.line))
      },
      context
    )
    return unsafe reader
  }

  /// Goes to the next node; nil at the end.
  ///
  /// - Throws: the fault that libxml2 found.
  mutating func read() throws(XMLFault) -> Node? {
    let status = unsafe xmlTextReaderRead(reader)
    // Some errors (undeclared entities, namespaces) do not stop the reader: they stop us.
    if status < 0 || input.fault != nil {
      throw XMLFault(code: input.fault?.code ?? 0, line: input.fault?.line ?? 0)
    }
    guard status == 1 else { return nil }
    switch unsafe UInt32(truncatingIfNeeded: xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_ELEMENT.rawValue: return .elementStart
    case XML_READER_TYPE_END_ELEMENT.rawValue: return .elementEnd
    case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue: return .text
    case XML_READER_TYPE_DOCUMENT_TYPE.rawValue: return .documentType
    case XML_READER_TYPE_ENTITY_REFERENCE.rawValue, XML_READER_TYPE_ENTITY.rawValue: return .entity
    default: return .other
    }
  }

  /// How many elements are around the node.
  var depth: Int { Int(unsafe xmlTextReaderDepth(reader)) }

  /// Whether the element has no end of its own: `<a/>`.
  var isEmptyElement: Bool { unsafe xmlTextReaderIsEmptyElement(reader) == 1 }

  /// The name without its prefix.
  var localName: UnsafePointer<UInt8>? { unsafe xmlTextReaderConstLocalName(reader) }

  /// The name space of the element; nil for none.
  var namespace: UnsafePointer<UInt8>? {
    // Read from the node: the reader's own function looks the whole name up in its dictionary.
    unsafe xmlTextReaderCurrentNode(reader)?.pointee.ns?.pointee.href.map {
      unsafe UnsafePointer($0)
    }
  }

  /// The address of the declaration that gives the element its name space; 0 for none.
  ///
  /// That of a declaration in the root element means the same to the end of the document; that of
  /// another may mean something else once its element has ended.
  var namespaceAddress: UInt {
    UInt(bitPattern: unsafe xmlTextReaderCurrentNode(reader)?.pointee.ns)
  }

  /// The address and the name space of each declaration in the element.
  func declarations(_ body: (_ address: UInt, _ name: UnsafePointer<UInt8>?) -> Void) {
    var next = unsafe xmlTextReaderCurrentNode(reader)?.pointee.nsDef
    while let declaration = unsafe next {
      unsafe body(
        UInt(bitPattern: declaration),
        declaration.pointee.href.map { unsafe UnsafePointer($0) }
      )
      unsafe next = declaration.pointee.next
    }
  }

  /// Whether the element has an attribute; declarations of name spaces are none.
  var hasAttributes: Bool { unsafe xmlTextReaderCurrentNode(reader)?.pointee.properties != nil }

  /// Puts the value of an attribute of the element behind the bytes.
  ///
  /// - Parameters:
  ///   - name: its name without prefix.
  ///   - space: its name space; empty for none, nil for any.
  ///   - bytes: where the value goes.
  /// - Returns: how many attributes are called so; of several the values are joined.
  func appendAttribute(_ name: [UInt8], space: [UInt8]?, to bytes: inout [UInt8]) -> Int {
    var count = 0
    var next = unsafe xmlTextReaderCurrentNode(reader)?.pointee.properties
    while let attribute = unsafe next {
      unsafe next = attribute.pointee.next
      guard let own = unsafe attribute.pointee.name, unsafe isEqual(own, name) else { continue }
      if let space {
        let found = unsafe attribute.pointee.ns?.pointee.href
        guard unsafe found.map({ unsafe isEqual($0, space) }) ?? space.isEmpty else { continue }
      }
      count += 1
      var piece = unsafe attribute.pointee.children
      while let text = unsafe piece {
        if let content = unsafe text.pointee.content {
          unsafe bytes.append(
            contentsOf: UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
          )
        }
        unsafe piece = text.pointee.next
      }
    }
    return count
  }

  /// The text of the node.
  var value: UnsafePointer<UInt8>? { unsafe xmlTextReaderConstValue(reader) }

  /// The line where the node begins; beyond line 65,535, which libxml2's nodes cannot hold, where the
  /// reader stands by then.
  var line: Int {
    let node = unsafe xmlTextReaderCurrentNode(reader)
    let line = unsafe node.map { unsafe Int(xmlGetLineNo($0)) } ?? 0
    if line > 0 && line < 65_535 { return line }
    return max(line, Int(unsafe xmlTextReaderGetParserLineNumber(reader)))
  }
}

/// What libxml2 found wrong: its code and the line, none of its words.
struct XMLFault: Error {
  let code: Int32
  let line: Int
}
