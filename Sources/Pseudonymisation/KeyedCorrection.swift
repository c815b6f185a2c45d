import Cryptography
import Tabular

/// What a row does to earlier rows, in hashes and numbers.
struct KeyedCorrection: Sendable {
  /// Of what the row is about.
  let key: Token
  /// Of all its values; decides between rows of equal key and order.
  let content: UInt64
  /// The code of when it holds, among the texts of `CorrectedRows`.
  let order: Int32
  /// Within the chunk.
  let row: Int32
  let action: RowCorrection.Action
}

/// Hashes what rows are about, for one worker.
///
/// ```
/// K   = root.key("koppel/correction/v1", "region", source, release)
/// key = HMAC-SHA-256(K, 0x05 ‖ text)[0..<16]
/// ```
///
/// - Note: Clear identifiers pass through here.
struct CorrectionKeyMaker: ~Copyable {
  private var authenticator: MessageAuthenticator
  private var message: [UInt8] = []

  init(source: String, scope: TokenScope) throws(CryptographyError) {
    authenticator = try MessageAuthenticator(
      key: scope.root.key("koppel/correction/v1", ["region", source, scope.release])
    )
  }

  /// The hash of a text; the same for the same text, source, release and root.
  mutating func key(of text: ArraySlice<UInt8>) throws(CryptographyError) -> Token {
    message.removeAll(keepingCapacity: true)
    message.append(0x05)
    message.append(contentsOf: text)
    let bytes = message
    let tag = try authenticator.tag(bytes.span)
    return Token(high: tag.high, low: tag.low)
  }
}
