import PipelineFile
import Tabular

extension CsvFile {
  /// So many rows are looked at for the number of fields, where no header tells it.
  private static let rowsLookedAt = 64

  /// Reads what stands above the first row, and leaves `carried` there.
  mutating func readHead() throws(IngestError) -> CsvLayout {
    var bytes: [UInt8] = []
    var position = 0
    for _ in 0..<form.dialect.top { _ = try nextLine(&bytes, &position) }
    var header: [[UInt8]] = []
    for _ in 0..<form.dialect.header {
      guard let line = try nextLine(&bytes, &position) else { break }
      header.append(line)
    }
    let layout = try makeLayout(header, &bytes, position)
    lines.carried = Array(bytes[position...])
    return layout
  }

  private mutating func makeLayout(
    _ header: [[UInt8]],
    _ bytes: inout [UInt8],
    _ position: Int
  ) throws(IngestError) -> CsvLayout {
    if case .fixed = form.kind { return .none }
    guard form.dialect.header > 0 else {
      let count = try firstFieldCount(&bytes, position)
      do throws(HeaderRefusal) {
        return try CsvLayout(fieldCount: count, form: form)
      } catch {
        throw refuse(error.fault, headLineCount + 1)
      }
    }
    guard header.contains(where: { !$0.isEmpty }) else { throw refuse(.noHeader) }
    let headerLine = headLineCount - header.count + 1
    var texts: [[UInt8]] = []
    for line in header {
      guard line.count <= form.limits.line else {
        throw refuse(.header(.lineLength), headerLine)
      }
      texts.append(
        lines.source.textEncoding == .latin1
          ? Array(utf8(fromLatin1: line[...]).dropLast(CsvLimits.padding)) : line
      )
    }
    do throws(HeaderRefusal) {
      return try CsvLayout(header: texts, form: form, path: lines.source.path)
    } catch {
      throw refuse(error.fault, headerLine)
    }
  }

  /// The next line without its end, or nil at the end of the file.
  private mutating func nextLine(
    _ bytes: inout [UInt8],
    _ position: inout Int
  ) throws(IngestError) -> [UInt8]? {
    var searched = position
    while true {
      if let end = bytes[searched...].firstIndex(of: 0x0A) {
        var line = Array(bytes[position..<end])
        if line.last == 0x0D { line.removeLast() }
        position = end + 1
        headLineCount += 1
        return line
      }
      guard !lines.isAtEnd else {
        guard position < bytes.count else { return nil }
        let line = Array(bytes[position...])
        position = bytes.count
        headLineCount += 1
        return line
      }
      // Lines that are passed over must not gather.
      bytes.removeSubrange(..<position)
      position = 0
      searched = bytes.count
      try lines.append(to: &bytes, upTo: bytes.count + CsvLimits.headLength)
      searched = min(searched, bytes.count)
    }
  }

  /// How many fields the first row has that can be split; 0 if there is none.
  private mutating func firstFieldCount(
    _ bytes: inout [UInt8],
    _ start: Int
  ) throws(IngestError) -> Int {
    var position = start
    var looked = 0
    while looked < Self.rowsLookedAt {
      if lines.isAtEnd, let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
      var outcome = CsvRow.Outcome(end: position, lineCount: 0, fieldCount: 0, fault: Fault.none)
      var isMarked = false
      unsafe bytes.withUnsafeBufferPointer { buffer in
        guard let text = buffer.baseAddress, position < bytes.count else {
          outcome.needsMore = true
          return
        }
        outcome = unsafe row.split(text, from: position, to: bytes.count, isComplete: lines.isAtEnd)
        guard !outcome.needsMore, let marks else { return }
        isMarked = unsafe marks.kind(text, from: position, to: bytes.count) != .row
      }
      if outcome.needsMore || outcome.end >= bytes.count && !lines.isAtEnd {
        guard !lines.isAtEnd else { return 0 }
        try lines.append(to: &bytes, upTo: bytes.count * 2 + CsvLimits.headLength)
        continue
      }
      guard position < bytes.count else { return 0 }
      if isMarked {
        position = (bytes[position...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
      } else if outcome.fault == Fault.none {
        return outcome.fieldCount
      } else {
        position = outcome.end
      }
      looked += 1
    }
    return 0
  }
}
