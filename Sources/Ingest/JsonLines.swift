import Glibc
import PipelineFile
import Tabular

/// Reads chunks of lines that are JSON records; each worker has its own.
///
/// - Note: Clear identifiers pass through here.
final class JsonLines {
  private enum Kind {
    case rows(NdjsonRecord)
    case resources(FhirRecord)
  }

  private let kind: Kind
  private let columnCount: Int
  private let lineLimit: Int
  private var scanner: JsonScanner

  /// - Returns: nil for a format of other lines, or of none.
  init?(_ source: Source) {
    switch source.format {
    case .ndjson(let dialect):
      let record = NdjsonRecord(source.columns, dialect)
      kind = .rows(record)
      scanner = JsonScanner(record.shape, source.limits)
    case .fhir(let rows):
      let record = FhirRecord(rows: rows, source.columns)
      kind = .resources(record)
      scanner = JsonScanner(record.shape, source.limits)
    default: return nil
    }
    columnCount = source.columns.count
    lineLimit = source.limits.line
  }

  /// Reads the lines of a chunk; lines without text are none.
  ///
  /// - Returns: their rows, told by lines of the chunk from 1, and how many lines it has.
  func read(_ chunk: consuming LineChunk, file: Int) -> (rows: DocumentRows, lineCount: Int) {
    var rows = DocumentRows()
    var lineCount = 0
    let end = chunk.end
    swap(&rows.bytes, &chunk.bytes)
    var row = JsonRow(columnCount: columnCount, base: rows.bytes.count)
    var bytes: [UInt8] = []
    swap(&bytes, &rows.bytes)
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return }
      var position = 0
      while position < end {
        lineCount += 1
        let lineEnd = unsafe endOfLine(text, position, end)
        if unsafe skipBlanks(text, position, lineEnd) < lineEnd {
          unsafe read(text, position, lineEnd, lineCount, file, &row, &rows)
        }
        position = lineEnd + 1
      }
    }
    bytes += row.added
    rows.bytes = bytes
    var facts = FileFacts(file: file)
    facts.rowCount = rows.rows.count
    rows.facts = [facts]
    return (rows, lineCount)
  }

  private func read(
    _ text: UnsafeMutablePointer<UInt8>,
    _ start: Int,
    _ end: Int,
    _ line: Int,
    _ file: Int,
    _ row: inout JsonRow,
    _ rows: inout DocumentRows
  ) {
    row.clear()
    let isTooLong = end - start > lineLimit
    let fault = isTooLong ? Fault.lineLength : unsafe scanner.scan(text, from: start, to: end)
    guard fault == Fault.none else {
      row.refuse(fault, in: -1)
      return rows.append(row, file: file, line: line)
    }
    switch kind {
    case .rows(let record):
      unsafe record.fill(&row, scanner, text)
      rows.append(row, file: file, line: line)
    case .resources(let record):
      unsafe record.read(&row, scanner, text, file: file, line: line, into: &rows)
    }
  }

  private func endOfLine(_ text: UnsafeMutablePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard let found = unsafe memchr(text + start, 0x0A, end - start) else { return end - 1 }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(text)
  }
}

extension DocumentRows {
  /// Adds a row that was made from a record.
  mutating func append(
    _ row: borrowing JsonRow,
    file: Int,
    line: Int,
    role: RowRole = .ordinary
  ) {
    values.append(contentsOf: row.values)
    rows.append(
      Row(file: file, line: line, fault: row.fault, faultColumn: row.faultColumn, role: role)
    )
  }
}
