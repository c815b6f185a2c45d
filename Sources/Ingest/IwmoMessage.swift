import Diagnostics

/// One iWmo message, read from its root to its end as a stream.
///
/// Nothing but the paths of the layout is read: what stands elsewhere is passed over unseen.
///
/// - Note: Clear identifiers pass through here.
struct IwmoMessage: ~Copyable {
  private let input: XMLInput
  private var reader: XMLReader
  private let path: String
  private let file: Int
  private let layouts: [Int: IwmoLayout]

  private var space = IwmoNamespace()
  private var layout: IwmoLayout?
  private var names: IwmoNames?
  /// The addresses of the name spaces that are read, as far as they were met.
  private var spaceAddresses: [UInt] = []
  /// The nodes of the layout from the root to where the reader stands.
  private var nodes: [Int] = []
  /// The depth of the outermost element that is passed over, or -1.
  private var skippedDepth = -1
  private var values = IwmoValues()

  /// Begins a message.
  ///
  /// - Parameters:
  ///   - input: its bytes.
  ///   - layouts: by message kind; what is not among them is skipped.
  ///   - path: as the run names the file.
  ///   - file: the index of the file.
  /// - Throws: `readerUnavailable`.
  init(
    _ input: XMLInput,
    layouts: [Int: IwmoLayout],
    path: String,
    file: Int
  ) throws(IngestError) {
    guard let reader = XMLReader(input) else { throw .readerUnavailable(Place(file: path)) }
    self.input = input
    self.reader = reader
    self.layouts = layouts
    self.path = path
    self.file = file
  }

