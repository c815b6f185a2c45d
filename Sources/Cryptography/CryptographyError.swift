/// What can go wrong with keys and digests; no case holds a byte of either.
package enum CryptographyError: Error, Hashable, Sendable {
  /// libcrypto refused; `operation` says what was asked.
  case library(operation: String)
  /// Memory for a key cannot be locked, so it could be written to swap.
  ///
  /// `code` is `errno`.
  case memoryLock(code: Int32)
  /// The operating system gave no random bytes.
  case random
  /// A field of a derivation is empty; `field` counts from 0, the purpose.
  case emptyField(field: Int)
  /// A field of a derivation is longer than 65,535 bytes; `field` counts from 0, the purpose.
  case longField(field: Int)
  /// A root needs one half or two, each of 32 bytes.
  case halves(count: Int)
  /// The seed of a signing key is 32 bytes.
  case seed(count: Int)
  /// A reused context of libcrypto gives wrong results, as versions before 3.0.3 did.
  case selfTest
  /// The operating system does not forbid dumps of this process.
  case dumpsAllowed
}

extension CryptographyError: CustomStringConvertible {
  /// The sentence: lower case, no full stop.
  package var description: String {
    switch self {
    case .library(let operation): "libcrypto refused: \(operation)"
    case .memoryLock(let code): "memory for a key cannot be locked (error \(code))"
    case .random: "the operating system gave no random bytes"
    case .emptyField(let field): "field \(field) of a key derivation is empty"
    case .longField(let field): "field \(field) of a key derivation is over 65535 bytes"
    case .halves(let count): "found \(count) usable key halves, expected 1 or 2 of 32 bytes"
    case .seed(let count): "found a signing key of \(count) bytes, expected 32"
    case .selfTest: "libcrypto gives wrong keyed hashes from a reused context"
    case .dumpsAllowed: "the operating system does not forbid core dumps of this process"
    }
  }
}
