/// Why a figure has no value, or what was done to have one; `m_mark` of a table.
package enum Mark: String, Sendable {
  /// Nothing to divide by, or too much of the standard without persons.
  case missing
  /// Fewer than ten events.
  case few
  /// A stratum without persons was taken together with its neighbour.
  case pooled
}
