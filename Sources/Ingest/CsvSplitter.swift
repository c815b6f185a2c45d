import PipelineFile
import Tabular

/// Finds the fields of the declared columns in the rows of a chunk.
@safe final class CsvSplitter {
  private let delimiter: UInt8
  private let index: CsvIndex
  private let quotedRow: CsvQuotedRow?
  private var row: CsvRow
  private let columnCount: Int
  /// A row that is no longer than this has no line or field that is too long.
  private let lengthLimit: Int
  private var layout = CsvLayout.none
  /// `layout.fields`, without the checks of an array.
  private let columnFields: UnsafeMutablePointer<Int>
  /// The first position of the index that is not used yet.
  private var used = 0

  private let marks: LineMarks?
  /// Rows of the last filling that could not be split.
  var refusals: [RefusedLine] = []
  /// The trailers of the last filling: where each stands.
  private(set) var trailers: [MarkedLine] = []

  /// Behind the last byte beyond ASCII that was seen, or farther.
  var rareEnd: Int { index.rareEnd }

  /// Behind the last text that was seen and could be none, or farther.
  var suspectEnd: Int { index.suspectEnd }

  init(dialect: Dialect, columnCount: Int, limits: SourceLimits = SourceLimits()) {
    marks = LineMarks(dialect)
    delimiter = dialect.delimiter
    index = CsvIndex(delimiter: dialect.delimiter, quote: dialect.quote, keptLimit: limits.fields)
    quotedRow = CsvQuotedRow(delimiter: dialect.delimiter, quote: dialect.quote, limits)
    row = CsvRow(dialect, limits)
    lengthLimit = min(limits.field, limits.line)
    self.columnCount = columnCount
    unsafe columnFields = .allocate(capacity: max(1, columnCount))
    unsafe columnFields.initialize(repeating: 0, count: max(1, columnCount))
  }

  deinit { unsafe columnFields.deallocate() }

  /// Begins a chunk.
  func begin(_ layout: CsvLayout, at offset: Int) {
    self.layout = layout
    for column in 0..<columnCount { unsafe columnFields[column] = layout.fields[column] }
    used = 0
    index.begin(at: offset)
  }

  /// Fills the block with rows until it is full or the text ends.
  ///
  /// - Parameters:
  ///   - block: what is filled.
  ///   - text: the chunk.
  ///   - position: where to go on.
  ///   - end: where the text ends.
  func fill(
    _ block: RowBlock,
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: inout LinePosition,
    end: Int
  ) {
    refusals.removeAll(keepingCapacity: true)
    trailers.removeAll(keepingCapacity: true)
    while block.rowCount < RowBlock.capacity && position.offset < end {
      if index.count - used <= layout.fieldCount && index.indexedEnd < end {
        unsafe extendIndex(text, end)
      }
      if unsafe splitRegularRows(block, text, &position, end) { continue }
      switch unsafe splitQuotedRows(block, text, &position, end) {
      case .taken: continue
      case .indexEnds where index.count - used <= index.keptLimit && index.indexedEnd < end:
        unsafe extendIndex(text, end)
        continue
      case .indexEnds, .rare: break
      }
      unsafe splitRareRow(block, text, &position, end)
    }
  }

  private func extendIndex(_ text: UnsafePointer<UInt8>, _ end: Int) {
    unsafe index.extend(keepingFrom: used, text, end: end)
    used = 0
  }

  /// Takes rows that have one delimiter less than fields, then a line end, and nothing else.
  ///
  /// - Returns: whether there was one.
  private func splitRegularRows(
    _ block: RowBlock,
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: inout LinePosition,
    _ end: Int
  ) -> Bool {
    let positions = unsafe index.positions
    let count = index.count
    let fieldCount = layout.fieldCount
    let lengthLimit = lengthLimit
    let firstRow = block.rowCount
    var row = firstRow
    var offset = position.offset
    var line = position.line
    var first = used
    let marks = marks
    // The one more is the line feed after a carriage return.
    while row < RowBlock.capacity && first &+ fieldCount < count {
      if let marks, unsafe marks.mayMark(text, offset),
        unsafe marks.kind(text, from: offset, to: end) != .row
      {
        break
      }
      let ends = unsafe positions + first
      var difference: UInt8 = 0
      for field in 0..<(fieldCount &- 1) {
        difference |= unsafe text[Int(ends[field])] ^ delimiter
      }
      let rowEnd = Int(unsafe ends[fieldCount &- 1])
      let lineEnd = unsafe text[rowEnd]
      guard difference == 0, rowEnd &- offset <= lengthLimit else { break }
      var next = rowEnd &+ 1
      var usedCount = fieldCount
      if lineEnd != 0x0A {
        guard lineEnd == 0x0D, unsafe text[next] == 0x0A else { break }
        next &+= 1
        usedCount &+= 1
      }
      unsafe block.lines[row] = Int64(line)
      for column in 0..<columnCount {
        let field = unsafe columnFields[column]
        let start = field == 0 ? offset : Int(unsafe ends[field &- 1]) &+ 1
        let place = column &* RowBlock.columnStride &+ row
        unsafe block.starts[place] = UInt32(truncatingIfNeeded: start)
        unsafe block.lengths[place] = ends[field] &- UInt32(truncatingIfNeeded: start)
      }
      row &+= 1
      line &+= 1
      first &+= usedCount
      offset = next
    }
    guard row > firstRow else { return false }
    block.rowCount = row
    used = first
    position.rowCount += row - firstRow
    position.offset = offset
    position.line = line
    return true
  }

