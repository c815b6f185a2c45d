/// Builds the tree of one file and refuses what plain YAML would let through.
///
/// Refused, and read on: duplicate keys, anchors, aliases, tags, a second document. Refused, and
/// stopped: what libyaml cannot read, and nesting beyond 64 levels.
struct YAMLReading: ~Copyable {
  private static let depthLimit = 64

  private let file: Int
  private var parser: YAMLParser

  private init(_ text: SourceText, file: Int) throws(YAMLProblem) {
    self.file = file
    parser = try YAMLParser(bytes: text.content)
  }

  /// The root of a file, or nil when it cannot be read or is empty; the faults are told.
  static func root(of file: Int, _ faults: inout FaultList) -> YAMLNode? {
    let text = faults.files[file]
    let start = faults.point(file, 1, 1)
    guard text.bytes.count <= SourceText.sizeLimit else {
      faults.report(at: start, "found more than 1 MiB, expected a pipeline file")
      return nil
    }
    if let flaw = text.flaw {
      let span = faults.point(file, flaw.line, flaw.column)
      faults.report(at: span, flaw.sentence, hint: flaw.hint)
      return nil
    }
    let tabs = text.tabIndents
    for tab in tabs {
      let span = faults.point(file, tab.line, tab.column)
      faults.report(at: span, "found a tab as indent, expected blanks", hint: "indent with blanks")
    }
    do throws(YAMLProblem) {
      var reading = try YAMLReading(text, file: file)
      guard let root = try reading.document(&faults) else {
        faults.report(at: start, "found nothing, expected keys and values")
        return nil
      }
      return root
    } catch {
      // A tab is what libyaml stumbles over then: one mistake, one message.
      if tabs.isEmpty {
        let mark = Self.place(of: error, in: text)
        let span = faults.point(file, mark.line, mark.column)
        faults.report(at: span, error.sentence, hint: Self.hint(for: error, in: text))
      }
      return nil
    }
  }

  private mutating func document(_ faults: inout FaultList) throws(YAMLProblem) -> YAMLNode? {
    var root: YAMLNode?
    var documentCount = 0
    while true {
      let event = try parser.next()
      switch event.kind {
      case .streamEnd, .none: return root
      case .streamStart, .documentEnd: continue
      case .documentStart:
        documentCount += 1
        if documentCount > 1 {
          let span = faults.point(file, event.start.line, event.start.column)
          faults.report(
            at: span,
            "found a second document, expected one",
            hint: "remove what stands from here"
          )
          return root
        }
      default:
        root = try node(event, depth: 1, &faults)
      }
    }
  }

  private mutating func node(
    _ event: YAMLEvent,
    depth: Int,
    _ faults: inout FaultList
  ) throws(YAMLProblem) -> YAMLNode {
    guard depth <= Self.depthLimit else {
      throw YAMLProblem(
        sentence: "found more than \(Self.depthLimit) levels of nesting",
        mark: event.start
      )
    }
    refuse(event, &faults)
    switch event.kind {
    case .scalar(let text, let isPlain):
      return YAMLNode(content: .scalar(text, isPlain: isPlain), span: span(event.start, event.end))
    case .sequenceStart: return try sequence(event, depth: depth, &faults)
    case .mappingStart: return try mapping(event, depth: depth, &faults)
    default: return YAMLNode(content: .faulty, span: span(event.start, event.end))
    }
  }

  private mutating func sequence(
    _ start: YAMLEvent,
    depth: Int,
    _ faults: inout FaultList
  ) throws(YAMLProblem) -> YAMLNode {
    var elements: [YAMLNode] = []
    while true {
      let event = try parser.next()
      switch event.kind {
      case .sequenceEnd, .none, .streamEnd:
        return YAMLNode(content: .sequence(elements), span: span(start.start, event.end))
      default: elements.append(try node(event, depth: depth + 1, &faults))
      }
    }
  }

  private mutating func mapping(
    _ start: YAMLEvent,
    depth: Int,
    _ faults: inout FaultList
  ) throws(YAMLProblem) -> YAMLNode {
    var entries: [YAMLEntry] = []
    var lines: [String: Int] = [:]
    while true {
      let event = try parser.next()
      switch event.kind {
      case .mappingEnd, .none, .streamEnd:
        return YAMLNode(content: .mapping(entries), span: span(start.start, event.end))
      default: break
      }
      let key = try node(event, depth: depth + 1, &faults)
      let value = try node(parser.next(), depth: depth + 1, &faults)
      switch key.content {
      case .scalar(let text, _):
        if let line = lines[text] {
          faults.report(
            at: key.span,
            "found the key '\(text)' twice",
            hint: "it stands on line \(line) too; remove one"
          )
        } else {
          lines[text] = key.span.line
          entries.append(YAMLEntry(key: text, keySpan: key.span, value: value))
        }
      case .faulty: break
      case .sequence, .mapping:
        faults.report(at: key.span, "found a list or mapping as a key, expected a word")
      }
    }
  }

  private func refuse(_ event: YAMLEvent, _ faults: inout FaultList) {
    let place = faults.point(file, event.start.line, event.start.column)
    if case .alias = event.kind {
      faults.report(at: place, "found an alias, expected a value", hint: "write the value out")
    } else if event.hasAnchor {
      faults.report(at: place, "found an anchor, expected a value", hint: "remove the '&' word")
    } else if event.hasTag {
      faults.report(at: place, "found a tag, expected a value", hint: "remove the '!' word")
    }
  }

  private func span(_ start: YAMLMark, _ end: YAMLMark) -> SourceSpan {
    SourceSpan(
      file: file,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column
    )
  }

  /// Where the problem shows; what has no end shows where it began.
  private static func place(of problem: YAMLProblem, in text: SourceText) -> YAMLMark {
    let isBehind = problem.mark.line >= text.lines.count && text.lines.last?.isEmpty ?? true
    guard isBehind || problem.mark.line > text.lines.count else { return problem.mark }
    if let start = problem.start, start.line <= text.lines.count { return start }
    return YAMLMark(line: max(1, text.lines.count - 1), column: 1)
  }

  private static func hint(for problem: YAMLProblem, in text: SourceText) -> String? {
    for number in [problem.mark.line, problem.mark.line - 1] {
      guard let line = text.excerpt(ofLine: number) else { continue }
      if let brace = line.firstRange(of: ": {"),
        let close = line[brace.upperBound...].firstIndex(of: "}"),
        line.index(after: close) < line.endIndex,
        !" ,}]#".contains(line[line.index(after: close)])
      {
        return "a value that begins with '{' must stand in quotes"
      }
      if line.contains("\t") { return "a tab is no blank" }
    }
    return nil
  }
}
