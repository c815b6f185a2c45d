/// Where a row stands in the files of its source, as one number of the rows that wait.
struct RowPlace: Sendable, Equatable {
  /// Enough for a million million lines, and eight million files.
  private static let lineBits: Int64 = 40

  /// The index of its file in the list of the source.
  let file: Int
  /// Counted from 1, from the start of its chunk or of its document.
  let line: Int

  init(file: Int, line: Int) {
    self.file = file
    self.line = line
  }

  init(word: Int64) {
    file = Int(word >> Self.lineBits)
    line = Int(word & (1 << Self.lineBits - 1))
  }

  var word: Int64 { Int64(file) << Self.lineBits | Int64(line) & (1 << Self.lineBits - 1) }
}
