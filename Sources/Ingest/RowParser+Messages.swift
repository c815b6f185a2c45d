import Tabular

extension RowParser {
  /// Reads whole messages, then types their rows.
  func parse(
    _ chunk: consuming MessageChunk,
    into parsed: inout ParsedChunk
  ) throws(IngestError) {
    var rows = IwmoRows()
    for (range, file) in chunk.messages {
      var message = try IwmoMessage(
        XMLInput(bytes: chunk.bytes, range: range),
        layouts: layouts,
        path: files.indices.contains(file) ? files[file] : "",
        file: file
      )
      _ = try message.read(into: &rows, byteLimit: .max)
    }
    parse(rows, into: &parsed)
  }

  /// Types the rows of messages.
  func parse(_ content: consuming IwmoRows, into parsed: inout ParsedChunk) {
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
        for row in 0..<block.rowCount {
          place(rows[first + row], at: row, values, from: (first + row) * block.columnCount)
        }
        unsafe stage.parse(
          block,
          of: text,
          added: &added,
          base: base,
          blanked: &parsed.blanked
        )
        unsafe takeRows(text, &parsed) { rows[first + $0].file }
      }
    }
    bytes += added
    parsed.batch.bytes = bytes
    parsed.skipped = content.skipped
    parsed.rejected = rows.count - parsed.accepted
    parsed.read = rows.count + content.skipped.values.reduce(0, +)
  }

  private func place(_ row: IwmoRows.Row, at place: Int, _ values: [UInt64], from first: Int) {
    unsafe block.lines[place] = Int64(row.line)
    unsafe block.rowFaults[place] = row.fault
    unsafe block.rowFaultColumns[place] = Int32(truncatingIfNeeded: row.faultColumn)
    for column in 0..<block.columnCount {
      let value = values[first + column]
      let cell = column * RowBlock.capacity + place
      unsafe block.starts[cell] = UInt32(truncatingIfNeeded: value >> 32)
      unsafe block.lengths[cell] = UInt32(truncatingIfNeeded: value & 0xFFFF_FFFF)
    }
  }
}
