/// Why something of an extract was passed over without being a row; the words never change.
package enum SkipReason: String, Sendable, CaseIterable {
  /// A message that repeats the rows of another; it counts once, whole.
  case returnMessage = "return-message"
  /// A message of a kind that the source does not ask for; it counts once, whole.
  case notAsked = "not-asked"
}
