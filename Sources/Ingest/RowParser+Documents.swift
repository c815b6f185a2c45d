import PipelineFile
import Tabular

extension RowParser {
  /// Reads whole documents, then types their rows.
  ///
  /// - Throws: `refused`, unless the file is a message: then it alone is refused.
  func parse(
    _ chunk: consuming DocumentChunk,
    into parsed: inout ParsedChunk
  ) throws(IngestError) {
    var rows = DocumentRows()
    for (range, file) in chunk.documents {
      let mark = rows.mark
      do throws(IngestError) {
        try decode(DocumentInput(bytes: chunk.bytes, range: range), file, into: &rows)
        rows.endDocument(file, since: mark)
      } catch {
        guard case .refused(let fault, let place) = error, source.format.isOfMessages,
          !fault.isGate
        else { throw error }
        let count = rows.goBack(to: mark)
        rows.refused.append(RefusedFile(file: file, fault: fault, place: place, rowCount: count))
      }
    }
    parse(rows, into: &parsed)
  }

  private func decode(
    _ input: DocumentInput,
    _ file: Int,
    into rows: inout DocumentRows
  ) throws(IngestError) {
    let path = files.indices.contains(file) ? files[file] : ""
    let decoder = try documents?.decoder(for: input, path: path, file: file)
    while try decoder?.read(into: &rows, byteLimit: .max) == false {}
  }

  /// Types the rows of documents.
  func parse(_ content: consuming DocumentRows, into parsed: inout ParsedChunk) {
    let rows = content.rows
    let values = content.values
    var bytes: [UInt8] = []
    swap(&bytes, &content.bytes)
    bytes.append(contentsOf: repeatElement(0, count: CsvLimits.padding))
    var added: [UInt8] = []
    let base = bytes.count
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return }
      for first in stride(from: 0, to: rows.count, by: RowBlock.capacity) {
        block.clear()
        block.rowCount = min(RowBlock.capacity, rows.count - first)
        for row in 0..<block.rowCount { place(rows[first + row], at: row) }
        for row in stride(from: 0, to: block.rowCount, by: Self.tileLength) {
          placeValues(values, of: row..<min(block.rowCount, row + Self.tileLength), from: first)
        }
        let role = { (row: Int) in rows[first + row].role }
        if (0..<block.rowCount).contains(where: { role($0) == .event }) {
          block.awaiting = (0..<block.rowCount).map { role($0) == .event }
        }
        unsafe stage.parse(
          block,
          of: text,
          added: &added,
          base: base,
          blanked: &parsed.blanked
        )
        parsed.columns.add(block, summed: summed) { rows[first + $0].file }
        takeRoles(of: rows, from: first, into: &parsed.batch)
        takeFiles(of: rows, from: first, into: &parsed)
        unsafe takeRows(text, &parsed) { rows[first + $0].file }
      }
    }
    bytes += added
    parsed.batch.bytes = bytes
    parsed.skipped = content.skipped
    parsed.rejected = rows.count - parsed.accepted
    let personCount = parsed.batch.roles.count { $0 == .person }
    parsed.accepted -= personCount
    if personCount > 0 { parsed.skipped[.otherType, default: 0] += personCount }
    parsed.read = rows.count + content.skipped.values.reduce(0, +)
    parsed.facts = content.facts
    for refused in content.refused { parsed.take(refused) }
  }

  /// Keeps what the accepted rows of the block are to others; to be called before they are taken.
  private func takeRoles(
    of rows: [DocumentRows.Row],
    from first: Int,
    into batch: inout ClearBatch
  ) {
    var next = batch.rowCount
    for row in 0..<block.rowCount where unsafe block.rowFaults[row] == Fault.none {
      let source = rows[first + row]
      if source.role != .ordinary && batch.roles.isEmpty {
        batch.roles = Array(repeating: .ordinary, count: next)
      }
      if source.role != .ordinary || !batch.roles.isEmpty { batch.roles.append(source.role) }
      if var correction = source.correction {
        correction.row = next
        batch.corrections.append(correction)
      }
      next += 1
    }
  }

  /// Keeps the file of each accepted row of the block, once there is more than one; to be called
  /// before they are taken.
  private func takeFiles(
    of rows: [DocumentRows.Row],
    from first: Int,
    into parsed: inout ParsedChunk
  ) {
    let ends = rows[first + block.rowCount - 1].file
    guard ends != parsed.file || !parsed.batch.files.isEmpty else { return }
    if parsed.batch.files.isEmpty {
      parsed.batch.files = Array(repeating: parsed.file, count: parsed.batch.rowCount)
    }
    for row in 0..<block.rowCount where unsafe block.rowFaults[row] == Fault.none {
      parsed.batch.files.append(rows[first + row].file)
    }
  }

  private func place(_ row: DocumentRows.Row, at place: Int) {
    unsafe block.lines[place] = Int64(row.line)
    unsafe block.rowFaults[place] = row.fault
    unsafe block.rowFaultColumns[place] = Int32(truncatingIfNeeded: row.faultColumn)
  }

  /// As many rows as their starts in a column fill a line of the cache.
  private static let tileLength = 16

  /// Places some rows of the block, column by column: row by row each value would go to a line of
  /// the cache of its own, and those of all columns are in each other's way.
  private func placeValues(_ values: [UInt64], of rows: Range<Int>, from first: Int) {
    let columnCount = block.columnCount
    for column in 0..<columnCount {
      for row in rows {
        let value = values[(first + row) * columnCount + column]
        let cell = column * RowBlock.columnStride + row
        unsafe block.starts[cell] = UInt32(truncatingIfNeeded: value >> 32)
        unsafe block.lengths[cell] = UInt32(truncatingIfNeeded: value & 0xFFFF_FFFF)
      }
    }
  }
}