  /// Takes rows with quoted fields, up to one without any.
  ///
  /// - Returns: `taken` if there was one, else why there was none.
  private func splitQuotedRows(
    _ block: RowBlock,
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: inout LinePosition,
    _ end: Int
  ) -> CsvQuotedRow.Outcome {
    guard let quotedRow else { return .rare }
    let firstRow = block.rowCount
    var outcome = CsvQuotedRow.Outcome.taken
    while block.rowCount < RowBlock.capacity {
      if let marks, unsafe marks.mayMark(text, position.offset),
        unsafe marks.kind(text, from: position.offset, to: end) != .row
      {
        outcome = .rare
        break
      }
      outcome = unsafe quotedRow.split(
        text,
        from: position.offset,
        index.positions,
        used,
        index.count,
        fieldCount: layout.fieldCount
      )
      guard outcome == .taken else { break }
      let row = block.rowCount
      unsafe block.lines[row] = Int64(position.line)
      for column in 0..<columnCount {
        let field = unsafe columnFields[column]
        let start = unsafe quotedRow.starts[field]
        let place = column &* RowBlock.columnStride &+ row
        unsafe block.starts[place] = start
        unsafe block.lengths[place] = quotedRow.ends[field] &- start
      }
      block.rowCount = row &+ 1
      position.rowCount &+= 1
      position.line &+= 1
      position.offset = quotedRow.rowEnd
      used = quotedRow.nextPosition
      guard quotedRow.hasQuote else { break }
    }
    return block.rowCount > firstRow ? .taken : outcome
  }

  private func splitRareRow(
    _ block: RowBlock,
    _ text: UnsafeMutablePointer<UInt8>,
    _ position: inout LinePosition,
    _ end: Int
  ) {
    if let marks, unsafe passMarkedLine(marks, text, &position, end) { return }
    let outcome = unsafe row.split(text, from: position.offset, to: end)
    let line = position.line
    position.rowCount += 1
    position.offset = outcome.end
    position.line += outcome.lineCount
    skipPositions(before: outcome.end)
    guard outcome.fault == Fault.none else {
      refusals.append(RefusedLine(line: line, fault: outcome.fault, shape: ""))
      return
    }
    guard outcome.fieldCount == layout.fieldCount else {
      refusals.append(
        RefusedLine(line: line, fault: Fault.fieldCount, shape: "\(outcome.fieldCount) fields")
      )
      return
    }
    let place = block.rowCount
    for column in 0..<columnCount {
      let field = unsafe row.fields[columnFields[column]]
      var length = field.end - field.start
      if field.hasDoubledQuote, let quote = row.quote {
        length = unsafe removeDoubledQuotes(text + field.start, length, quote)
      }
      let cell = column * RowBlock.columnStride + place
      unsafe block.starts[cell] = UInt32(truncatingIfNeeded: field.start)
      unsafe block.lengths[cell] = UInt32(truncatingIfNeeded: length)
    }
    unsafe block.lines[place] = Int64(line)
    unsafe block.lineCounts[place] = UInt8(clamping: outcome.lineCount)
    block.rowCount += 1
  }

  /// Passes over a footer or trailer; false if the line is a row.
  private func passMarkedLine(
    _ marks: LineMarks,
    _ text: UnsafePointer<UInt8>,
    _ position: inout LinePosition,
    _ end: Int
  ) -> Bool {
    let kind = unsafe marks.kind(text, from: position.offset, to: end)
    guard kind != .row else { return false }
    var next = position.offset
    while next < end, unsafe text[next] != 0x0A { next += 1 }
    if kind == .trailer {
      trailers.append(MarkedLine(line: position.line, range: position.offset..<next))
    }
    position.line += 1
    position.skippedCount += 1
    position.offset = next + 1
    skipPositions(before: next + 1)
    return true
  }

  private func skipPositions(before offset: Int) {
    if offset >= index.indexedEnd {
      used = 0
      index.restart(at: offset)
      return
    }
    let positions = unsafe index.positions
    let count = index.count
    var next = used
    while next < count, unsafe Int(positions[next]) < offset { next += 1 }
    used = next
  }
}
