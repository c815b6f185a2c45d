import PipelineFile

/// Reads claims in the standards of Vektis.
///
/// Fields have the bytes of the layout in either encoding: a file that was converted from ISO-8859-1
/// has lines that are too long, and they are refused (`line-length`).
///
/// - Note: Clear identifiers pass through here.
final class VektisDecoder: DocumentDecoder {
  private var lines: EiLines
  private var claims: VektisClaims
  private var lineCount = 0

  init(
    _ input: DocumentInput,
    layouts: [VektisColumns],
    columnCount: Int,
    encoding: Encoding,
    path: String,
    file: Int
  ) {
    lines = EiLines(input, path: path, encoding: encoding)
    claims = VektisClaims(
      layouts,
      columnCount: columnCount,
      encoding: encoding,
      path: path,
      file: file
    )
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    try read(&lines, &claims, into: &rows, byteLimit: byteLimit)
  }

  // Apart, since a record is looked at while the claims change.
  private func read(
    _ lines: inout EiLines,
    _ claims: inout VektisClaims,
    into rows: inout DocumentRows,
    byteLimit: Int
  ) throws(IngestError) -> Bool {
    claims.resume(&rows)
    while let line = try lines.next() {
      lineCount = line.number
      let text = lines.bytes.span.extracting(line.start..<line.start + line.length)
      if try claims.take(line, text, &rows), claims.size(of: rows) >= byteLimit {
        claims.pause(&rows)
        return false
      }
    }
    try claims.finish(lineCount: lineCount)
    claims.pause(&rows)
    return true
  }
}
