/// Why a table could not be protected; names only, never a value.
package enum DisclosureControlError: Error, Sendable {
  /// A mean or a quotient is too large for 64 bits.
  case overflow(figure: String)
}
