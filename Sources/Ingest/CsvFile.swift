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
  var source: TextSource
  let form: CsvForm
  var row: CsvRow
  let marks: LineMarks?
  /// Bytes that were read and not handed out; they begin at the start of a line.
  var carried: [UInt8] = []
  var layout: CsvLayout?
  /// The lines above the first row.
  var headLineCount = 0
  var isAtEnd = false
  /// Within a line that is longer than any may be: the rest of it is thrown away.
  private var isDiscarding = false
  /// The blank lines before `carried` were handed out as rows.
  private var isInBlankRun = false
  private var isFinished = false
  private var isFirst = true

  init(path: String, form: CsvForm) throws(IngestError) {
    let isMultiline = form.dialect.multiline && form.dialect.quote != nil
    source = try TextSource(path: path, encoding: form.encoding, converts: isMultiline)
    self.form = form
    row = CsvRow(form.dialect)
    marks = LineMarks(form.dialect)
  }

  /// The headers of a file, in order.
  static func headerNames(
    path: String,
    dialect: Dialect,
    encoding: Encoding
  ) throws(IngestError) -> [String] {
    var file = try CsvFile(path: path, form: CsvForm(dialect, encoding))
    return try file.next(chunkSize: CsvLimits.headLength)?.layout.names ?? []
  }

  /// What was delivered, once `next` gave nil.
  mutating func finish() throws(IngestError) -> Delivery? {
    guard var delivery = try source.finish() else { return nil }
    delivery.columnNames = layout?.names ?? []
    return delivery
  }

  /// The next lines, at least one chunk a file; nil at the end.
  mutating func next(chunkSize: Int) throws(IngestError) -> CsvChunk? {
    guard !isFinished else { return nil }
    if layout == nil { layout = try readHead() }
    let layout = layout ?? .none
    var wanted = chunkSize
    var bytes = try firstBytes(wanted)
    var cut = 0
    var lacksLineEnd = false
    while true {
      if !isAtEnd && bytes.count < wanted { try append(to: &bytes, upTo: wanted) }
      if isAtEnd, let last = bytes.last, last != 0x0A {
        bytes.append(0x0A)
        lacksLineEnd = true
      }
      cut = endOfRows(bytes)
      if isAtEnd || cut > 0 { break }
      wanted = bytes.count * 2 + chunkSize
    }
    isFinished = isAtEnd
    let firstLine = isFirst ? headLineCount + 1 : 1
    if cut == 0 && !isFirst { return nil }
    isFirst = false
    var chunk = CsvChunk(
      bytes: [],
      start: 0,
      end: cut,
      firstLine: firstLine,
      layout: layout,
      encoding: source.textEncoding
    )
    chunk.lacksLineEnd = lacksLineEnd
    carried = Array(bytes[cut...])
    bytes.removeLast(bytes.count - cut)
    bytes.append(contentsOf: repeatElement(0, count: CsvLimits.padding))
    chunk.bytes = bytes
    return chunk
  }

  // The buffer of the chunk itself, so that what is read needs no copy.
  private mutating func firstBytes(_ wanted: Int) throws(IngestError) -> [UInt8] {
    let kept = carried
    carried = []
    guard !isAtEnd, !isDiscarding, kept.count < wanted else { return kept }
    var failure: IngestError?
    var count = 0
    let capacity = wanted + CsvLimits.padding + 1
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      for place in kept.indices { unsafe buffer[place] = kept[place] }
      filled = kept.count
      do throws(IngestError) {
        count = try unsafe source.read(
          into: UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[kept.count..<wanted]
          )
        )
        filled += count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    if count < wanted - kept.count { isAtEnd = true }
    var all = bytes
    shortenLongLine(&all)
    return all
  }

  mutating func append(to bytes: inout [UInt8], upTo wanted: Int) throws(IngestError) {
    while bytes.count < wanted && !isAtEnd {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: wanted - start))
      let count: Int
      var span = bytes.mutableSpan
      count = try unsafe span.withUnsafeMutableBytes { (buffer) throws(IngestError) in
        try unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
      }
      bytes.removeLast(bytes.count - start - count)
      if count < wanted - start { isAtEnd = true }
      if isDiscarding {
        let lineEnd = bytes[start...].firstIndex(of: 0x0A)
        bytes.removeSubrange(start..<(lineEnd ?? bytes.count))
        isDiscarding = lineEnd == nil
      }
      shortenLongLine(&bytes)
    }
  }

  // A line without end must not fill the memory; what is left of it is still too long.
  private mutating func shortenLongLine(_ bytes: inout [UInt8]) {
    guard !isDiscarding, bytes.count > CsvLimits.lineLength + 2 else { return }
    let lineStart = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
    let length = bytes.count - lineStart
    guard length > CsvLimits.lineLength + 2 else { return }
    bytes.removeLast(length - CsvLimits.lineLength - 2)
    isDiscarding = true
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
          let outcome = unsafe row.split(text, from: start, to: bytes.count, isComplete: isAtEnd)
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
    .refused(fault, Place(file: source.path, line: line))
  }
}
