import Files

/// What an XML reader is given: the bytes of a document, looked at before libxml2 sees them.
///
/// - Note: Clear identifiers pass through here.
final class XMLInput {
  private let source: DocumentInput
  /// What ended the reading because it is longer than any may be.
  private(set) var longRun: XMLRunLength.Finding?
  private var runLength = XMLRunLength()
  /// The first error that libxml2 told, and its line; its words quote the text and are dropped.
  var fault: (code: Int32, line: Int)?
  /// What refuses the document before libxml2 may see it.
  private(set) var finding: XMLProlog.Finding?
  private var prolog = XMLProlog()

  init(_ source: DocumentInput) { self.source = source }

  /// Why the file could not be read on.
  var failure: FilesError? { source.failure }

  /// Fills the buffer as far as it can.
  ///
  /// - Returns: how many bytes, 0 at the end, -1 when the file cannot or must not be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = unsafe source.read(into: buffer)
    guard count > 0 else { return count }
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
    if !prolog.isDone && finding == nil { finding = unsafe prolog.look(at: bytes) }
    if longRun == nil { longRun = unsafe runLength.take(bytes) }
    return finding == nil && longRun == nil ? count : -1
  }
}
