import Cryptography
import Ingest
import Tabular

/// Turns what files say of themselves into keyed digests, before anything keeps it.
///
/// - Note: Clear identifiers pass through here.
struct MessageDigester: Sendable {
  /// What one file says in one chunk, as far as it may be kept.
  struct Facts: Sendable {
    let file: Int
    let rowCount: Int
    let trailerCount: Int
    let trailerRows: Int?
    let trailerTotal: Int64?
    let day: Int
    /// Of sender and identifier; nil where the file lacks one of them.
    let message: [UInt8]?
    /// Of what the rows hold; nil where the file was read in pieces.
    let payload: [UInt8]?
  }

  /// So many bytes of a digest are kept: two messages in 2⁶⁴ have the same by chance.
  private static let byteCount = 16

  let key: SecretBytes

  /// Digests the facts of a chunk, in their order.
  func facts(of chunk: ParsedChunk) throws(CryptographyError) -> [Facts] {
    guard !chunk.facts.isEmpty else { return [] }
    var authenticator = try MessageAuthenticator(key: key)
    var digested: [Facts] = []
    digested.reserveCapacity(chunk.facts.count)
    for facts in chunk.facts {
      var message: [UInt8]?
      var payload: [UInt8]?
      // A number alone tells nothing: other senders may have the same.
      if !facts.identifier.isEmpty, !facts.sender.isEmpty {
        message = try tag(Self.framed(facts.sender) + facts.identifier, &authenticator)
        if let range = facts.payload, range.upperBound <= chunk.batch.bytes.count {
          payload = try tag(Array(chunk.batch.bytes[range]), &authenticator)
        }
      }
      digested.append(
        Facts(
          file: facts.file,
          rowCount: facts.rowCount,
          trailerCount: facts.trailerCount,
          trailerRows: facts.trailerRows,
          trailerTotal: facts.trailerTotal,
          day: facts.day,
          message: message,
          payload: payload
        )
      )
    }
    return digested
  }

  private func tag(
    _ bytes: [UInt8],
    _ authenticator: inout MessageAuthenticator
  ) throws(CryptographyError) -> [UInt8] {
    Array(try authenticator.fullTag(bytes).prefix(Self.byteCount))
  }

  /// Behind its length: no two pairs of sender and identifier give the same bytes.
  private static func framed(_ bytes: [UInt8]) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes
  }
}
