package import Diagnostics

/// What a file says of itself, and what it came to.
///
/// - Note: `sender` and `identifier` are clear values: they may be compared and hashed with a key,
///   never written.
package struct FileFacts: Sendable, Hashable {
  /// Index of the file in the source's list.
  package var file: Int
  /// Who sent the message; empty where the format does not tell.
  package var sender: [UInt8] = []
  /// The identifier that the sender gave the message, the claim or the invoice; empty for none.
  package var identifier: [UInt8] = []
  /// The day of the message, as YYYYMMDD, or 0.
  package var day = 0
  /// Rows of this file in this chunk, refused ones too.
  package var rowCount = 0
  /// How many trailers it has.
  package var trailerCount = 0
  /// What a trailer gives as the number of rows; nil for none.
  package var trailerRows: Int?
  /// What a trailer gives as the total, in cents; nil for none.
  package var trailerTotal: Int64?
  /// What its bytes beyond ASCII look like; of ISO-8859-1 only.
  package var highBytes: HighBytes = []
  /// Rows of a message in which volume times tariff is not the amount.
  package var amountMismatches = 0
  /// Where its values stand in the bytes of the batch; nil for a file that is read in pieces.
  package var payload: Range<Int>?

  package init(file: Int) { self.file = file }

  /// Adds what another chunk tells of the same file.
  package mutating func join(_ other: FileFacts) {
    rowCount += other.rowCount
    highBytes.formUnion(other.highBytes)
    amountMismatches += other.amountMismatches
    if sender.isEmpty { sender = other.sender }
    if identifier.isEmpty { identifier = other.identifier }
    if day == 0 { day = other.day }
    trailerCount += other.trailerCount
    trailerRows = Self.sum(trailerRows, other.trailerRows)
    trailerTotal = Self.sum(trailerTotal, other.trailerTotal)
    payload = nil
  }

  /// What two trailers give together; nil where neither gives it.
  ///
  /// A number too large for its kind is none that rows come to.
  package static func sum<Number: FixedWidthInteger>(_ left: Number?, _ right: Number?) -> Number? {
    guard let left, let right else { return left ?? right }
    let (sum, overflows) = left.addingReportingOverflow(right)
    return overflows ? .max : sum
  }
}

/// A file that is refused as a whole, though the delivery goes on without it.
package struct RefusedFile: Sendable, Hashable {
  /// Index of the file in the source's list.
  package let file: Int
  package let fault: FileFault
  /// Where the fault is.
  package let place: Place
  /// How many rows it costs; at least one.
  package let rowCount: Int

  package init(file: Int, fault: FileFault, place: Place, rowCount: Int) {
    self.file = file
    self.fault = fault
    self.place = place
    self.rowCount = max(1, rowCount)
  }
}

/// What is known of a file before it is read.
package enum FileVerdict: Sendable, Hashable {
  /// It was found faulty behind rows that had been handed out; this time none are.
  case refused(RefusedFile)
  /// It is passed over, and counts once.
  case skipped(SkipReason)
}
