import Diagnostics
import Files
import PipelineFile

/// The bytes of an extract of lines, its byte order mark taken off.
///
/// UTF-16 is converted to UTF-8 here: in it alone a line end is not a byte. ISO-8859-1 is handed
/// out as it stands, for the workers to convert, unless rows may have several lines: then what is
/// a row must be decided on what the workers will see.
///
/// - Note: Clear identifiers pass through here.
struct TextSource: ~Copyable {
  private static let pieceLength = 1 << 16

  private var source: ByteSource
  private let encoding: Encoding
  private let converts: Bool
  private var utf16 = Utf16Decoder()
  private var piece: [UInt8] = []
  /// What was read and is still to be handed out; only where bytes are converted, or at the start.
  private var waiting: [UInt8] = []
  private var position = 0
  private var hasBegun = false
  private var hasEnded = false

  /// - Parameters:
  ///   - path: of the file.
  ///   - encoding: what it is declared to have.
  ///   - converts: ISO-8859-1 is converted here too.
  ///   - inflation: how far it may be inflated.
  /// - Throws: `file`.
  init(
    path: String,
    encoding: Encoding,
    converts: Bool,
    inflation: InflationLimits
  ) throws(IngestError) {
    do throws(FilesError) {
      source = try ByteSource(path: path, limits: inflation, digestsContent: true)
    } catch {
      throw .file(error)
    }
    self.encoding = encoding
    self.converts = encoding == .utf16le || converts && encoding == .latin1
  }

  var path: String { source.path }

  /// The encoding that the bytes are handed out in.
  var textEncoding: Encoding { converts ? .utf8 : encoding }

  /// What was delivered, once the end was read.
  mutating func finish() throws(IngestError) -> Delivery? {
    do throws(FilesError) {
      var nothing: [UInt8] = [0]
      _ = try source.read(into: &nothing, from: 0)
    } catch {
      throw .file(error)
    }
    return source.delivery
  }

  /// Fills the buffer unless the end comes first.
  ///
  /// - Returns: how many bytes; less than the buffer has place for only at the end.
  /// - Throws: `file`; `refused` for another byte order mark, NUL bytes at the start, bad UTF-16.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    if !hasBegun { try begin() }
    var filled = 0
    while filled < buffer.count {
      if position < waiting.count {
        let count = min(buffer.count - filled, waiting.count - position)
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        unsafe target.copyBytes(from: waiting[position..<position + count])
        position += count
        filled += count
      } else if hasEnded {
        break
      } else if converts {
        try convertPiece()
      } else {
        filled += try unsafe readStored(
          into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        )
      }
    }
    return filled
  }

  private mutating func readStored(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(IngestError) -> Int {
    do throws(FilesError) {
      let count = try unsafe source.read(into: buffer)
      if count < buffer.count { hasEnded = true }
      return count
    } catch {
      throw .file(error)
    }
  }

  private mutating func begin() throws(IngestError) {
    hasBegun = true
    try readPiece(CsvLimits.headLength)
    let marks: [(bytes: [UInt8], encoding: String)] = [
      ([0xEF, 0xBB, 0xBF], "utf-8"), ([0xFF, 0xFE], "utf-16le"), ([0xFE, 0xFF], "utf-16be"),
    ]
    for mark in marks where piece.starts(with: mark.bytes) {
      guard mark.encoding == encoding.rawValue else {
        throw refuse(.byteOrderMark(found: mark.encoding, declared: encoding.rawValue))
      }
      piece.removeFirst(mark.bytes.count)
      break
    }
    if encoding != .utf16le, piece.contains(0) { throw refuse(.nul) }
    try takePiece()
  }

  private mutating func convertPiece() throws(IngestError) {
    try readPiece(Self.pieceLength)
    try takePiece()
  }

  private mutating func readPiece(_ length: Int) throws(IngestError) {
    piece = Array(repeating: 0, count: length)
    do throws(FilesError) {
      let count = try source.read(into: &piece, from: 0)
      if count < length { hasEnded = true }
      piece.removeLast(length - count)
    } catch {
      throw .file(error)
    }
  }

  private mutating func takePiece() throws(IngestError) {
    position = 0
    switch encoding {
    case .utf16le:
      waiting.removeAll(keepingCapacity: true)
      do throws(Utf16Fault) {
        try utf16.decode(piece[...], into: &waiting)
        if hasEnded { try utf16.finish() }
      } catch {
        throw refuse(.utf16(error), utf16.lineCount + 1)
      }
    case .latin1 where converts:
      waiting = utf8(fromLatin1: piece[...])
      waiting.removeLast(CsvLimits.padding)
    default: waiting = piece
    }
  }

  private func refuse(_ fault: FileFault, _ line: Int = 0) -> IngestError {
    .refused(fault, Place(file: source.path, line: line))
  }
}