  /// Reads on until the message ends or the values of its rows take more than so many bytes.
  ///
  /// - Returns: whether the message ended.
  mutating func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    if let layout {
      values.placeMessageTexts(layout, &rows)
    } else {
      guard try beginDocument(&rows) else { return true }
    }
    guard let layout, var names = names.take() else { return true }
    while let node = try nextNode() {
      switch node {
      case .elementStart: try beginElement(layout, &names, &rows)
      case .elementEnd:
        if endElement(at: reader.depth, layout, &rows), rows.bytes.count >= byteLimit {
          self.names = names
          return false
        }
      case .text: try takeText(layout, &rows)
      case .documentType: throw refuse(.doctype)
      case .entity: throw refuse(.entity)
      case .other: break
      }
    }
    try finishMessage(layout)
    return true
  }

  private mutating func nextNode() throws(IngestError) -> XMLReader.Node? {
    do throws(XMLFault) {
      return try reader.read()
    } catch {
      throw input.refusal(of: error, path: path)
    }
  }

  private func refuse(_ fault: FileFault) -> IngestError {
    .refused(fault, Place(file: path, line: reader.line))
  }

  /// Reads on to the root element.
  ///
  /// - Returns: false if the whole message is skipped.
  private mutating func beginDocument(_ rows: inout DocumentRows) throws(IngestError) -> Bool {
    while let node = try nextNode() {
      switch node {
      case .elementStart: return try beginMessage(&rows)
      case .documentType: throw refuse(.doctype)
      case .entity: throw refuse(.entity)
      case .elementEnd, .text, .other: break
      }
    }
    return false
  }

  private mutating func beginElement(
    _ layout: IwmoLayout,
    _ names: inout IwmoNames,
    _ rows: inout DocumentRows
  ) throws(IngestError) {
    let depth = reader.depth
    guard depth < IwmoLimits.depth else { throw refuse(.depth(limit: IwmoLimits.depth)) }
    if skippedDepth >= 0 { return }
    let isEmpty = reader.isEmptyElement
    var child = -1
    if let parent = nodes.last, let name = unsafe reader.localName {
      child = unsafe names.child(of: parent, named: name)
      if child >= 0, !isOfMessage() { child = -1 }
    }
    guard child >= 0 else {
      if !isEmpty { skippedDepth = depth }
      return
    }
    nodes.append(child)
    let node = layout.nodes[child]
    switch node.scope {
    case .none: break
    case .client:
      try checkHeader(layout)
      values.beginClient(layout, rowCount: rows.rows.count)
    case .address: values.beginAddress(layout)
    case .row: values.beginRow(layout, line: reader.line)
    }
    if node.slot >= 0 { values.beginText(at: rows.bytes.count) }
    if isEmpty { _ = endElement(at: depth, layout, &rows) }
  }

  /// Whether the element is in a name space of the message.
  private mutating func isOfMessage() -> Bool {
    let address = reader.namespaceAddress
    for known in spaceAddresses where known == address { return true }
    guard unsafe space.holds(reader.namespace) else { return false }
    spaceAddresses.append(address)
    return true
  }

  /// - Returns: whether a client ended.
  private mutating func endElement(
    at depth: Int,
    _ layout: IwmoLayout,
    _ rows: inout DocumentRows
  ) -> Bool {
    if skippedDepth >= 0 {
      if depth == skippedDepth { skippedDepth = -1 }
      return false
    }
    guard let number = nodes.popLast() else { return false }
    let node = layout.nodes[number]
    if node.slot >= 0 { values.endText(node.slot, layout, &rows.bytes) }
    switch node.scope {
    case .none: return false
    case .address: values.endAddress(layout, rows.bytes)
    case .row: values.endRow(layout, file: file, &rows)
    case .client:
      values.endClient(layout, &rows)
      return true
    }
    return false
  }

  private mutating func takeText(
    _ layout: IwmoLayout,
    _ rows: inout DocumentRows
  ) throws(IngestError) {
    guard skippedDepth < 0, let node = nodes.last, layout.nodes[node].slot >= 0 else { return }
    unsafe rows.bytes.append(contentsOf: reader.text)
    guard rows.bytes.count - values.textStart <= IwmoLimits.textLength else {
      throw refuse(.textLength(limit: IwmoLimits.textLength))
    }
  }

  /// Looks at the root element.
  ///
  /// - Returns: false if the message is skipped.
  private mutating func beginMessage(_ rows: inout DocumentRows) throws(IngestError) -> Bool {
    space = unsafe IwmoNamespace(reader.namespace)
    guard unsafe space.isRoot(reader.localName), let message = space.message else {
      throw refuse(.version(found: space.found))
    }
    if IwmoPaths.returnMessages.contains(message) {
      rows.skipped[.returnMessage, default: 0] += 1
      return false
    }
    guard let layout = layouts[message] else {
      guard IwmoPaths.messageCodes[message] != nil || IwmoPaths.otherMessages.contains(message)
      else { throw refuse(.version(found: space.found)) }
      rows.skipped[.notAsked, default: 0] += 1
      return false
    }
    self.layout = layout
    names = IwmoNames(layout)
    spaceAddresses = [reader.namespaceAddress]
    nodes = reader.isEmptyElement ? [] : [0]
    values.beginMessage(layout, &rows)
    return true
  }

  private func checkHeader(_ layout: IwmoLayout) throws(IngestError) {
    guard let expected = IwmoPaths.messageCodes[layout.message] else { return }
    let found = values.number(layout.messageCode).map { Int(truncatingIfNeeded: $0) }
    guard found == expected else {
      throw refuse(.messageCode(found: found, expected: expected, message: layout.message))
    }
  }

  private func finishMessage(_ layout: IwmoLayout) throws(IngestError) {
    try checkHeader(layout)
    if let element = values.repeatedElement { throw refuse(.repeated(element: element)) }
    guard values.agreesWithTotal(layout) else { throw refuse(.controlTotal) }
  }
}

/// How much a message may ask of us; see "Hostile input" of the design.
enum IwmoLimits {
  /// Elements in each other.
  static let depth = 64
  /// Bytes of a text.
  static let textLength = 1 << 20
}
