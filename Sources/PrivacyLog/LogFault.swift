/// The first line of a log that is not as it was written.
package struct LogFault: Error, Sendable, Hashable {
  /// Counts from 1; of a cut log, the first line that is missing.
  package let line: Int
  package let cause: Cause

  package init(line: Int, cause: Cause) {
    self.line = line
    self.cause = cause
  }

  /// How it is seen.
  package enum Cause: Error, Sendable, Hashable {
    /// The line is not one canonical JSON object.
    case notCanonical
    /// One of the fields that every line has is missing.
    case fieldMissing
    /// A field that every line has holds something else than it may.
    case field(String)
    /// The line is longer than any that is written.
    case tooLong
    /// The first line does not begin a log.
    case notCreated
    /// A second `log.created`.
    case createdAgain
    /// The line has the number of another: lines were removed, repeated, inserted or swapped.
    case sequence(found: Int)
    /// The line's hash is not the one that the next line, or the expected head, keeps of it.
    case changed
    /// The log ends before this line.
    case cut(found: Int, expected: Int)
  }
}

extension LogFault.Cause {
  /// Found this, expected that.
  var sentence: String {
    switch self {
    case .notCanonical: "found no canonical JSON object, as every line of the log is"
    case .fieldMissing: "found a line without one of v, seq, ts, run, event, outcome, prev"
    case .field(let name): "found a line whose '\(name)' is not of its form"
    case .tooLong: "found a line longer than any that koppel writes"
    case .notCreated: "found another first line than log.created"
    case .createdAgain: "found log.created again: a log begins once"
    case .sequence(let found):
      "found the line with number \(found) in its place: lines were removed, added or moved"
    case .changed: "the line was changed after it was written"
    case .cut(let found, let expected): "the log ends after \(found) lines, expected \(expected)"
    }
  }
}
