/// Reads iWmo and iJw messages.
///
/// - Note: Clear identifiers pass through here.
final class IwmoDecoder: DocumentDecoder {
  private var message: IwmoMessage

  init(
    _ input: XMLInput,
    layouts: [Int: IwmoLayout],
    path: String,
    file: Int
  ) throws(IngestError) {
    message = try IwmoMessage(input, layouts: layouts, path: path, file: file)
  }

  func read(into rows: inout DocumentRows, byteLimit: Int) throws(IngestError) -> Bool {
    try message.read(into: &rows, byteLimit: byteLimit)
  }
}
