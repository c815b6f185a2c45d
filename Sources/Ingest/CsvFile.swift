import Diagnostics
import Files
import PipelineFile
import Tabular

/// Cuts a file of lines into chunks of whole rows.
///
/// What does not end within a chunk is carried to the next: where a chunk ends is a question of
/// memory, never of meaning. No more than a chunk and a line is held.
///
/// - Note: Clear identifiers pass through here.
struct CsvFile: ~Copyable {
  var lines: LineBuffer
  let form: CsvForm
  var row: CsvRow
  let marks: LineMarks?
  var layout: CsvLayout?
  /// The lines above the first row.
  var headLineCount = 0
  /// The blank lines before `carried` were handed out as rows.
  private var isInBlankRun = false
  private var isFinished = false
  private var isFirst = true

  init(path: String, form: CsvForm) throws(IngestError) {
    let isMultiline = form.dialect.multiline && form.dialect.quote != nil
    lines = LineBuffer(
      try TextSource(
        path: path,
        encoding: form.encoding,
        converts: isMultiline,
        inflation: InflationLimits(form.limits)
      ),
      lineLimit: form.limits.line
    )
    self.form = form
    row = CsvRow(form.dialect, form.limits)
    marks = LineMarks(form.dialect)
  }

  /// What was delivered, once `next` gave nil.
  mutating func finish() throws(IngestError) -> Delivery? {
    guard var delivery = try lines.source.finish() else { return nil }
    delivery.columnNames = layout?.names ?? []
    return delivery
  }

  /// The next lines, at least one chunk a file; nil at the end.
  mutating func next(chunkSize: Int) throws(IngestError) -> CsvChunk? {
    guard !isFinished else { return nil }
    if layout == nil { layout = try readHead() }
    let layout = layout ?? .none
    var wanted = chunkSize
    var bytes = try lines.firstBytes(wanted)
    var cut = 0
    var lacksLineEnd = false
    while true {
      if !lines.isAtEnd && bytes.count < wanted { try lines.append(to: &bytes, upTo: wanted) }
      if lines.isAtEnd, let last = bytes.last, last != 0x0A {
        bytes.append(0x0A)
        lacksLineEnd = true
      }
      cut = endOfRows(bytes)
      if lines.isAtEnd || cut > 0 { break }
      wanted = bytes.count * 2 + chunkSize
    }
    isFinished = lines.isAtEnd
    let firstLine = isFirst ? headLineCount + 1 : 1
    if cut == 0 && !isFirst { return nil }
    isFirst = false
    var chunk = CsvChunk(
      bytes: [],
      start: 0,
      end: cut,
      firstLine: firstLine,
      layout: layout,
      encoding: lines.source.textEncoding
    )
    chunk.lacksLineEnd = lacksLineEnd
    lines.carried = Array(bytes[cut...])
    bytes.removeLast(bytes.count - cut)
    bytes.append(contentsOf: repeatElement(0, count: CsvLimits.padding))
    chunk.bytes = bytes
    return chunk
  }

  /// Where the last row ends that is certain, and is not one of the blank lines at the very end.
  private mutating func endOfRows(_ bytes: [UInt8]) -> Int {
    let (end, blankStart) =
      form.dialect.multiline && form.dialect.quote != nil ? endByRows(bytes) : endByLines(bytes)
    if blankStart == end {
      if end > 0 { isInBlankRun = false }
      return end
    }
    // A few blank lines at the end of a file are no rows; many are, and all of them.
    let isContinued = blankStart == 0 && isInBlankRun
    guard isContinued || end - blankStart > CsvLimits.blankTail else {
      if blankStart > 0 { isInBlankRun = false }
      return blankStart
    }
    isInBlankRun = true
    return end
  }

  private func endByLines(_ bytes: [UInt8]) -> (end: Int, blankStart: Int) {
    let end = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
    var blankStart = end
    while blankStart > 0 {
      // `blankStart` is just behind a line end; is the line before it empty?
      var before = blankStart - 1
      if before > 0, bytes[before - 1] == 0x0D { before -= 1 }
      guard before == 0 || bytes[before - 1] == 0x0A else { break }
      blankStart = before
    }
    return (end, blankStart)
  }

  private mutating func endByRows(_ bytes: [UInt8]) -> (end: Int, blankStart: Int) {
    var end = 0
    var blankStart = 0
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return }
      while end < bytes.count {
        let start = end
        if let marks, let lineEnd = bytes[start...].firstIndex(of: 0x0A),
          unsafe marks.kind(text, from: start, to: bytes.count) != .row
        {
          end = lineEnd + 1
        } else {
          let outcome = unsafe row.split(
            text,
            from: start,
            to: bytes.count,
            isComplete: lines.isAtEnd
          )
          if outcome.needsMore { return }
          end = outcome.end
        }
        let isBlank = end - start == 1 || end - start == 2 && bytes[start] == 0x0D
        if !isBlank { blankStart = end }
      }
    }
    return (end, blankStart)
  }

  func refuse(_ fault: FileFault, _ line: Int = 0) -> IngestError {
    .refused(fault, Place(file: lines.source.path, line: line))
  }
}
