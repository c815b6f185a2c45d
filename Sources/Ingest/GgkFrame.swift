import Diagnostics
import PipelineFile

/// An envelope without its message, or the part of it that stands before the message.
struct GgkFrame {
  private(set) var isEnvelope = false
  /// The text of `stuurgegevens/functie`.
  private(set) var function: [UInt8] = []
  /// The name of the last element where a message may stand.
  private(set) var payload: [UInt8]?
  private(set) var payloadCount = 0
  /// What is wrong with its XML; of a part, that it ends too early.
  private(set) var refusal: IngestError?

  private static let functionPath = [Array("stuurgegevens".utf8), Array("functie".utf8)]
  private static let payloadPath = [Array("parameters".utf8), Array("bericht".utf8)]

  init(of bytes: [UInt8], path: String, _ limits: SourceLimits) {
    let input = XMLInput(DocumentInput(bytes: bytes, range: bytes.indices), limits)
    guard var reader = XMLReader(input) else {
      refusal = .readerUnavailable(Place(file: path))
      return
    }
    do throws(XMLFault) {
      try read(&reader, path: path, depthLimit: limits.nesting)
    } catch {
      refusal = input.refusal(of: error, path: path)
    }
  }

  private mutating func read(
    _ reader: inout XMLReader,
    path: String,
    depthLimit: Int
  ) throws(XMLFault) {
    // The elements around the reader, below the root.
    var names: [[UInt8]] = []
    while let node = try reader.read() {
      switch node {
      case .elementStart:
        if reader.depth == 0 {
          isEnvelope =
            unsafe GgkNames.isEnvelope(reader.localName)
            && reader.namespace.map { unsafe isEqual($0, GgkNames.space) } ?? false
        } else if reader.depth < depthLimit {
          names.removeLast(max(0, names.count - (reader.depth - 1)))
          names.append(name(of: reader))
          if names.count == 3, Array(names.prefix(2)) == Self.payloadPath,
            GgkNames.payloads.contains(names[2])
          {
            payload = names[2]
            payloadCount += 1
          }
        } else {
          refusal = .refused(
            .depth(limit: depthLimit),
            Place(file: path, line: reader.line)
          )
          return
        }
      case .elementEnd: names.removeLast(max(0, names.count - max(0, reader.depth - 1)))
      case .text:
        if names == Self.functionPath { unsafe function.append(contentsOf: reader.text) }
      case .documentType, .entity, .other: break
      }
    }
  }

  /// The name of an element of the standard; empty for another.
  private func name(of reader: borrowing XMLReader) -> [UInt8] {
    guard let name = unsafe reader.localName, let space = unsafe reader.namespace,
      unsafe isEqual(space, GgkNames.space) || isEqual(space, GgkNames.stuf)
    else { return [] }
    var bytes: [UInt8] = []
    while bytes.count < 64, unsafe name[bytes.count] != 0 {
      bytes.append(unsafe name[bytes.count])
    }
    return bytes
  }
}
