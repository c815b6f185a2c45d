import Diagnostics
import PipelineFile
import Tabular

/// One iWmo or iJw message, read from its root to its end as a stream.
///
/// Nothing but the paths of the layout is read: what stands elsewhere is passed over unseen. A fault
/// of the message is told at its end, so that all its rows are counted.
///
/// - Note: Clear identifiers pass through here.
struct IwmoMessage: ~Copyable {
  private let input: XMLInput
  private var reader: XMLReader
  private let format: IwmoFormat
  private let path: String
  private let file: Int
  /// What the envelope says is inside; nil without one.
  private let function: [UInt8]?

  private var space: IwmoNamespace?
  private var layout: IwmoLayout?
  private var names: IwmoNames?
  private var values: IwmoValues?
  /// The addresses of the name spaces that are read, as far as they were met.
  private var spaceAddresses: [UInt] = []
  /// The nodes of the layout from the root to where the reader stands.
  private var nodes: [Int] = []
  /// The depth of the outermost element that is passed over, or -1.
  private var skippedDepth = -1
  /// The first fault of the message, and its line.
  private var fault: (fault: FileFault, line: Int)?
  private var isHeaderChecked = false

  /// Begins a message.
  ///
  /// - Parameters:
  ///   - input: its bytes.
  ///   - format: what the source reads; other messages are skipped.
  ///   - function: what the envelope around it says is inside; nil without one.
  ///   - path: as the run names the file.
  ///   - file: the index of the file.
  /// - Throws: `readerUnavailable`.
  init(
    _ input: XMLInput,
    format: IwmoFormat,
    function: [UInt8]?,
    path: String,
    file: Int
  ) throws(IngestError) {
    guard let reader = XMLReader(input, schema: format.schema) else {
      throw .readerUnavailable(Place(file: path))
    }
    self.input = input
    self.reader = reader
    self.format = format
    self.function = function
    self.path = path
    self.file = file
  }

