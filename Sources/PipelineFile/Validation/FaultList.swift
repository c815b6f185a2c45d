import Diagnostics

/// Collects what is wrong with a pipeline file, and tells it in file order.
struct FaultList {
  fileprivate struct Entry {
    let span: SourceSpan?
    let diagnostic: Diagnostic
  }

  /// The texts of the load, the main one first.
  private(set) var files: [SourceText] = []
  private var entries: [Entry] = []
  /// Lines that hold the bytes of a key.
  private(set) var keys: [Diagnostic] = []
  /// File, line and column of the errors.
  private var errorPlaces: Set<[Int]> = []
  /// Names of which the first mistake is told; see `isFirst`.
  private var told: Set<String> = []

  /// - Returns: the index that spans carry.
  mutating func add(_ text: SourceText) -> Int {
    files.append(text)
    tellKeys(ofFile: files.count - 1)
    return files.count - 1
  }

  /// Tells every line that holds the bytes of a key; none of them is shown.
  private mutating func tellKeys(ofFile file: Int) {
    for (number, line) in files[file].lines.enumerated() where holdsKey(line) {
      let place = Place(file: files[file].path, line: number + 1)
      let diagnostic = Diagnostic(
        at: place,
        "found the bytes of a key in a pipeline file, expected where they lie",
        hint: "name a 'credential' or 'file' under 'keys'; that key is no secret any more: make "
          + "another one"
      )
      keys.append(diagnostic)
      let span = point(file, number + 1, 1)
      entries.append(Entry(span: span, diagnostic: diagnostic))
    }
  }

  /// Tells one mistake; a second one at exactly the same node is a consequence and is not told.
  mutating func report(
    _ severity: Diagnostic.Severity = .error,
    at span: SourceSpan,
    _ sentence: String,
    hint: String? = nil
  ) {
    if severity == .error && !errorPlaces.insert([span.file, span.line, span.column]).inserted {
      return
    }
    entries.append(Entry(span: span, diagnostic: diagnostic(severity, span, sentence, hint)))
  }

  /// Tells that something lacks; several such messages may share a place.
  mutating func reportMissing(at span: SourceSpan, _ sentence: String, hint: String? = nil) {
    entries.append(Entry(span: span, diagnostic: diagnostic(.error, span, sentence, hint)))
  }

  /// Tells a mistake on the command line.
  mutating func reportSetting(_ sentence: String, hint: String?) {
    entries.append(Entry(span: nil, diagnostic: Diagnostic(.error, sentence, hint: hint)))
  }

  /// True the first time only: one mistake that shows in many places is told once.
  mutating func isFirst(_ mistake: String) -> Bool { told.insert(mistake).inserted }

  /// A span of one character.
  func point(_ file: Int, _ line: Int, _ column: Int) -> SourceSpan {
    SourceSpan(file: file, line: line, column: column, endLine: line, endColumn: column + 1)
  }

  /// A part of a value, by scalar offsets in its text.
  ///
  /// Quoted and folded values may stand in the file otherwise than they read; where the file does
  /// not hold the very text, it is the whole value.
  func part(of span: SourceSpan, text: String, from start: Int, to end: Int) -> SourceSpan {
    guard span.line == span.endLine, files.indices.contains(span.file) else { return span }
    let line = files[span.file].scalars(ofLine: span.line)
    guard !line.isEmpty else { return span }
    let scalars = Array(text.unicodeScalars)
    for shift in 0...1 {
      let first = span.column - 1 + shift
      guard first + scalars.count <= line.count else { continue }
      guard line[first..<first + scalars.count].elementsEqual(scalars) else { continue }
      var part = span
      part.column = span.column + shift + start
      part.endColumn = max(part.column + 1, span.column + shift + end)
      return part
    }
    return span
  }

  func place(of span: SourceSpan) -> Place {
    let path = files.indices.contains(span.file) ? files[span.file].path : ""
    return Place(file: path, line: span.line, column: span.column)
  }

  var errors: [Diagnostic] { sorted { $0.severity == .error } }
  var warnings: [Diagnostic] { sorted { $0.severity != .error } }
  /// Nothing in the files is wrong, only the command line.
  var onlySettingsAreWrong: Bool {
    !errors.isEmpty && !entries.contains { $0.span != nil && $0.diagnostic.severity == .error }
  }

  private func sorted(_ isWanted: (Diagnostic) -> Bool) -> [Diagnostic] {
    let wanted = entries.enumerated().filter { isWanted($0.element.diagnostic) }
    return wanted.sorted { left, right in
      let first = left.element.order
      let second = right.element.order
      return first == second ? left.offset < right.offset : first.lexicographicallyPrecedes(second)
    }.map(\.element.diagnostic)
  }

  private func diagnostic(
    _ severity: Diagnostic.Severity,
    _ span: SourceSpan,
    _ sentence: String,
    _ hint: String?
  ) -> Diagnostic {
    var excerpt: Diagnostic.Excerpt?
    // A file by another name may be an extract that was given by mistake: its lines are not shown.
    if files.indices.contains(span.file), files[span.file].isNamedYAML,
      let line = files[span.file].excerpt(ofLine: span.line)
    {
      let lineEnd = line.unicodeScalars.count + 1
      let end = span.endLine == span.line ? min(span.endColumn, lineEnd) : lineEnd
      excerpt = Diagnostic.Excerpt(
        line: TestNumbers.masked(maskedKeys(line)),
        width: end - span.column
      )
    }
    return Diagnostic(
      severity,
      at: place(of: span),
      maskedKeys(sentence),
      excerpt: excerpt,
      hint: hint.map(maskedKeys)
    )
  }
}

extension FaultList.Entry {
  fileprivate var order: [Int] {
    guard let span else { return [-1] }
    return [span.file, span.line, span.column]
  }
}
