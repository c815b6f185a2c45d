import Diagnostics
import PipelineFile
import Tabular

/// Reads what closing lines say that a file holds.
///
/// A total is written as the amounts of the source are: with a decimal mark in euros; without one in
/// the unit of its money columns, cents unless one of them is in euros. Several closing lines of one
/// file, as of files put together, add up.
struct TrailerReader {
  private let trailer: TrailerForm
  private let dialect: Dialect
  private let isInEuros: Bool

  /// Nil if the dialect has no trailer.
  init?(_ dialect: Dialect, columns: [SourceColumn]) {
    guard let trailer = dialect.trailer else { return nil }
    self.trailer = trailer
    self.dialect = dialect
    isInEuros = columns.contains { $0.type == .money && $0.euros }
  }

  /// Adds what a line tells to the facts of its file.
  ///
  /// - Throws: `refused`, if a field that is named is no number.
  func read(
    _ line: MarkedLine,
    of bytes: [UInt8],
    into facts: inout FileFacts,
    path: String
  ) throws(IngestError) {
    let fields = fields(of: Array(bytes[line.range]))
    var found = FileFacts(file: facts.file)
    found.trailerCount = 1
    if let field = trailer.rows {
      guard let count = number(fields, field, decimals: false) else {
        throw .refused(.trailer(field: field), Place(file: path))
      }
      found.trailerRows = Int(count)
    }
    if let field = trailer.total {
      guard let total = number(fields, field, decimals: true) else {
        throw .refused(.trailer(field: field), Place(file: path))
      }
      found.trailerTotal = total
    }
    facts.join(found)
  }

  private func fields(of line: [UInt8]) -> [[UInt8]] {
    var row = CsvRow(dialect)
    var text = line + [0x0A]
    let count = text.count
    text.append(contentsOf: repeatElement(0, count: CsvLimits.padding))
    let outcome = unsafe text.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return Fault.structure }
      return unsafe row.split(start, from: 0, to: count).fault
    }
    guard outcome == Fault.none else { return [] }
    return row.fields.map { Array(text[$0.start..<$0.end]) }
  }

  private func number(_ fields: [[UInt8]], _ number: Int, decimals: Bool) -> Int64? {
    guard fields.indices.contains(number - 1) else { return nil }
    let field = fields[number - 1]
    let isMarked = decimals && field.contains(dialect.decimal)
    let form = NumberForm(
      decimalCount: decimals && (isMarked || isInEuros) ? 2 : 0,
      mark: decimals && (isMarked || isInEuros) ? dialect.decimal : nil,
      thousands: dialect.thousands,
      fault: Fault.number
    )
    var text = field
    return unsafe text.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress,
        let value = unsafe readNumber(start, buffer.count, form),
        value != missingInteger
      else { return nil }
      return value
    }
  }
}