  /// Reads on until the message ends or the values of its rows take more than so many bytes.
  ///
  /// - Returns: whether the message ended.
  mutating func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    let firstRow = rows.rows.count
    if let layout {
      values?.placeMessageTexts(layout, &rows)
    } else {
      guard try beginDocument(&rows) else { return true }
    }
    guard let layout, var names = names.take(), var values = values.take() else { return true }
    // Taken out of the message and put back: the loop then has them for itself.
    let facts = rows.facts.count
    rows.facts.append(FileFacts(file: file))
    let isDone = try readRows(layout, &names, &values, &rows, byteLimit)
    values.tell(&rows.facts[facts], layout)
    rows.facts[facts].rowCount = rows.rows.count - firstRow
    if isDone {
      try finishMessage(layout, values)
      rows.facts[facts].amountMismatches = values.mismatchCount
    }
    self.names = names
    self.values = values
    return isDone
  }

  private mutating func readRows(
    _ layout: IwmoLayout,
    _ names: inout IwmoNames,
    _ values: inout IwmoValues,
    _ rows: inout DocumentRows,
    _ byteLimit: Int
  ) throws(IngestError) -> Bool {
    while let node = try nextNode() {
      switch node {
      case .elementStart: try beginElement(layout, &names, &values, &rows)
      case .elementEnd:
        if try endElement(layout, &values, &rows), rows.isFull(byteLimit) { return false }
      case .text:
        guard skippedDepth < 0, let node = nodes.last, layout.nodes[node].takesText else { break }
        unsafe rows.bytes.append(contentsOf: reader.text)
      case .documentType: throw refuse(.doctype)
      case .entity: throw refuse(.entity)
      case .other: break
      }
    }
    return true
  }

  private mutating func nextNode() throws(IngestError) -> XMLReader.Node? {
    do throws(XMLFault) {
      return try reader.read()
    } catch {
      if let early = firstFault { throw early }
      throw input.refusal(of: error, path: path)
    }
  }

  private func refuse(_ fault: FileFault) -> IngestError {
    .refused(fault, Place(file: path, line: reader.line))
  }

  private mutating func note(_ found: FileFault) {
    if fault == nil { fault = (found, reader.line) }
  }

  /// What refuses the message, found by us or by its schema; the one of the earlier line.
  private var firstFault: IngestError? {
    var first = fault
    if let invalidity = reader.invalidity, first.map({ invalidity.line < $0.line }) ?? true {
      // Names come from the file: only those of the standard or of the schema are told.
      let name =
        layout?.knownName(invalidity.element) ?? format.schema?.knownName(invalidity.element)
      first = (.schema(element: name, code: invalidity.code), invalidity.line)
    }
    return first.map { .refused($0.fault, Place(file: path, line: $0.line)) }
  }

  // MARK: the root

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

  /// Looks at the root element.
  ///
  /// - Returns: false if the message is skipped.
  private mutating func beginMessage(_ rows: inout DocumentRows) throws(IngestError) -> Bool {
    let space = unsafe IwmoNamespace(reader.namespace)
    guard unsafe space.isRoot(reader.localName), let message = space.message else {
      if unsafe GgkNames.isFault(reader.localName, reader.namespace) {
        rows.skipped[.notAsked, default: 0] += 1
        return false
      }
      if function != nil, unsafe GgkNames.isEnvelope(reader.localName) {
        throw refuse(.envelope(.envelope))
      }
      throw refuse(.version(found: space.found))
    }
    if let function, !GgkNames.names(function, message) { throw refuse(.envelope(.function)) }
    let number = message.kind.message
    if IwmoKind.returnMessages.contains(number) {
      rows.skipped[.returnMessage, default: 0] += 1
      return false
    }
    guard let layout = format.layouts[message.kind] else {
      guard IwmoKind.all.contains(message.kind) || IwmoKind.otherMessages.contains(number) else {
        throw refuse(.version(found: space.text))
      }
      rows.skipped[.notAsked, default: 0] += 1
      return false
    }
    self.space = space
    self.layout = layout
    names = IwmoNames(layout)
    spaceAddresses = [reader.namespaceAddress]
    nodes = [0]
    var values = IwmoValues(layout, law: message.law)
    values.placeMessageTexts(layout, &rows)
    self.values = values
    return true
  }

  // MARK: elements

  private mutating func beginElement(
    _ layout: IwmoLayout,
    _ names: inout IwmoNames,
    _ values: inout IwmoValues,
    _ rows: inout DocumentRows
  ) throws(IngestError) {
    let depth = reader.depth
    let limit = input.limits.nesting
    guard depth < limit else { throw refuse(.depth(limit: limit)) }
    if skippedDepth >= 0 { return }
    var child = -1
    if let parent = nodes.last, let name = unsafe reader.localName {
      child = unsafe names.child(of: parent, named: name)
      if child >= 0, !isOfMessage() { child = -1 }
    }
    guard child >= 0 else {
      skippedDepth = depth
      return
    }
    nodes.append(child)
    let node = layout.nodes[child]
    switch node.scope {
    case .none: break
    case .client:
      checkHeader(layout, values)
      values.beginClient(layout, rowCount: rows.rows.count)
    case .decision: values.beginDecision(layout, rowCount: rows.rows.count)
    case .address: values.beginAddress(layout)
    case .row: values.beginRow(layout, line: reader.line)
    }
    if node.takesText { values.beginText(at: rows.bytes.count) }
  }

  /// Whether the element is in a name space of the message.
  private mutating func isOfMessage() -> Bool {
    let address = reader.namespaceAddress
    for known in spaceAddresses where known == address { return true }
    guard unsafe space?.holds(reader.namespace) == true else { return false }
    spaceAddresses.append(address)
    return true
  }

  /// - Returns: whether a client ended.
  private mutating func endElement(
    _ layout: IwmoLayout,
    _ values: inout IwmoValues,
    _ rows: inout DocumentRows
  ) throws(IngestError) -> Bool {
    if skippedDepth >= 0 {
      if reader.depth == skippedDepth { skippedDepth = -1 }
      return false
    }
    guard let number = nodes.popLast() else { return false }
    let node = layout.nodes[number]
    if node.takesText,
      !values.endText(node.slot, isDate: node.isDate, layout, &rows.bytes)
    {
      let element = String(decoding: layout.names[number], as: UTF8.self)
      note(.value(element: element, reason: .date))
    }
    switch node.scope {
    case .none: return false
    case .decision: values.endDecision(layout, &rows)
    case .address: values.endAddress(layout, rows.bytes)
    case .row:
      values.endRow(layout, file: file, &rows)
      // The rows of a client wait for what they have in common.
      guard rows.bytes.count < IwmoLimits.clientLength else {
        throw refuse(.clientLength(limit: IwmoLimits.clientLength))
      }
    case .client:
      values.endClient(layout, &rows)
      return true
    }
    return false
  }

  // MARK: checks

  private mutating func checkHeader(_ layout: IwmoLayout, _ values: borrowing IwmoValues) {
    guard !isHeaderChecked else { return }
    isHeaderChecked = true
    let message = layout.kind.message
    guard let law = space?.message?.law, let expected = law.code(of: message) else { return }
    let found = values.number(layout.messageCode).map { Int(truncatingIfNeeded: $0) }
    guard found != expected else { return }
    note(.messageCode(found: found, expected: expected, message: message))
  }

  private mutating func finishMessage(
    _ layout: IwmoLayout,
    _ values: borrowing IwmoValues
  ) throws(IngestError) {
    checkHeader(layout, values)
    if let element = values.repeatedElement { note(.repeated(element: element)) }
    if let first = firstFault { throw first }
    guard values.agreesWithTotal(layout) else { throw refuse(.controlTotal) }
  }
}

/// How much any message may ask of us, beside the limits that a source may change.
enum IwmoLimits {
  /// Bytes of the values of one client's rows.
  static let clientLength = 1 << 28
}
