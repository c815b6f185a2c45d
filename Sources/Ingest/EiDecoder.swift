import PipelineFile

/// Reads iWmo 2.0 messages in EI records.
///
/// - Note: Clear identifiers pass through here.
final class EiDecoder: DocumentDecoder {
  private var lines: EiLines
  private var message: EiMessage
  private var lineCount = 0

  init(_ input: DocumentInput, layouts: [Int: EiLayout], path: String, file: Int) {
    lines = EiLines(input, path: path, encoding: .latin1)
    message = EiMessage(layouts: layouts, path: path, file: file)
  }

  /// Whether a file begins with a digit, as records do and XML never does.
  static func reads(_ input: DocumentInput) -> Bool {
    var start = input.peek()
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    let first = start.first { $0 != 0x20 && !(0x09...0x0D ~= $0) }
    return first.map { 0x30...0x39 ~= $0 } ?? false
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    try read(&lines, &message, into: &rows, byteLimit: byteLimit)
  }

  // Apart, since a record is looked at while the message changes.
  private func read(
    _ lines: inout EiLines,
    _ message: inout EiMessage,
    into rows: inout DocumentRows,
    byteLimit: Int
  ) throws(IngestError) -> Bool {
    message.resume(&rows)
    while let line = try lines.next() {
      lineCount = line.number
      let text = lines.bytes.span.extracting(line.start..<line.start + line.length)
      let mayPause = try message.take(line, text, &rows)
      if message.isPassedOver { break }
      if mayPause, message.size(of: rows) >= byteLimit {
        message.pause(&rows)
        return false
      }
    }
    try message.finish(lineCount: lineCount)
    message.pause(&rows)
    return true
  }
}
