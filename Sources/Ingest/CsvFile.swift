import Diagnostics
import Files
import PipelineFile
import Tabular

/// Cuts a CSV file into chunks of whole lines.
///
/// What does not end within a chunk is carried to the next: where a chunk ends is a question of
/// memory, never of meaning. No more than a chunk and a line is held.
///
/// - Note: Clear identifiers pass through here.
struct CsvFile: ~Copyable {
  private var source: ByteSource
  private let columns: [SourceColumn]
  private let dialect: Dialect
  private let encoding: Encoding
  private var row: CsvRow
  /// Bytes that were read and not handed out; they begin at the start of a line.
  private var carried: [UInt8] = []
  private var layout: CsvLayout?
  private var isAtEnd = false
  /// Within a line that is longer than any may be: the rest of it is thrown away.
  private var isDiscarding = false
  /// The blank lines before `carried` were handed out as rows.
  private var isInBlankRun = false
  private var isFinished = false

  init(
    path: String,
    columns: [SourceColumn],
    dialect: Dialect,
    encoding: Encoding
  ) throws(IngestError) {
    do {
      source = try ByteSource(path: path)
    } catch {
      throw .file(error)
    }
    self.columns = columns
    self.dialect = dialect
    self.encoding = encoding
    row = CsvRow(dialect)
  }

  /// What was delivered, once `next` gave nil.
  mutating func finish() throws(IngestError) -> Delivery? {
    do {
      var nothing: [UInt8] = [0]
      _ = try source.read(into: &nothing, from: 0)
    } catch {
      throw .file(error)
    }
    return source.sha256.map {
      var delivery = Delivery(path: source.path, sha256: $0, byteCount: source.storedByteCount)
      delivery.columnNames = layout?.names ?? []
      return delivery
    }
  }

  /// The next lines; nil at the end.
  mutating func next(chunkSize: Int) throws(IngestError) -> CsvChunk? {
    guard !isFinished else { return nil }
    var wanted = layout == nil ? max(chunkSize, CsvLimits.headLength) : chunkSize
    var bytes = try firstBytes(wanted)
    var cut = 0
    while true {
      if !isAtEnd && bytes.count < wanted { try append(to: &bytes, upTo: wanted) }
      if isAtEnd && bytes.last != 0x0A && !bytes.isEmpty { bytes.append(0x0A) }
      cut = endOfRows(bytes)
      if isAtEnd || cut > 0 { break }
      wanted = bytes.count * 2 + chunkSize
    }
    isFinished = isAtEnd
    if layout != nil && cut == 0 { return nil }
    var chunk = CsvChunk(bytes: [], start: 0, end: cut, firstLine: 1, layout: .none)
    if let layout {
      chunk = CsvChunk(bytes: [], start: 0, end: cut, firstLine: 1, layout: layout)
    } else {
      let (layout, start) = try readHeader(bytes)
      self.layout = layout
      chunk = CsvChunk(bytes: [], start: start, end: max(cut, start), firstLine: 2, layout: layout)
    }
    carried = Array(bytes[chunk.end...])
    bytes.removeLast(bytes.count - chunk.end)
    bytes.append(contentsOf: repeatElement(0, count: CsvLimits.padding))
    chunk.bytes = bytes
    return chunk
  }

  // The buffer of the chunk itself, so that what is read needs no copy.
  private mutating func firstBytes(_ wanted: Int) throws(IngestError) -> [UInt8] {
    let kept = carried
    carried = []
    guard !isAtEnd, !isDiscarding, kept.count < wanted else { return kept }
    var failure: FilesError?
    var count = 0
    let capacity = wanted + CsvLimits.padding + 1
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      for place in kept.indices { unsafe buffer[place] = kept[place] }
      filled = kept.count
      do throws(FilesError) {
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
    if let failure { throw .file(failure) }
    if count < wanted - kept.count { isAtEnd = true }
    var all = bytes
    shortenLongLine(&all)
    return all
  }

  private mutating func append(to bytes: inout [UInt8], upTo wanted: Int) throws(IngestError) {
    while bytes.count < wanted && !isAtEnd {
      let start = bytes.count
      bytes.append(contentsOf: [UInt8](repeating: 0, count: wanted - start))
      let count: Int
      do {
        count = try source.read(into: &bytes, from: start)
      } catch {
        throw .file(error)
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
      dialect.multiline && dialect.quote != nil ? endByRows(bytes) : endByLines(bytes)
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
      // The header is a line, whatever quotes stand in it.
      if layout == nil {
        guard let lineEnd = bytes.firstIndex(of: 0x0A) else { return }
        end = lineEnd + 1
        blankStart = end
      }
      while end < bytes.count {
        let outcome = unsafe row.split(text, from: end, to: bytes.count, isComplete: isAtEnd)
        if outcome.needsMore { return }
        let isBlank =
          outcome.end - end == 1 || outcome.end - end == 2 && bytes[end] == 0x0D
        end = outcome.end
        if !isBlank { blankStart = end }
      }
    }
    return (end, blankStart)
  }

  /// Reads byte order mark and header.
  ///
  /// - Returns: where the first row begins.
  private func readHeader(_ bytes: [UInt8]) throws(IngestError) -> (CsvLayout, start: Int) {
    var start = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      guard encoding == .utf8 else {
        throw refuse(.byteOrderMark(found: "utf-8", declared: encoding.rawValue))
      }
      start = 3
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw refuse(.byteOrderMark(found: "utf-16", declared: encoding.rawValue))
    }
    guard !bytes.prefix(CsvLimits.headLength).contains(0) else { throw refuse(.nul) }
    guard bytes.count > start, let lineEnd = bytes[start...].firstIndex(of: 0x0A) else {
      throw refuse(.noHeader)
    }
    guard lineEnd - start <= CsvLimits.lineLength else { throw refuse(.header(.lineLength), 1) }
    var line = bytes[start..<lineEnd]
    if line.last == 0x0D { line.removeLast() }
    guard !line.isEmpty else { throw refuse(.noHeader) }
    let text = encoding == .latin1 ? utf8(fromLatin1: line).dropLast(CsvLimits.padding) : line
    do {
      let layout = try CsvLayout(header: Array(text), dialect: dialect, columns: columns)
      return (layout, lineEnd + 1)
    } catch {
      throw refuse(error.fault, 1)
    }
  }

  private func refuse(_ fault: FileFault, _ line: Int = 0) -> IngestError {
    .refused(fault, Place(file: source.path, line: line))
  }
}
