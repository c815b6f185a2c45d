/// Why something of an extract was passed over without being a row; the words never change.
package enum SkipReason: String, Sendable, CaseIterable {
  /// A message that repeats the rows of another; it counts once, whole.
  case returnMessage = "return-message"
  /// A message of a kind that the source does not ask for; it counts once, whole.
  case notAsked = "not-asked"
  /// A file, or a row of a message, that was received before; a file counts once, whole.
  case duplicate
  /// A file or a row in whose place a later one stands; a file counts once, whole.
  case replaced
  /// A row that a later message takes back, and the row that does so.
  case removed
  /// A row that tells what was, not what is.
  case history
  /// A line that is of another type than the one that is read.
  case otherType = "other-type"
  /// The person objects to the data being passed on.
  case objection
  /// A record that was entered by mistake.
  case withdrawn
  /// A line below the rows that is none.
  case footer
}
