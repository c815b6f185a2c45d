package import Cryptography
package import Tabular

/// Lays a new key over tokens of an old one; no identifier is needed for it.
///
/// ```
/// wrapped = HMAC(new.key("koppel/wrap/v1", old fingerprint, label, scope), 0x03 ‖ old token)[0..<16]
/// ```
package final class TokenWrap {
  private var authenticator: MessageAuthenticator
  private var scratch = [UInt8](repeating: 0x03, count: 17)

  /// - Parameters:
  ///   - old: the fingerprint of the key of the tokens.
  ///   - new: the key that takes them over.
  ///   - label: of the tokens, as `person`.
  ///   - scope: the release that they are of.
  /// - Throws: `memoryLock`, `library`.
  package init(
    from old: String,
    to new: RootKey,
    label: String,
    scope: String
  ) throws(CryptographyError) {
    authenticator = try MessageAuthenticator(
      key: new.key("koppel/wrap/v1", [old, label, scope])
    )
  }

  /// The token that takes the place of another; a missing one stays missing.
  package func wrap(_ token: Token) throws(CryptographyError) -> Token {
    guard !token.isMissing else { return token }
    // Taken out and put back: what lends its bytes cannot belong to what is changed.
    var message: [UInt8] = []
    swap(&message, &scratch)
    defer { swap(&message, &scratch) }
    var half = token.high
    for place in 0..<16 {
      if place == 8 { half = token.low }
      message[1 + place] = UInt8(truncatingIfNeeded: half >> UInt64(56 - place % 8 * 8))
    }
    let tag = try authenticator.tag(message.span)
    return Token(high: tag.high, low: tag.low)
  }

  /// Wraps many tokens in place.
  package func wrap(_ tokens: inout [Token]) throws(CryptographyError) {
    for row in tokens.indices { tokens[row] = try wrap(tokens[row]) }
  }
}
