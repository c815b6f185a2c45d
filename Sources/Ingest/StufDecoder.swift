import Diagnostics

/// Reads StUF-BG 0310 answers with persons.
///
/// - Note: Clear identifiers pass through here.
final class StufDecoder: DocumentDecoder {
  private typealias Meaning = StufLayout.Meaning

  private static let kind = Array("entiteittype".utf8)
  private static let person = Array("NPS".utf8)

  private let layout: StufLayout
  private var reader: XMLTreeReader
  private let file: Int
  private var object: StufObject
  /// The object at hand is a person.
  private var isPerson = false
  private var personCount = 0
  /// The text of an element of the header.
  private var text: [UInt8] = []
  private var facts: FileFacts
  private var hasAnswer = false
  /// What the answer gives as the number of persons: nil for nothing, a negative one for no number.
  private var expectedCount: Int?

  init(
    _ input: XMLInput,
    layout: StufLayout,
    schema: XMLSchema?,
    path: String,
    file: Int
  ) throws(IngestError) {
    self.layout = layout
    self.file = file
    reader = try XMLTreeReader(
      input,
      tree: layout.tree,
      schema: schema,
      path: path,
      strange: .answer(expected: StufLayout.standard)
    )
    object = StufObject(layout)
    facts = FileFacts(file: file)
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    let firstRow = rows.rows.count
    var isDone = true
    while let stop = try reader.next() {
      switch stop {
      case .start(let node): try begin(node, &rows)
      case .text(let node): try takeText(node, &rows.bytes)
      case .end(let node):
        try end(node, &rows)
        isDone = !(layout.tree.nodes[node].meaning == Meaning.object && rows.isFull(byteLimit))
      }
      if !isDone { break }
    }
    if isDone { try finish() }
    facts.rowCount = rows.rows.count - firstRow
    rows.facts.append(facts)
    return isDone
  }

  private func begin(_ node: Int, _ rows: inout DocumentRows) throws(IngestError) {
    text.removeAll(keepingCapacity: true)
    switch layout.tree.nodes[node].meaning {
    case Meaning.error: throw reader.refuse(.senderError)
    case Meaning.answer:
      if hasAnswer { throw reader.refuse(.repeated(element: "npsLa01")) }
      hasAnswer = true
    case Meaning.object:
      _ = reader.appendAttribute(Self.kind, space: StufLayout.stufSpace, to: &text)
      isPerson = text == Self.person
      object.begin(line: reader.line, rows.bytes)
    default:
      let slot = layout.slots[node]
      if slot >= 0 && isPerson { object.beginText(slot, of: reader, rows.bytes) }
    }
  }

  private func takeText(_ node: Int, _ bytes: inout [UInt8]) throws(IngestError) {
    let slot = layout.slots[node]
    if slot >= 0 {
      guard !isPerson || object.takeText(slot, of: reader, &bytes) else {
        throw reader.refuse(.textLength(limit: reader.textLimit))
      }
    } else if text.count <= 256 {
      // Nothing in the header is as long as that.
      reader.appendText(to: &text)
    }
  }

  private func end(_ node: Int, _ rows: inout DocumentRows) throws(IngestError) {
    let meaning = layout.tree.nodes[node].meaning
    switch meaning {
    case Meaning.object:
      if isPerson {
        personCount += 1
        object.end(file: file, &rows)
      } else {
        rows.skipped[.otherType, default: 0] += 1
      }
      isPerson = false
    case Meaning.text:
      let slot = layout.slots[node]
      if slot >= 0 && isPerson { object.endText(slot, &rows.bytes) }
    default: try endHeader(meaning)
    }
  }

  private func endHeader(_ meaning: Int) throws(IngestError) {
    let place = trimmedText(from: 0, &text)
    let value = text[Int(place >> 32)...].prefix(256)
    switch meaning {
    case Meaning.organisation: facts.sender = Array(value)
    case Meaning.application: facts.sender += [0x2F] + value
    case Meaning.reference: facts.identifier = Array(value)
    case Meaning.time: facts.day = smallNumber(value.prefix(8)) ?? 0
    case Meaning.count where !value.isEmpty: expectedCount = smallNumber(value) ?? -1
    case Meaning.more:
      if value.elementsEqual("true".utf8) || value.elementsEqual("1".utf8) {
        throw reader.refuse(.moreToAsk)
      }
    default: break
    }
  }

  private func finish() throws(IngestError) {
    guard hasAnswer else { throw reader.refuse(.answer(expected: StufLayout.standard)) }
    if let expectedCount, expectedCount != personCount {
      throw reader.refuse(
        .personCount(found: personCount, expected: expectedCount < 0 ? nil : expectedCount)
      )
    }
    let withheld = object.withheldColumns
    if !withheld.isEmpty { throw reader.refuse(.withheldColumns(withheld)) }
  }
}
