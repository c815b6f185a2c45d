import Diagnostics
import Files
import PipelineFile

/// The message in an envelope of the GGk, decoded from base64 as it is read.
///
/// libxml2 never sees the message as a text of the envelope: it would take no text of its size. What
/// stands around it is kept, and read as the small document that it is.
///
/// - Note: Clear identifiers pass through here.
final class GgkEnvelope: ByteInput {
  /// Bytes of all that is no message.
  private static let frameLimit = 1 << 20
  /// Bytes that are looked at in one go.
  private static let pieceLength = 1 << 15

  private let source: DocumentInput
  private let units: XMLUnits
  private let path: String
  private let limits: SourceLimits
  /// The envelope without its message.
  private var frame: [UInt8]
  private let head: GgkFrame
  private var payload = Base64Payload()
  /// Why the message cannot be read.
  private(set) var fault: EnvelopeFault?

  /// Begins an envelope, and reads up to its message.
  ///
  /// - Returns: nil if the document is no envelope; then nothing of it is read.
  /// - Throws: `file`, `refused`.
  init?(
    _ source: DocumentInput,
    path: String,
    _ limits: SourceLimits
  ) throws(IngestError) {
    var scan = GgkScan()
    let start = source.peek(atLeast: 4)
    guard let units = XMLUnits(head: start), scan.isEnvelope(units.characters(of: start)) else {
      return nil
    }
    self.source = source
    self.units = units
    self.path = path
    self.limits = limits
    var frame: [UInt8] = []
    while !scan.isAtPayload {
      let piece = source.peek(atLeast: units.length)
      if let failure = source.failure { throw .file(failure) }
      guard piece.count >= units.length else {
        throw .refused(.envelope(.empty), Place(file: path))
      }
      let count = scan.take(units.characters(of: piece)) * units.length
      frame += piece.prefix(count)
      source.skip(count)
      guard frame.count <= Self.frameLimit else {
        throw .refused(.textLength(limit: Self.frameLimit), Place(file: path))
      }
    }
    self.frame = frame
    head = GgkFrame(of: frame, path: path, limits)
    guard head.isEnvelope, head.payload != nil else {
      throw .refused(.envelope(.empty), Place(file: path))
    }
  }

  /// What the envelope says is inside.
  var function: [UInt8] { head.function }

  /// Whether the message is flat records, not XML.
  var isFlat: Bool { head.payload == GgkNames.payloads[1] }

  var failure: FilesError? { source.failure }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while fault == nil && !payload.isAtEnd && payload.decodedCount < buffer.count {
      let piece = source.peek(atLeast: units.length).prefix(Self.pieceLength)
      if source.failure != nil { return -1 }
      guard piece.count >= units.length else {
        fault = .base64
        break
      }
      let count = payload.take(units.characters(of: piece), atMost: buffer.count)
      source.skip(count * units.length)
      if payload.count > limits.base64 { fault = .length(limit: limits.base64) }
      if payload.isFaulty { fault = .base64 }
    }
    return fault == nil ? unsafe payload.give(buffer) : -1
  }

  /// The message as a whole; flat ones are small.
  ///
  /// - Throws: `file`, `refused`.
  func wholeMessage() throws(IngestError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes { unsafe read(into: $0) }
      if let failure = source.failure { throw .file(failure) }
      if let fault { throw .refused(.envelope(fault), Place(file: path)) }
      if count <= 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  /// Reads what stands behind the message.
  ///
  /// - Throws: `file`; `refused` if the envelope is not what it must be.
  func finish() throws(IngestError) {
    var rest = [UInt8](repeating: 0, count: 1 << 14)
    var count = 1
    while count > 0 { count = unsafe rest.withUnsafeMutableBytes { unsafe read(into: $0) } }
    if let failure = source.failure { throw .file(failure) }
    if let fault { throw .refused(.envelope(fault), Place(file: path)) }
    // The payload took the first character of the tag that ends it.
    frame += units.written(UInt8(ascii: "<"))
    while case let piece = source.peek(), !piece.isEmpty {
      frame += piece
      source.skip(piece.count)
      guard frame.count <= Self.frameLimit else {
        throw .refused(.textLength(limit: Self.frameLimit), Place(file: path))
      }
    }
    if let failure = source.failure { throw .file(failure) }
    let whole = GgkFrame(of: frame, path: path, limits)
    if let refusal = whole.refusal { throw refusal }
    guard whole.payloadCount == 1, whole.function == head.function else {
      throw .refused(.envelope(.empty), Place(file: path))
    }
  }
}
