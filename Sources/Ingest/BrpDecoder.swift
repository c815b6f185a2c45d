import Diagnostics
import PipelineFile

/// Reads persons of Haal Centraal BRP JSON.
///
/// - Note: Clear identifiers pass through here.
final class BrpDecoder: DocumentDecoder {
  private let input: DocumentInput
  private let path: String
  private let file: Int
  private let person: BrpPerson
  private let columnCount: Int
  private var splitter: BrpSplitter
  private var scanner: JsonScanner
  private var hasBegun = false

  init(
    _ input: DocumentInput,
    columns: [SourceColumn],
    limits: SourceLimits,
    path: String,
    file: Int
  ) {
    self.input = input
    self.path = path
    self.file = file
    person = BrpPerson(columns)
    columnCount = columns.count
    scanner = JsonScanner(person.shape, limits)
    splitter = BrpSplitter(lengthLimit: limits.line)
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    let firstRow = rows.rows.count
    let number = rows.facts.count
    rows.facts.append(FileFacts(file: file))
    defer { rows.facts[number].rowCount = rows.rows.count - firstRow }
    if !hasBegun { try begin() }
    while true {
      let piece = input.peek()
      if piece.isEmpty {
        if let failure = input.failure { throw .file(failure) }
        try finish()
        return true
      }
      let (used, event) = unsafe piece.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return (0, BrpSplitter.Event.none) }
        return unsafe splitter.advance(base, buffer.count)
      }
      input.skip(used)
      switch event {
      case .none: break
      case .person:
        takePerson(&rows)
        if rows.bytes.count >= byteLimit { return false }
      case .broken:
        refusePerson(Fault.structure, &rows)
        splitter.clear()
      case .envelope: try takeEnvelope()
      case .malformed:
        throw refuse(
          splitter.isTooLong ? .recordLength(limit: splitter.lengthLimit) : .malformedJSON
        )
      }
    }
  }

  /// Looks at the first bytes.
  private func begin() throws(IngestError) {
    hasBegun = true
    let start = input.peek()
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      throw .refused(
        .byteOrderMark(found: "utf-16", declared: Encoding.utf8.rawValue),
        Place(file: path)
      )
    }
    guard !start.prefix(4096).contains(0) else { throw .refused(.nul, Place(file: path)) }
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { input.skip(3) }
  }

  private func finish() throws(IngestError) {
    guard splitter.isComplete else { throw refuse(.truncated) }
    guard splitter.valueCount > 0 else { throw .refused(.noPersons, Place(file: path)) }
  }

  private func refuse(_ fault: FileFault) -> IngestError {
    .refused(fault, Place(file: path, line: splitter.line))
  }

  /// Judges what stands around the persons.
  private func takeEnvelope() throws(IngestError) {
    let fault = unsafe splitter.isTooLong ? Fault.limit : scan { _, _ in }
    splitter.clear()
    guard fault == Fault.none else {
      throw .refused(.malformedJSON, Place(file: path, line: splitter.firstLine))
    }
  }

  private func refusePerson(_ fault: UInt8, _ rows: inout DocumentRows) {
    var row = JsonRow(columnCount: columnCount, base: 0)
    row.refuse(fault, in: -1)
    rows.append(row, file: file, line: splitter.firstLine)
  }

  private func takePerson(_ rows: inout DocumentRows) {
    defer { splitter.clear() }
    if splitter.isTooLong { return refusePerson(Fault.lineLength, &rows) }
    // The texts that do not stand in the person are told from the others by their place.
    let base = splitter.text.count + CsvLimits.padding + 1
    var row = JsonRow(columnCount: columnCount, base: base)
    var isMistake = false
    var values: [UInt8] = []
    let fault = unsafe scan { scanner, text in
      isMistake = unsafe !person.fill(&row, scanner, text)
      // Only what is read leaves the person.
      for column in row.values.indices where row.values[column] != 0 {
        let start = Int(row.values[column] >> 32)
        let length = Int(row.values[column] & 0xFFFF_FFFF)
        row.values[column] = UInt64(rows.bytes.count + values.count) << 32 | UInt64(length)
        if start >= base {
          values += row.added[(start - base)..<(start - base + length)]
        } else {
          unsafe values.append(
            contentsOf: UnsafeBufferPointer(start: text + start, count: length)
          )
        }
      }
    }
    guard fault == Fault.none else { return refusePerson(fault, &rows) }
    if isMistake { return rows.skip(.withdrawn) }
    rows.bytes += values
    rows.append(row, file: file, line: splitter.firstLine)
  }

  /// Scans what the splitter holds, and does something with it unless it is refused.
  private func scan(
    _ body: (borrowing JsonScanner, UnsafePointer<UInt8>) -> Void
  ) -> UInt8 {
    var text = splitter.text
    let end = text.count
    text.append(0x0A)
    text.append(contentsOf: repeatElement(0, count: CsvLimits.padding))
    return unsafe text.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return Fault.structure }
      let fault = unsafe scanner.scan(base, from: 0, to: end)
      if fault == Fault.none { unsafe body(scanner, base) }
      return fault
    }
  }
}
