import Cryptography
import PipelineFile
import Tabular

/// Makes the filters of the records of a source, on one thread.
///
/// - Note: Clear identifiers pass through here.
final class RecordEncoder {
  private let columns: [SourcePlan.RecordColumn?]
  private let standardisation: Standardisation?
  private var maker: RecordFilterMaker
  private var hardener: RecordHardener
  private var order: MessageAuthenticator
  private var values: [[UInt8]] = []
  private var words: [UInt64] = []

  /// - Throws: `CryptographyError`.
  init(
    _ columns: [SourcePlan.RecordColumn?],
    _ form: RecordFilterForm,
    _ keys: RecordKeys,
    _ standardisation: Standardisation
  ) throws(CryptographyError) {
    self.columns = columns
    self.standardisation = form.standardises ? standardisation : nil
    maker = try RecordFilterMaker(schema: form.schema, secret: keys.secret)
    hardener = try RecordHardener(form, keys)
    order = try MessageAuthenticator(key: keys.order)
  }

  deinit {
    maker.forget()
    for number in values.indices { cleanse(&values[number]) }
  }

  /// The filters of some rows of a chunk.
  ///
  /// - Parameters:
  ///   - batch: the rows.
  ///   - rows: which of them; nil for all.
  ///   - persons: the code of each row's person; nil where no token tells persons apart.
  ///   - chunk: its ordinal.
  ///   - file: the index of the rows' file, where the batch does not tell.
  /// - Returns: a line a row that a filter can be made of, in the order of the rows.
  /// - Throws: `PseudonymisationError`.
  func lines(
    _ batch: borrowing ClearBatch,
    _ rows: [Int]?,
    persons: [Int32]?,
    chunk: Int,
    file: Int
  ) throws(PseudonymisationError) -> RecordLines {
    var lines = RecordLines()
    do throws(CryptographyError) {
      for number in 0..<(rows?.count ?? batch.rowCount) {
        let row = rows?[number] ?? number
        read(batch, row)
        guard try maker.encode(values, into: &words) else {
          lines.unfitCount += 1
          continue
        }
        let filter = united(words, maker.wordCount)
        try append(filter, to: &lines.rows)
        let rowFile = batch.files.isEmpty ? file : batch.files[row]
        let line = batch.cells[row * batch.stride]
        let place = " \(persons?[row] ?? -1) \(chunk) \(rowFile) \(line)"
        lines.rows.text.append(contentsOf: place.utf8)
        lines.rows.ends.append(lines.rows.text.count)
        try appendDonor(filter, to: &lines.donors)
      }
    } catch {
      throw .cryptography(step: "filter")
    }
    return lines
  }

  private func append(
    _ filter: [UInt64],
    to block: inout RecordLines.Block
  ) throws(CryptographyError) {
    let bytes = try hardener.hardened(filter)
    Self.append(try order.tag(bytes.span), to: &block.text)
    block.text.append(space)
    Base64Text.append(bytes[...], to: &block.text)
  }

  /// Every second record, by chance, may lend its features to one that is made up.
  private func appendDonor(
    _ filter: [UInt64],
    to block: inout RecordLines.Block
  ) throws(CryptographyError) {
    let tag = try order.tag(([0] + recordBytes(of: filter[...])).span)
    guard tag.high >> 63 == 0 else { return }
    Self.append(tag, to: &block.text)
    block.text.append(space)
    Base64Text.append(recordBytes(of: words[...])[...], to: &block.text)
    block.ends.append(block.text.count)
  }

  private static func append(_ tag: (high: UInt64, low: UInt64), to text: inout [UInt8]) {
    text.append(contentsOf: lowerHex(recordBytes(of: [tag.high, tag.low])).utf8)
  }

  /// Takes the values of a row, one a feature.
  private func read(_ batch: borrowing ClearBatch, _ row: Int) {
    while values.count < columns.count { values.append([]) }
    for number in columns.indices {
      guard let column = columns[number] else { continue }
      let cell = batch.cells[row * batch.stride + 1 + column.input]
      values[number].removeAll(keepingCapacity: true)
      guard cell != missingInteger else { continue }
      if let standardisation {
        let standard =
          column.type.holdsText
          ? column.kind.standardised(
            text: batch.bytes[ClearBatch.textRange(cell)],
            by: standardisation
          ) : column.kind.standardised(number: cell, by: standardisation)
        if case .value(let bytes) = standard { values[number].append(contentsOf: bytes) }
      } else if column.type.holdsText {
        values[number].append(contentsOf: batch.bytes[ClearBatch.textRange(cell)])
      } else {
        values[number].append(contentsOf: Self.text(of: cell, column.type))
      }
    }
  }

  /// The text of a value that the extract has as a number or a date.
  private static func text(of cell: Int64, _ type: ColumnType) -> [UInt8] {
    switch type {
    case .bsn: Array(String(1_000_000_000 + cell).utf8.dropFirst())
    case .date: Array(CivilDate(dayNumber: Int(cell)).description.utf8)
    case .partialDate:
      // Unknown parts are zeros, as registers write them.
      Array(
        "\(padded(cell / 10_000, 4))-\(padded(cell / 100 % 100, 2))-\(padded(cell % 100, 2))".utf8
      )
    default: Array(String(cell).utf8)
    }
  }

  private static func padded(_ number: Int64, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}
