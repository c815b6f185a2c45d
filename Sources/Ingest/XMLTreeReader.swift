import Diagnostics
import PipelineFile

/// Goes through a document from its root to its end, and stops at the elements of a tree only.
///
/// Limits and faults are told for all of the document, also where nothing is read.
///
/// - Note: Clear identifiers pass through here.
@safe struct XMLTreeReader: ~Copyable {
  /// Where the reader stopped: at a node of the tree.
  enum Stop {
    case start(Int)
    case end(Int)
    /// A piece of its text; see `text`.
    case text(Int)
  }

  private let tree: XMLTree
  private let schema: XMLSchema?
  private let input: XMLInput
  private var reader: XMLReader
  private let path: String
  /// What refuses the document when it holds another element than the tree allows.
  private let strange: FileFault
  /// For each node the address of its name in libxml2's dictionary, 0 before it is met: equal names
  /// of a document have one address, other names have another.
  private var addresses: [UInt]
  /// The nodes from the document to where the reader stands.
  private var open = [0]
  /// The depth of the outermost element that is passed over, or -1.
  private var skippedDepth = -1
  /// For each node the address of its name space, 0 before it is met.
  private var spaceAddresses: [UInt]
  /// Elements begun so far: pieces of a text with others between them are told by it.
  private(set) var elementCount = 0
  /// Bytes of text since the last tag.
  private var textLength = 0

  /// Begins a document.
  ///
  /// - Parameters:
  ///   - input: its bytes.
  ///   - tree: the elements to stop at.
  ///   - schema: what it is checked against while it is read; nil for nothing.
  ///   - path: as the run names the file.
  ///   - strange: what refuses a document that holds another element than the tree allows.
  /// - Throws: `readerUnavailable`.
  init(
    _ input: XMLInput,
    tree: XMLTree,
    schema: XMLSchema?,
    path: String,
    strange: FileFault
  ) throws(IngestError) {
    guard let reader = XMLReader(input, schema: schema) else {
      throw .readerUnavailable(Place(file: path))
    }
    self.input = input
    self.reader = reader
    self.tree = tree
    self.schema = schema
    self.path = path
    self.strange = strange
    addresses = Array(repeating: 0, count: tree.nodes.count)
    spaceAddresses = addresses
  }

  /// Bytes of a text.
  var textLimit: Int { input.limits.text }

  /// The line where the reader stands.
  var line: Int { reader.line }

  /// Whether the piece of text at hand is white space.
  var isBlankText: Bool { reader.isBlankText }

  /// Whether the element begun last has attributes.
  var hasAttributes: Bool { reader.hasAttributes }

  func refuse(_ fault: FileFault) -> IngestError {
    .refused(fault, Place(file: path, line: reader.line))
  }

  /// Puts the value of an attribute of the element begun last behind the bytes.
  ///
  /// - Returns: how many are called so.
  func appendAttribute(_ name: [UInt8], space: [UInt8]?, to bytes: inout [UInt8]) -> Int {
    reader.appendAttribute(name, space: space, to: &bytes)
  }

  /// Puts the piece of text at hand behind the bytes; at most `textLimit` of them.
  func appendText(to bytes: inout [UInt8]) {
    unsafe bytes.append(contentsOf: reader.text)
  }

  /// Goes to the next stop; nil at the end of the document.
  ///
  /// - Throws: `file`, `refused`.
  mutating func next() throws(IngestError) -> Stop? {
    while let node = try nextNode() {
      switch node {
      case .elementStart:
        textLength = 0
        elementCount &+= 1
        if let begun = try beginElement() { return .start(begun) }
      case .elementEnd:
        textLength = 0
        if skippedDepth < 0 { return open.popLast().map { .end($0) } }
        if reader.depth == skippedDepth { skippedDepth = -1 }
      case .text:
        if let holder = try takeText() { return .text(holder) }
      case .documentType: throw refuse(.doctype)
      case .entity: throw refuse(.entity)
      case .other: break
      }
    }
    // Told at the end, so that all rows of a message that is refused are counted.
    if let breach { throw breach }
    return nil
  }

  /// What refuses a document that breaks its schema, as far as it was read.
  private var breach: IngestError? {
    guard let invalidity = reader.invalidity else { return nil }
    // Names come from the file: only those of the tree or of the schema are told.
    let name =
      tree.names.contains(invalidity.element)
      ? String(decoding: invalidity.element, as: UTF8.self)
      : schema?.knownName(invalidity.element)
    return .refused(
      .schema(element: name, code: invalidity.code),
      Place(file: path, line: invalidity.line)
    )
  }

  private mutating func nextNode() throws(IngestError) -> XMLReader.Node? {
    do throws(XMLFault) {
      return try reader.read()
    } catch {
      if let breach { throw breach }
      // What the parser gave up on is longer than what we do.
      if input.longRun == .text { throw refuse(.textLength(limit: textLimit)) }
      throw input.refusal(of: error, path: path)
    }
  }

  private mutating func beginElement() throws(IngestError) -> Int? {
    let depth = reader.depth
    let limit = input.limits.nesting
    guard depth < limit else { throw refuse(.depth(limit: limit)) }
    if skippedDepth >= 0 { return nil }
    guard let parent = open.last else { return nil }
    let child = child(of: parent)
    guard child >= 0 else {
      if tree.nodes[parent].isClosed { throw refuse(strange) }
      skippedDepth = depth
      return nil
    }
    open.append(child)
    return child
  }

  private mutating func child(of parent: Int) -> Int {
    guard let name = unsafe reader.localName else { return -1 }
    let address = UInt(bitPattern: name)
    var child = tree.nodes[parent].firstChild
    // A name in any name space gives way to one in this.
    var other = -1
    while child >= 0 {
      if addresses[child] == 0, unsafe isEqual(name, tree.names[child]) {
        addresses[child] = address
      }
      if addresses[child] == address {
        guard let space = tree.spaces[child] else {
          other = child
          child = tree.nodes[child].sibling
          continue
        }
        if isInSpace(child, space) { return child }
      }
      child = tree.nodes[child].sibling
    }
    return other
  }

  private mutating func isInSpace(_ node: Int, _ space: [UInt8]) -> Bool {
    let address = reader.namespaceAddress
    guard address != 0 else { return space.isEmpty }
    if spaceAddresses[node] == address { return true }
    guard unsafe reader.namespace.map({ unsafe isEqual($0, space) }) ?? false else { return false }
    spaceAddresses[node] = address
    return true
  }

  /// - Returns: the node whose text it is, if it is wanted.
  private mutating func takeText() throws(IngestError) -> Int? {
    textLength += unsafe reader.text.count
    guard textLength <= textLimit else { throw refuse(.textLength(limit: textLimit)) }
    guard skippedDepth < 0, let node = open.last, tree.nodes[node].takesText else { return nil }
    return node
  }
}

/// How much any XML document may ask of us, beside the limits that a source may change.
enum XMLLimits {
  /// Bytes of all values of a row together.
  static let rowLength = 16 << 20
}
