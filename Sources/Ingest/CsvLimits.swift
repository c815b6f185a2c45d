/// How much any CSV file may ask of us, beside the limits that a source may change.
enum CsvLimits {
  /// Lines of a row, where quoted fields may hold line ends.
  static let linesPerRow = 64
  /// So many blank bytes at the end of a file are no rows.
  static let blankTail = 4096
  /// Zero bytes behind the text of a chunk: eight and sixteen bytes are read at once.
  static let padding = 64
  /// Where a NUL byte refuses the whole file.
  static let headLength = 4096
}
