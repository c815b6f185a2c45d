import Cryptography
import Tabular

/// Makes the tokens of one label, for one worker.
///
/// ```
/// P1 = HMAC-SHA-256(Ks, 0x01 ‖ u16(length) ‖ value)[0..<16]
/// P2 = HMAC-SHA-256(Kr, 0x02 ‖ P1)[0..<16]
/// ```
///
/// Which of them it ends with, and whether it can begin with a value, its scope tells. In a release
/// during which the key was rotated, the wraps of the keys that followed come after.
struct TokenMaker: ~Copyable {
  private var sourceLevel: MessageAuthenticator
  private var regionLevel: MessageAuthenticator
  private let levels: TokenScope.Levels
  /// Keys that were rotated to during the release; none as a rule.
  private let wraps: [TokenWrap]
  private(set) var scratch: [UInt8]

  init(label: String, scope: TokenScope) throws(CryptographyError) {
    let purpose = "koppel/token/v1"
    let source = try MessageAuthenticator(
      key: scope.sourceRoot.key(
        purpose,
        ["source", label, scope.sourceRelease, scope.standardisation]
      )
    )
    let region = try MessageAuthenticator(
      key: scope.root.key(purpose, ["region", label, scope.release, scope.standardisation])
    )
    let wraps = try scope.makeWraps(label: label)
    sourceLevel = source
    regionLevel = region
    self.wraps = wraps
    // What stays in memory is no pseudonym, and needs no key of the suppliers.
    levels = label == SourcePlan.innerLabel ? .both : scope.levels
    scratch = []
  }

  /// The token of a standardised value of at most 65,535 bytes: of the first level where that is
  /// handed over, else of the second.
  ///
  /// - Throws: `library`; also where the suppliers keep the key of the first level.
  mutating func token(of value: [UInt8]) throws(CryptographyError) -> Token {
    // A first level under the region's own key would link with nobody's.
    guard levels != .region else { throw .library(operation: "the first level") }
    // Taken out and put back: what lends its bytes cannot belong to what is changed.
    var message: [UInt8] = []
    swap(&message, &scratch)
    defer { swap(&message, &scratch) }
    message.removeAll(keepingCapacity: true)
    message.append(0x01)
    message.append(UInt8(truncatingIfNeeded: value.count >> 8))
    message.append(UInt8(truncatingIfNeeded: value.count))
    makeRoom(in: &message, for: value.count)
    message.append(contentsOf: value)
    let first = try sourceLevel.tag(message.span)
    if levels == .source { return Token(high: first.high, low: first.low) }
    return try secondLevel(high: first.high, low: first.low, &message)
  }

  /// Overwrites what is left of the last values; to be called when no more come.
  mutating func forget() { cleanse(&scratch) }

  /// The token of the second level over one of the first that a supplier made.
  mutating func token(over first: Token) throws(CryptographyError) -> Token {
    var message: [UInt8] = []
    swap(&message, &scratch)
    defer { swap(&message, &scratch) }
    return try secondLevel(high: first.high, low: first.low, &message)
  }

  private mutating func secondLevel(
    high: UInt64,
    low: UInt64,
    _ message: inout [UInt8]
  ) throws(CryptographyError) -> Token {
    message.removeAll(keepingCapacity: true)
    message.append(0x02)
    unsafe withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes in
      unsafe message.append(contentsOf: bytes)
    }
    let second = try regionLevel.tag(message.span)
    var token = Token(high: second.high, low: second.low)
    for wrap in wraps { token = try wrap.wrap(token) }
    return token
  }
}
