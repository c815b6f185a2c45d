// What Koppel tells its user.
//
// Owns the form of a message: place, sentence, excerpt with caret, hint, exit status. It never
// holds a cell value: who makes a diagnostic passes places, names from the pipeline file, counts
// and shapes.

/// One thing to tell the user: what was found, what was expected, and what to do about it.
package struct Diagnostic: Sendable, Hashable {
  /// How much a diagnostic matters to the run.
  package enum Severity: String, Sendable, Hashable {
    case error
    case warning
    case note
  }

  /// A line of a pipeline file with a caret under what the message is about.
  package struct Excerpt: Sendable, Hashable {
    /// The line as it stands in the file, without its line end.
    package let line: String
    /// How many characters the caret marks, at least 1.
    package let width: Int

    package init(line: String, width: Int) {
      self.line = line
      self.width = max(1, width)
    }
  }

  package let severity: Severity
  package let place: Place?
  /// Found this, expected that: lower case, no full stop.
  package let sentence: String
  package let excerpt: Excerpt?
  /// The likely cure.
  package let hint: String?

  package init(
    _ severity: Severity = .error,
    at place: Place? = nil,
    _ sentence: String,
    excerpt: Excerpt? = nil,
    hint: String? = nil
  ) {
    self.severity = severity
    self.place = place
    self.sentence = sentence
    self.excerpt = excerpt
    self.hint = hint
  }

  /// An error that is at no place.
  package init(_ sentence: String, hint: String? = nil) {
    self.init(.error, at: nil, sentence, hint: hint)
  }

  /// The message as people read it, without a final line end.
  ///
  /// ```
  /// region.yaml:41:7: error: source 'care' has no column 'bsm'
  ///    41 |       bsm:           {token: person}
  ///       |       ^^^
  /// hint: did you mean 'bsn'?
  /// ```
  package var text: String {
    var lines = [
      "\(place?.description ?? "koppel"): \(severity.rawValue): \(escapedForTerminal(sentence))"
    ]
    if let excerpt, let place, place.line > 0, place.column > 0 {
      let number = String(place.line)
      let margin = String(repeating: " ", count: max(0, 5 - number.count))
      let gutter = String(repeating: " ", count: max(5, number.count))
      lines.append("\(margin)\(number) | \(escapedForTerminal(excerpt.line))")
      let indent = String(repeating: " ", count: place.column - 1)
      lines.append("\(gutter) | \(indent)\(String(repeating: "^", count: excerpt.width))")
    }
    if let hint { lines.append("hint: \(escapedForTerminal(hint))") }
    return lines.joined(separator: "\n")
  }
}
