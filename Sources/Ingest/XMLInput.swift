import Diagnostics
import Files
import PipelineFile

/// What an XML reader is given: the bytes of a document, looked at before libxml2 sees them.
///
/// - Note: Clear identifiers pass through here.
final class XMLInput {
  private let source: any ByteInput
  /// What ended the reading because it is longer than any may be.
  var longRun: XMLRunLength.Finding?
  /// What refuses the document before libxml2 may see it.
  private(set) var finding: XMLProlog.Finding?
  private var prolog = XMLProlog()
  /// Where a document that is to be ASCII is not: libxml2 would take it for its end.
  private var foreignLine: Int?
  private var lineCount = 0

  let limits: SourceLimits

  init(_ source: any ByteInput, _ limits: SourceLimits = SourceLimits()) {
    self.source = source
    self.limits = limits
  }

  /// Why the file could not be read on.
  var failure: FilesError? { source.failure }

  /// Fills the buffer; only the last piece of a document is shorter.
  ///
  /// - Returns: how many bytes, -1 when the file cannot or must not be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = unsafe source.read(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      )
      if count < 0 { return -1 }
      if count == 0 { break }
      filled += count
    }
    if !prolog.isDone && finding == nil {
      finding = unsafe prolog.look(at: UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
    }
    if prolog.isASCII { unsafe checkASCII(UnsafeRawBufferPointer(rebasing: buffer[..<filled])) }
    return finding == nil && foreignLine == nil ? filled : -1
  }

  private func checkASCII(_ bytes: UnsafeRawBufferPointer) {
    for place in bytes.indices where foreignLine == nil {
      let byte = unsafe bytes[place]
      if byte >= 0x80 { foreignLine = lineCount + 1 }
      if byte == 0x0A { lineCount += 1 }
    }
  }

  /// What a fault that the reader found means for the document.
  ///
  /// - Parameters:
  ///   - fault: as `XMLReader.read` threw it.
  ///   - path: as the run names the file.
  /// - Returns: what refuses the document, or why its file cannot be read.
  func refusal(of fault: XMLFault, path: String) -> IngestError {
    if let failure { return .file(failure) }
    if let finding {
      return .refused(finding == .doctype ? .doctype : .xmlEncoding, Place(file: path))
    }
    if let foreignLine {
      return .refused(
        .malformed(code: FileFault.foreignCharacter),
        Place(file: path, line: foreignLine)
      )
    }
    let place = Place(file: path, line: fault.line)
    switch longRun {
    case .tag: return .refused(.tagLength(limit: XMLRunLength.tagLimit), place)
    case .text: return .refused(.textLength(limit: limits.text), place)
    case nil: return .refused(.malformed(code: fault.code), place)
    }
  }
}

/// Where the bytes of a document come from.
protocol ByteInput: AnyObject {
  /// Why it cannot be read on; nil unless `read` gave -1.
  var failure: FilesError? { get }
  /// Fills the buffer as far as it can.
  ///
  /// - Returns: how many bytes, 0 at the end, -1 when it cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int
}

extension DocumentInput: ByteInput {}
