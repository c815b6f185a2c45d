/// Reads one file of a format that is no plain lines, from its beginning to its end.
///
/// A class, since decoders of several kinds are held in one place; it is asked once a piece, never
/// once a row.
protocol DocumentDecoder: AnyObject {
  /// Reads on until the document ends or its rows take more than so many bytes.
  ///
  /// - Returns: whether the document ended.
  /// - Throws: `file`; `refused`, and then what `rows` holds of this document counts for nothing.
  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool
}
