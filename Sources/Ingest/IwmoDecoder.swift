import PipelineFile
import Diagnostics

/// Reads a file of iWmo and iJw: a message in XML, bare or in an envelope of the GGk; flat records
/// in an envelope too.
///
/// - Note: Clear identifiers pass through here.
final class IwmoDecoder: DocumentDecoder {
  private var message: IwmoMessage?
  private var flat: EiDecoder<EiMessage>?
  private let envelope: GgkEnvelope?
  private let path: String

  /// Begins a file.
  ///
  /// - Throws: `readerUnavailable`; `file` and `refused`, for what stands around the message.
  init(
    _ input: DocumentInput,
    format: IwmoFormat,
    eiLayouts: [Int: EiLayout],
    path: String,
    file: Int
  ) throws(IngestError) {
    self.path = path
    let envelope = try GgkEnvelope(input, path: path, format.limits)
    self.envelope = envelope
    if let envelope, envelope.isFlat {
      let bytes = try envelope.wholeMessage()
      guard GgkNames.names(envelope.function, flat: bytes) else {
        throw .refused(.envelope(.function), Place(file: path))
      }
      let records = DocumentInput(bytes: bytes, range: bytes.indices)
      flat = EiDecoder(
        records,
        EiMessage(layouts: eiLayouts, path: path, file: file, encoding: format.encoding),
        path: path,
        encoding: format.encoding
      )
      return
    }
    message = try IwmoMessage(
      envelope.map { XMLInput($0, format.limits) } ?? XMLInput(input, format.limits),
      format: format,
      function: envelope?.function,
      path: path,
      file: file
    )
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    do throws(IngestError) {
      if let flat {
        guard try flat.read(into: &rows, byteLimit: byteLimit) else { return false }
      } else if message != nil {
        guard try message?.read(into: &rows, byteLimit: byteLimit) == true else { return false }
      }
    } catch {
      // What the message lacks may be the fault of the envelope.
      if let fault = envelope?.fault { throw .refused(.envelope(fault), Place(file: path)) }
      throw error
    }
    try envelope?.finish()
    return true
  }
}
