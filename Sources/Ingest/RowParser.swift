import Diagnostics
import PipelineFile
import Tabular

/// Turns chunks into typed rows; each worker has its own.
///
/// - Note: Clear identifiers pass through here.
package final class RowParser {
  let source: Source
  private let wanted: [Int]
  let files: [String]
  let documents: DocumentFormat?
  let block: RowBlock
  private let form: CsvForm?
  private let splitter: CsvSplitter?
  private let fixedSplitter: FixedSplitter?
  private let lo3: Lo3Rows?
  private let trailers: TrailerReader?
  private let lines: JsonLines?
  var stage: ColumnStage
  /// Indices of the declared columns that an expectation adds up.
  let summed: [Int]
  /// Rows of a chunk in proportion to its bytes, as the chunks before had them.
  private var rowsPerByte = 1.0 / 64
  private var refusals: [RefusedLine] = []
  /// Whether it is told which row of its chunk each accepted row is.
  package var numbersRows = false

  init(
    source: Source,
    wanted: [Int],
    files: [String],
    lastDay: CivilDate?,
    lookups: [Int: RegionTable] = [:]
  ) throws(IngestError) {
    self.source = source
    self.wanted = wanted
    self.files = files
    documents = try DocumentFormat(source)
    summed = source.summedColumns.compactMap { name in
      source.columns.firstIndex { $0.name == name }
    }
    lines = JsonLines(source)
    block = RowBlock(columnCount: source.columns.count)
    stage = try ColumnStage(source: source, lastDay: lastDay, lookups: lookups)
    if source.format.completion != nil {
      stage.isAwaited = source.columns.indices.map {
        wanted.contains($0) && CompletionForm.tellsOfPerson(source.columns[$0])
      }
    }
    form = CsvForm(source)
    trailers = form.flatMap { TrailerReader($0.dialect, columns: source.columns) }
    switch form?.kind {
    case .delimited:
      splitter = form.map {
        CsvSplitter(
          dialect: $0.dialect,
          columnCount: source.columns.count,
          limits: $0.limits
        )
      }
      fixedSplitter = nil
      lo3 = nil
    case .fixed:
      splitter = nil
      fixedSplitter = form.map { FixedSplitter($0, columns: source.columns) }
      lo3 = nil
    case .lo3:
      splitter = nil
      fixedSplitter = nil
      lo3 = form.map { Lo3Rows($0, columns: source.columns) }
    case nil:
      splitter = nil
      fixedSplitter = nil
      lo3 = nil
    }
  }

  /// Parses a chunk.
  ///
  /// - Returns: its rows, in file order.
  /// - Throws: `refused`, for a message that must not be read, or a trailer that cannot.
  package func parse(_ chunk: consuming ExtractChunk) throws(IngestError) -> ParsedChunk {
    var parsed = ParsedChunk(
      ordinal: chunk.ordinal,
      file: chunk.file,
      batch: ClearBatch(columnCount: wanted.count),
      columnCount: source.columns.count
    )
    let content = chunk.content
    // The bytes must have one owner only: they are changed where they stand.
    chunk.content = .documents(DocumentChunk())
    stage.beginChunk()
    switch consume content {
    case .csv(let csv): try parse(csv, into: &parsed)
    case .lines(let chunk):
      guard let (rows, lineCount) = lines?.read(chunk, file: parsed.file) else { break }
      parse(rows, into: &parsed)
      parsed.lineCount = lineCount
    case .documents(let documents): try parse(documents, into: &parsed)
    case .rows(let rows): parse(rows, into: &parsed)
    }
    parsed.columns.unknownCodes = stage.unknownCodes
    parsed.keptCodes = stage.keptCodes
    parsed.columns.faulty = stage.faulty
    return parsed
  }

  private func parse(
    _ chunk: consuming CsvChunk,
    into parsed: inout ParsedChunk
  ) throws(IngestError) {
    guard let form else { return }
    var bytes: [UInt8] = []
    swap(&bytes, &chunk.bytes)
    var position = LinePosition(offset: chunk.start, line: chunk.firstLine)
    var end = chunk.end
    if chunk.encoding == .latin1, hasHighBytes(bytes, chunk.start..<end) {
      bytes = utf8(fromLatin1: bytes[chunk.start..<end])
      position.offset = 0
      end = bytes.count - CsvLimits.padding
    }
    if let lo3 {
      let rows = lo3.read(bytes, from: &position, to: end, chunk.layout, file: parsed.file)
      parse(rows, into: &parsed)
      parsed.lineCount = position.line - 1
      return
    }
    var facts = FileFacts(file: parsed.file)
    var trailerLines: [MarkedLine] = []
    var added: [UInt8] = []
    let base = bytes.count
    let byteCount = end - position.offset
    parsed.batch.cells.reserveCapacity(
      Int(Double(byteCount) * rowsPerByte * 1.05 + 64) * parsed.batch.stride
    )
    let file = parsed.file
    splitter?.begin(chunk.layout, at: position.offset)
    fixedSplitter?.begin(at: position.offset)
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return }
      while position.offset < end {
        let first = position
        block.clear()
        var rareEnd = 0
        var suspectEnd = 0
        if let splitter {
          unsafe splitter.fill(block, text, &position, end: end)
          swap(&refusals, &splitter.refusals)
          trailerLines += splitter.trailers
          rareEnd = splitter.rareEnd
          suspectEnd = splitter.suspectEnd
          for column in chunk.layout.absent { block.clearColumn(column) }
        } else if let fixedSplitter {
          unsafe fixedSplitter.fill(block, text, &position, end: end, chunk.lacksLineEnd)
          swap(&refusals, &fixedSplitter.refusals)
          rareEnd = fixedSplitter.rareEnd
          suspectEnd = fixedSplitter.suspectEnd
        }
        unsafe stage.parse(
          block,
          of: text,
          added: &added,
          base: base,
          blanked: &parsed.blanked,
          isSuspect: suspectEnd > first.offset
        )
        // Of ISO-8859-1 it is also told what it looks like.
        if (form.encoding == .latin1 ? rareEnd : suspectEnd) > first.offset {
          unsafe checkText(text, from: first, to: position, form, &facts)
        }
        parsed.columns.add(block, summed: summed) { _ in file }
        unsafe takeRows(text, &parsed) { _ in file }
      }
    }
    for line in trailerLines {
      try trailers?.read(line, of: bytes, into: &facts, path: files[file])
    }
    // Over-reading parsers need what stands behind the last added text.
    if !added.isEmpty { bytes += added }
    parsed.batch.bytes = bytes
    parsed.lineCount = position.line - 1
    parsed.rejected = position.rowCount - parsed.accepted
    if position.skippedCount > 0 { parsed.skipped[.footer] = position.skippedCount }
    parsed.read = position.rowCount + position.skippedCount
    facts.rowCount = position.rowCount
    parsed.facts = [facts]
    if byteCount > 0 { rowsPerByte = Double(parsed.accepted) / Double(byteCount) }
  }

  private func hasHighBytes(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return false }
      return unsafe TextCheck.nextHighByte(text, range.lowerBound, range.upperBound)
        < range.upperBound
    }
  }

  /// Refuses the rows of the block that hold bytes which their encoding does not have.
  private func checkText(
    _ text: UnsafePointer<UInt8>,
    from first: LinePosition,
    to last: LinePosition,
    _ form: CsvForm,
    _ facts: inout FileFacts
  ) {
    let check = unsafe TextCheck(
      text,
      from: first.offset,
      to: last.offset,
      firstLine: first.line,
      encoding: form.encoding
    )
    facts.highBytes.formUnion(check.highBytes)
    guard !check.faultyLines.isEmpty else { return }
    var next = 0
    for row in 0..<block.rowCount {
      let line = Int(unsafe block.lines[row])
      let lineCount = Int(unsafe block.lineCounts[row])
      while next < check.faultyLines.count, check.faultyLines[next] < line { next += 1 }
      guard next < check.faultyLines.count, check.faultyLines[next] < line + lineCount,
        unsafe block.rowFaults[row] == Fault.none
      else { continue }
      unsafe block.rowFaults[row] = Fault.encoding
      unsafe block.rowFaultColumns[row] = -1
    }
  }

  /// Moves the accepted rows of the block to the batch, and tells of the others.
  ///
  /// - Parameters:
  ///   - text: what the block points into.
  ///   - parsed: where they go.
  ///   - file: the file of a row of the block.
  func takeRows(
    _ text: UnsafeMutablePointer<UInt8>,
    _ parsed: inout ParsedChunk,
    file: (_ row: Int) -> Int
  ) {
    let rowCount = block.rowCount
    if numbersRows { numberRows(&parsed) }
    parsed.accepted += block.appendAcceptedRows(wanted: wanted, to: &parsed.batch)
    var anyFault = Fault.none
    for row in 0..<rowCount { anyFault |= unsafe block.rowFaults[row] }
    guard anyFault != Fault.none || !refusals.isEmpty else { return }
    var faultyRows: [RejectedRow] = []
    var faultCounts = [Int](repeating: 0, count: Int(UInt8.max) + 1)
    let capacity = ParsedChunk.rejectCapacity - parsed.rejects.count
    for row in 0..<rowCount {
      let fault = unsafe block.rowFaults[row]
      guard fault != Fault.none else { continue }
      faultCounts[Int(fault)] += 1
      if faultyRows.count < capacity {
        unsafe faultyRows.append(rejectedRow(row, fault, text, file: file(row)))
      }
    }
    for refusal in refusals { faultCounts[Int(refusal.fault)] += 1 }
    for (fault, count) in faultCounts.enumerated() where count > 0 {
      let reason = Fault.reason(UInt8(truncatingIfNeeded: fault))
      parsed.rejectedByReason[reason, default: 0] += count
    }
    guard !faultyRows.isEmpty || !refusals.isEmpty, capacity > 0 else { return }
    for refusal in refusals.prefix(capacity) {
      faultyRows.append(
        RejectedRow(
          file: parsed.file,
          line: refusal.line,
          column: "",
          reason: Fault.reason(refusal.fault),
          shape: refusal.shape
        )
      )
    }
    if !refusals.isEmpty { faultyRows.sort { $0.line < $1.line } }
    parsed.rejects += faultyRows.prefix(capacity)
  }

  /// Notes which rows of the chunk those of the block are; refused lines count among them.
  private func numberRows(_ parsed: inout ParsedChunk) {
    var next = 0
    for row in 0..<block.rowCount {
      while next < refusals.count, refusals[next].line < Int(unsafe block.lines[row]) {
        next += 1
        parsed.numberedCount += 1
      }
      parsed.numberedCount += 1
      if unsafe block.rowFaults[row] == Fault.none {
        parsed.rowNumbers.append(parsed.numberedCount)
      }
    }
    parsed.numberedCount += refusals.count - next
  }

  private func rejectedRow(
    _ row: Int,
    _ fault: UInt8,
    _ text: UnsafeMutablePointer<UInt8>,
    file: Int
  ) -> RejectedRow {
    let column = Int(unsafe block.rowFaultColumns[row])
    guard source.columns.indices.contains(column) else {
      return unsafe RejectedRow(
        file: file,
        line: Int(block.lines[row]),
        column: "",
        reason: Fault.reason(fault),
        shape: ""
      )
    }
    let cell = column * RowBlock.columnStride + row
    let field = unsafe UnsafeMutableBufferPointer(
      start: text + Int(block.starts[cell]),
      count: Int(block.lengths[cell])
    )
    return unsafe RejectedRow(
      file: file,
      line: Int(block.lines[row]),
      column: source.columns[column].name,
      reason: Fault.reason(fault),
      shape: valueShape(of: field)
    )
  }
}
