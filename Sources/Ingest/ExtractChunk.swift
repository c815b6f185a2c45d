import PipelineFile

/// A piece of an extract that is parsed by itself: lines of a CSV file, or XML messages.
///
/// - Note: Clear identifiers pass through here.
package struct ExtractChunk: Sendable {
  /// The number of the chunk, from 0, over all files of the source.
  package let ordinal: Int
  /// Index of the file in the list; of the first one, for messages.
  package let file: Int
  var content: Content

  enum Content: Sendable {
    case csv(CsvChunk)
    /// Whole lines that are JSON records.
    case lines(LineChunk)
    /// Whole small documents.
    case documents(DocumentChunk)
    /// Rows of a document that was too big for a chunk, read by `ExtractReader` itself.
    case rows(DocumentRows)
  }
}

/// Whole lines of a file of rows.
struct CsvChunk: Sendable {
  /// The text, then `CsvLimits.padding` zero bytes.
  var bytes: [UInt8]
  /// Where the first row begins: behind the byte order mark and the header.
  var start: Int
  /// Where the text ends, just behind a line end.
  var end: Int
  /// The line of the first row, counted from 1 at the start of the chunk.
  var firstLine: Int
  let layout: CsvLayout
  /// UTF-8, or ISO-8859-1 that is still to be converted.
  let encoding: Encoding
  /// The last line has no line end in the file: it may be cut.
  var lacksLineEnd = false
}
