import Tabular

/// What was not published, and why.
struct BlockedFacts: Hashable {
  /// One refusal.
  struct Refusal: Hashable {
    let time: DutchTime
    let line: Int
    /// `identifiers-kept few-persons key exit`.
    let reason: String
    /// Columns, a source, a key.
    let subject: String
    let exit: Int
  }

  /// The last ones.
  private(set) var refusals: [Refusal] = []
  private(set) var count = 0

  private static let mostRefusals = 10

  mutating func take(_ record: LogRecord, at time: DutchTime) {
    let isKey = record.event == .keyRefused
    let columns = (record["columns"]?.arrayValue ?? []).prefix(4).compactMap(\.stringValue)
    let subject =
      isKey
      ? record["key"]?.text("name") ?? ""
      : record["source"]?.stringValue ?? columns.joined(separator: ", ")
    let reason = isKey ? "key" : record["reason"]?.stringValue ?? "exit"
    add(record, time, reason: reason, subject: subject)
  }

  /// A run failed; when the line before says why, that is enough.
  mutating func failed(_ record: LogRecord, at time: DutchTime) {
    if let last = refusals.last, record.number - last.line <= 2, last.exit == 0 { return }
    add(record, time, reason: "exit", subject: "")
  }

  private mutating func add(
    _ record: LogRecord,
    _ time: DutchTime,
    reason: String,
    subject: String
  ) {
    count += 1
    if refusals.count == Self.mostRefusals { refusals.removeFirst() }
    refusals.append(
      Refusal(
        time: time,
        line: record.number,
        reason: BoundedCounts.shortened(reason),
        subject: BoundedCounts.shortened(subject),
        exit: record["exit"]?.count ?? 0
      )
    )
  }
}
