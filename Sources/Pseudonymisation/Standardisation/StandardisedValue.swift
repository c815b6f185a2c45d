package import Tabular

/// What a value is after standardisation: the bytes that a token is made of, or why there are none.
///
/// - Note: Clear identifiers pass through here.
package enum StandardisedValue: Sendable, Hashable {
  /// Never empty.
  case value([UInt8])
  /// There is no value, or one that must not make two records agree.
  case missing
  /// A required column rejects the row; elsewhere the value is missing.
  case fault(RejectReason)
}
