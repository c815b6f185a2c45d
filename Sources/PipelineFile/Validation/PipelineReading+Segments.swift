import Diagnostics

extension PipelineReading {
  /// Reads the segments; their column is one of the persons' from then on.
  mutating func segments(_ value: CheckedValue?, _ scope: inout ExpressionScope) -> [Segment] {
    guard let value else { return [] }
    let column = Segment.column
    if scope.columns.contains(column), isTaken(scope.columns[column]) {
      faults.report(
        at: value.place,
        "found 'segments', but persons have a column '\(column)'",
        hint: "give that column another name"
      )
    }
    let isCertain = !value.isFaulty && value.suspects.isEmpty
    let entries = value.entries
    var segments: [Segment] = []
    for (number, entry) in entries.enumerated() {
      let isLast = number == entries.count - 1
      if entry.value.text == "otherwise" {
        if !isLast {
          faults.report(
            at: entry.value.span,
            "found 'otherwise' before the last segment: nobody is left for those after it",
            hint: "make '\(entry.name)' the last one"
          )
        }
        segments.append(Segment(name: entry.name, rule: nil))
      } else if let rule = condition(entry.value, scope) {
        segments.append(Segment(name: entry.name, rule: rule))
      }
    }
    if isCertain, let last = entries.last,
      !entries.contains(where: { $0.value.text == "otherwise" })
    {
      faults.report(
        at: last.keySpan,
        "found '\(last.name)' as the last segment, expected one for all whom no rule takes",
        hint: "add after it, as: others: otherwise"
      )
    }
    warnAboutUnreached(entries, segments)
    scope.columns[column] = isCertain ? .value(.text, domain: entries.map(\.name)) : .uncertain
    return segments
  }

  /// The table that comes with segments.
  func segmentsReport(_ value: CheckedValue) -> TableDefinition {
    TableDefinition(
      name: Segment.report,
      rows: [],
      by: [Segment.column],
      totals: [Segment.column],
      content: .segmentsReport,
      place: faults.place(of: value.place)
    )
  }

  /// Reads an expression that is true or false.
  mutating func condition(_ value: CheckedValue, _ scope: ExpressionScope) -> TypedExpression? {
    guard let typed = expression(value, scope) else { return nil }
    guard typed.type == .boolean else {
      faults.report(at: value.span, "found \(typed.type.name), expected a condition")
      return nil
    }
    return typed
  }

  /// Warns of rules that can hold only where an earlier one does.
  private mutating func warnAboutUnreached(_ entries: [CheckedEntry], _ segments: [Segment]) {
    guard segments.count == entries.count else { return }
    for (number, entry) in entries.enumerated() {
      let rule = segments[number].rule?.expression ?? .boolean(true)
      let earlier = segments[..<number].first {
        rule.implies($0.rule?.expression ?? .boolean(true))
      }
      guard let earlier, earlier.rule != nil else { continue }
      faults.report(
        .warning,
        at: entry.keySpan,
        "the segment '\(entry.name)' is never reached: '\(earlier.name)' takes everyone first",
        hint: "put the narrower rule above the wider one"
      )
    }
  }
}
