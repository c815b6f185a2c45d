/// Where splitting a text into rows goes on.
struct LinePosition {
  var offset: Int
  /// Counted from 1 at the start of the chunk.
  var line: Int
  /// Rows that were split so far, refused ones too.
  var rowCount = 0
  /// Lines that are no rows: footers and trailers.
  var skippedCount = 0
}

/// A row that was refused as it was split.
struct RefusedLine {
  let line: Int
  let fault: UInt8
  /// What is told of it: a count, never a value.
  let shape: String
}

/// A line that is no row, and where it stands in the text, its end not counted.
struct MarkedLine {
  let line: Int
  let range: Range<Int>
}
