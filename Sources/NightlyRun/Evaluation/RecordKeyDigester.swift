import Cryptography
import PipelineFile
import Tabular

/// Turns what names a record into a keyed digest, under a key that nobody has after this process.
///
/// - Note: Clear identifiers pass through here.
struct RecordKeyDigester: Sendable {
  private let key: SecretBytes

  /// - Throws: `memoryLock`, `random`.
  init() throws(CryptographyError) { key = try .random(count: 32) }

  /// The digests of a column of a batch, one a row; `missing` where there is no value.
  func digests(
    of batch: borrowing ClearBatch,
    column: Int,
    type: ColumnType
  ) throws(CryptographyError) -> [Token] {
    var authenticator = try MessageAuthenticator(key: key)
    var digests: [Token] = []
    digests.reserveCapacity(batch.rowCount)
    for row in 0..<batch.rowCount {
      let cell = batch.cells[row * batch.stride + 1 + column]
      if cell == missingInteger {
        digests.append(.missing)
      } else if type.isNumber {
        digests.append(try Self.digest(Array(String(cell).utf8), &authenticator))
      } else {
        digests.append(
          try Self.digest(Array(batch.bytes[ClearBatch.textRange(cell)]), &authenticator)
        )
      }
    }
    return digests
  }

  /// The digest of a key that a file of truth writes; nil where a number is expected and none is there.
  func digest(of text: [UInt8], type: ColumnType) throws(CryptographyError) -> Token? {
    var authenticator = try MessageAuthenticator(key: key)
    guard type.isNumber else { return try Self.digest(text, &authenticator) }
    guard let number = Int64(String(decoding: text, as: UTF8.self)) else { return nil }
    return try Self.digest(Array(String(number).utf8), &authenticator)
  }

  private static func digest(
    _ bytes: [UInt8],
    _ authenticator: inout MessageAuthenticator
  ) throws(CryptographyError) -> Token {
    let tag = try authenticator.tag(bytes.span)
    // All zeros would read as no value.
    return Token(high: tag.high, low: tag.low | 1)
  }
}

extension ColumnType {
  fileprivate var isNumber: Bool { self == .integer || self == .bsn }
}
