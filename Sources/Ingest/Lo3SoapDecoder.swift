import Diagnostics

/// Reads answers of the GBA-V.
///
/// - Note: Clear identifiers pass through here.
final class Lo3SoapDecoder: DocumentDecoder {
  private typealias Meaning = Lo3SoapLayout.Meaning

  private let layout: Lo3SoapLayout
  private var reader: XMLTreeReader
  private let file: Int
  private var person: Lo3Person
  private var facts: FileFacts

  private var hasAnswer = false
  /// 0 found, 33 nobody; nil before it is told.
  private var resultCode: Int?
  private var personCount = 0
  /// How many occurrences of the stack have begun: the first is current.
  private var occurrence = 0
  /// The category of the occurrence at hand, if it is current and read; 0 before it is told, -1 if
  /// it is not.
  private var category = -1
  /// The element at hand, by its place; -1 if it is not wanted, -2 before it is told, -3 once it has
  /// its value.
  private var place = -1
  private var number: [UInt8] = []
  private var valueStart = 0

  init(
    _ input: XMLInput,
    layout: Lo3SoapLayout,
    person: Lo3Layout,
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
      strange: .answer(expected: Lo3SoapLayout.standard)
    )
    self.person = Lo3Person(person)
    facts = FileFacts(file: file)
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    let firstRow = rows.rows.count
    var isDone = true
    while let stop = try reader.next() {
      switch stop {
      case .start(let node): try begin(layout.tree.nodes[node].meaning, &rows)
      case .text(let node): try takeText(layout.tree.nodes[node].meaning, &rows.bytes)
      case .end(let node):
        let meaning = layout.tree.nodes[node].meaning
        try end(meaning, &rows)
        isDone = !(meaning == Meaning.person && rows.isFull(byteLimit))
      }
      if !isDone { break }
    }
    if isDone { try finish() }
    facts.rowCount = rows.rows.count - firstRow
    rows.facts.append(facts)
    return isDone
  }

  private func begin(_ meaning: Int, _ rows: inout DocumentRows) throws(IngestError) {
    switch meaning {
    case Meaning.error: throw reader.refuse(.senderError)
    case Meaning.answer:
      if hasAnswer { throw reader.refuse(.repeated(element: "vraagReturn")) }
      hasAnswer = true
    case Meaning.person:
      personCount += 1
      person.begin(line: reader.line)
    case Meaning.stack: occurrence = 0
    case Meaning.occurrence:
      // What follows the first is what was.
      category = occurrence == 0 ? 0 : -1
      if occurrence == 0 { occurrence = 1 }
    case Meaning.element: place = category > 0 ? -2 : -1
    case Meaning.value:
      valueStart = rows.bytes.count
      // Before both numbers are told nobody knows whose value this is.
      if category == 0 || place < -1 { person.refuse(Fault.structure) }
    case Meaning.category, Meaning.number, Meaning.resultCode:
      number.removeAll(keepingCapacity: true)
    default: break
    }
  }

  private func takeText(_ meaning: Int, _ bytes: inout [UInt8]) throws(IngestError) {
    switch meaning {
    case Meaning.value where place >= 0:
      reader.appendText(to: &bytes)
      guard bytes.count - valueStart <= reader.textLimit else {
        throw reader.refuse(.textLength(limit: reader.textLimit))
      }
    case Meaning.category, Meaning.number, Meaning.resultCode:
      if number.count < 64 { reader.appendText(to: &number) }
    default: break
    }
  }

  private func end(_ meaning: Int, _ rows: inout DocumentRows) throws(IngestError) {
    switch meaning {
    case Meaning.resultCode: try endResult()
    case Meaning.category: beginCategory()
    case Meaning.number: beginElement()
    case Meaning.value:
      if place >= 0 {
        person.take(place, from: valueStart, &rows.bytes)
        place = -3
      }
    case Meaning.occurrence:
      if category > 0 { person.endCategory(category, rows.bytes) }
      category = -1
    case Meaning.person: person.end(file: file, &rows)
    default: break
    }
  }

  private var writtenNumber: Int? {
    let place = trimmedText(from: 0, &number)
    return smallNumber(number[Int(place >> 32)...])
  }

  private func beginCategory() {
    guard category == 0 else {
      if category > 0 { person.refuse(Fault.structure) }
      return
    }
    guard let written = writtenNumber else {
      person.refuse(Fault.structure)
      return
    }
    category = Lo3Elements.isRead(category: written) ? written : -1
    if category > 0 { person.beginCategory(category) }
  }

  private func beginElement() {
    guard place == -2 else {
      if place >= 0 { person.refuse(Fault.structure, at: place) }
      return
    }
    guard let written = writtenNumber else {
      person.refuse(Fault.structure)
      place = -1
      return
    }
    place = person.beginElement(category: category, number: written)
  }

  private func endResult() throws(IngestError) {
    let code = writtenNumber
    guard resultCode == nil, let code, code == 0 || code == 33 else {
      throw reader.refuse(.senderError)
    }
    resultCode = code
  }

  private func finish() throws(IngestError) {
    guard hasAnswer, resultCode != nil || personCount > 0 else {
      throw reader.refuse(.answer(expected: Lo3SoapLayout.standard))
    }
    // An answer that says that there is nobody, and gives somebody, is none to trust.
    if resultCode == 33 && personCount > 0 { throw reader.refuse(.senderError) }
  }
}
