import Diagnostics

extension TypeChecker {
  /// A column of the persons or, within `where`, of the rows.
  mutating func column(_ name: String, _ syntax: ExpressionSyntax) -> TypedExpression? {
    let word = ExpressionSyntax.Word(text: name, start: syntax.start, end: syntax.end)
    guard let type = type(of: word, in: scope.columns) else { return nil }
    return TypedExpression(.column(name), type: type)
  }

  /// `care.amount`: its sum or mean in a measure, a mistake elsewhere.
  mutating func member(
    _ source: ExpressionSyntax.Word,
    _ column: ExpressionSyntax.Word,
    _ syntax: ExpressionSyntax
  ) -> TypedExpression? {
    guard let members = scope.members else {
      guard let rows = rows(of: source) else { return nil }
      let functions = ["count", "sum", "min", "max"]
      if !rows.contains(column.text), let near = nearestName(to: column.text, among: functions) {
        let hint = near == "count" ? "did you mean 'count'?" : "did you mean '\(near)(…)'?"
        tell(column, "found '\(column.text)', which is no function of rows", hint: hint)
      } else {
        tell(
          syntax,
          "found a column of many rows, expected one value a person",
          hint: "write \(source.text).sum(\(column.text)), .max or .min"
        )
      }
      return nil
    }
    func word(_ text: String) -> ExpressionSyntax.Word {
      ExpressionSyntax.Word(text: text, start: column.start, end: column.end)
    }
    func part(_ node: ExpressionSyntax.Node) -> ExpressionSyntax {
      ExpressionSyntax(node: node, start: syntax.start, end: syntax.end)
    }
    let sum = accumulator(source, word("sum"), column, nil, nil, syntax)
    guard members == .means, let sum else { return sum }
    let isKnown = part(.not(part(.isMissing(part(.word(column.text))))))
    let count = accumulator(source, word("count"), nil, isKnown, nil, syntax)
    guard let count else { return nil }
    return TypedExpression(
      .arithmetic(.divide, sum.expression, count.expression),
      type: sum.type == .money ? .money : .decimal
    )
  }

  /// `care.sum(amount) where …`.
  mutating func accumulator(
    _ source: ExpressionSyntax.Word,
    _ function: ExpressionSyntax.Word,
    _ column: ExpressionSyntax.Word?,
    _ condition: ExpressionSyntax?,
    _ window: ExpressionSyntax.WindowPart?,
    _ syntax: ExpressionSyntax
  ) -> TypedExpression? {
    guard let rows = rows(of: source) else { return nil }
    guard let kind = Accumulator.Function(rawValue: function.text) else {
      let near = nearestName(to: function.text, among: ["count", "sum", "min", "max"])
      tell(
        function,
        "found '\(function.text)', which is no function of rows",
        hint: near.map { "did you mean '\($0)'?" } ?? "expected count, sum, min or max"
      )
      return nil
    }
    let type = accumulated(kind, function, column, rows)
    var isRight = type != nil
    var filter: Expression?
    if let condition {
      var inner = TypeChecker(scope: ExpressionScope(columns: rows))
      filter = inner.condition(condition)
      for fault in inner.faults { tellAgain(fault) }
      if filter == nil { isRight = false }
    }
    if let window, scope.timedSources?.contains(source.text) == false {
      tell(
        window.word,
        "found a window over '\(source.text)', of whose rows nothing tells when they are",
        hint: "add to aggregate: time: {\(source.text): DATE}, its column of dates"
      )
      return nil
    }
    guard isRight, let type else { return nil }
    let accumulator = Accumulator(
      source: source.text,
      function: kind,
      column: kind == .count ? nil : column?.text,
      condition: filter,
      window: window?.window
    )
    return TypedExpression(.accumulator(accumulator), type: type)
  }

  private mutating func accumulated(
    _ kind: Accumulator.Function,
    _ function: ExpressionSyntax.Word,
    _ column: ExpressionSyntax.Word?,
    _ rows: ColumnScope
  ) -> ValueType? {
    guard kind != .count else {
      guard let column else { return .integer }
      tell(column, "found a column, expected 'count' alone", hint: "count counts rows")
      return nil
    }
    guard let column else {
      tell(function, "found '\(kind.rawValue)' without a column", hint: "name it in parentheses")
      return nil
    }
    guard let type = type(of: column, in: rows) else { return nil }
    guard kind == .sum ? type.isAdditive : type.isOrdered else {
      let expected = kind == .sum ? "numbers or money" : "numbers, money or dates"
      tell(column, "found \(type.name) in '\(column.text)', expected \(expected)")
      return nil
    }
    return type
  }

  /// The columns of a source's rows.
  private mutating func rows(of source: ExpressionSyntax.Word) -> ColumnScope? {
    if let rows = scope.sources[source.text] { return rows }
    if source.text == scope.spine {
      tell(
        source,
        "found the spine '\(source.text)', whose rows are the persons themselves",
        hint: "name its columns alone"
      )
    } else if scope.sources.isEmpty && scope.sourcesAreComplete {
      tell(source, "found '\(source.text).', expected a column of \(scope.columns.owner)")
    } else if scope.sourcesAreComplete {
      let near = nearestName(to: source.text, among: scope.sources.keys.sorted())
      tell(
        source,
        "there is no source '\(source.text)'",
        hint: near.map { "did you mean '\($0)'?" }
      )
    }
    return nil
  }

  /// The type of a column, told when it has none.
  private mutating func type(
    of word: ExpressionSyntax.Word,
    in columns: ColumnScope
  ) -> ValueType? {
    let name = word.text
    switch columns[name] {
    case .value(let type, _): return type
    case .uncertain: return nil
    case .token(let kept):
      tell(
        word,
        "found '\(name)', which is a token: it can be linked on, not looked at",
        hint: kept.map { "use '\($0)'" } ?? "keep the column, or a part of it"
      )
    case .filter:
      tell(
        word,
        "found '\(name)', of which only a Bloom filter stays: it can be linked on, not looked at",
        hint: "keep another column"
      )
    case .generalised(let kept):
      tell(word, "found '\(name)', of which only '\(kept)' stays", hint: "use '\(kept)'")
    case .dropped:
      tell(
        word,
        "found '\(name)', which 'pseudonymise' drops",
        hint: "add to its columns: \(name): keep"
      )
    case .ofRows:
      tell(
        word,
        "found '\(name)', which differs from row to row",
        hint: "name its source too, as sum source.\(name); or give the column class: quasi"
      )
    case nil:
      tell(
        word,
        "\(columns.owner) \(columns.owner == "persons" ? "have" : "has") no column '\(name)'",
        hint: columns.cure(for: name)
      )
    }
    return nil
  }

  private mutating func tellAgain(_ fault: ExpressionFault) {
    let word = ExpressionSyntax.Word(text: "", start: fault.start, end: fault.end)
    tell(word, fault.sentence, hint: fault.hint)
  }
}
