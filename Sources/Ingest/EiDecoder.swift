import Diagnostics
import PipelineFile

/// What is made of the records of an EI file, one after the other.
///
/// - Note: Clear identifiers pass through here.
protocol EiRecords {
  /// As the run names the file.
  var path: String { get }
  /// Where the values of the rows go.
  var sink: EiSink { get }
  /// Whether the rest of the file is passed over.
  var isPassedOver: Bool { get }

  /// To be called before records are taken into rows.
  mutating func resume(_ rows: inout DocumentRows)

  /// Takes a record.
  ///
  /// - Returns: whether the rows may be handed out now.
  /// - Throws: `refused`.
  mutating func take(
    _ line: EiLines.Line,
    _ text: Span<UInt8>,
    _ rows: inout DocumentRows
  ) throws(IngestError) -> Bool

  /// To be called before rows are handed out.
  mutating func pause(_ rows: inout DocumentRows)

  /// To be called at the end of the file.
  ///
  /// - Throws: `refused`, if it ends too early.
  func finish(lineCount: Int) throws(IngestError)
}

extension EiRecords {
  /// About how many bytes the rows take.
  func size(of rows: DocumentRows) -> Int {
    sink.filled + (rows.values.count + 8 * rows.rows.count) * MemoryLayout<UInt64>.stride
  }

  func refuse(_ fault: RecordFault, _ line: EiLines.Line) -> IngestError {
    .refused(.record(fault), Place(file: path, line: line.number))
  }
}

/// Reads files of EI records: claims in the standards of Vektis, and iWmo 2.0 messages.
///
/// Fields have the bytes of the layout in either encoding: a file that was converted from ISO-8859-1
/// has lines that are too long, and they are refused (`line-length`).
///
/// - Note: Clear identifiers pass through here.
final class EiDecoder<Records: EiRecords>: DocumentDecoder {
  private var lines: EiLines
  private var records: Records
  private var lineCount = 0

  init(_ input: DocumentInput, _ records: Records, path: String, encoding: Encoding) {
    lines = EiLines(input, path: path, encoding: encoding)
    self.records = records
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    try read(&lines, &records, into: &rows, byteLimit: byteLimit)
  }

  // Apart, since a record is looked at while what is made of it changes.
  private func read(
    _ lines: inout EiLines,
    _ records: inout Records,
    into rows: inout DocumentRows,
    byteLimit: Int
  ) throws(IngestError) -> Bool {
    records.resume(&rows)
    while let line = try lines.next() {
      lineCount = line.number
      let text = lines.bytes.span.extracting(line.start..<line.start + line.length)
      let mayPause = try records.take(line, text, &rows)
      if records.isPassedOver { break }
      if mayPause, records.size(of: rows) >= byteLimit {
        records.pause(&rows)
        return false
      }
    }
    try records.finish(lineCount: lineCount)
    records.pause(&rows)
    return true
  }
}
