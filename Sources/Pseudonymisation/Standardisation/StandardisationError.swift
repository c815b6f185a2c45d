package import Cryptography

/// Why standardisation cannot begin; both are faults of ours or of the machine.
package enum StandardisationError: Error, Hashable, Sendable {
  /// A line of the compiled-in table cannot be read; counted from 1.
  case table(line: Int)
  /// The table's digest could not be made.
  case cryptography(CryptographyError)
}
