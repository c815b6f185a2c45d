import Diagnostics

extension PipelineReading {
  private static let laterWords: Set<String> = [
    "p95", "p10", "p75", "p25", "p50", "lives",
  ]

  /// Reads a measure of a table.
  mutating func measure(
    _ value: CheckedValue,
    _ persons: ExpressionScope,
    of subject: TableSubject
  ) -> Measure.Kind? {
    guard let text = value.variableText else { return nil }
    if let word = laterWord(text.text) {
      tellLater(word, value, text)
      return nil
    }
    do throws(ExpressionFault) {
      let tokens = try ExpressionLexer.tokens(of: text.text)
      switch subject {
      case .persons, .episodes: return try personMeasure(tokens, value, persons)
      case .rows(let sources): return try rowMeasure(tokens, value, sources)
      case .uncertainRows: return try rowMeasure(tokens, value, nil)
      }
    } catch {
      tell(error, value)
      return nil
    }
  }

  /// What the text asks for that is not built yet.
  func laterWord(_ text: String) -> String? {
    text.split { " ,\n".contains($0) }.map(String.init).first { Self.laterWords.contains($0) }
  }

  private mutating func tellLater(
    _ word: String,
    _ value: CheckedValue,
    _ text: VariableText
  ) {
    let scalars = Array(text.text.unicodeScalars)
    let wanted = Array(word.unicodeScalars)
    let offset = (0...max(0, scalars.count - wanted.count)).first { start in
      start + wanted.count <= scalars.count
        && scalars[start..<start + wanted.count].elementsEqual(wanted)
    }
    tell(
      ExpressionFault(
        "the measure '\(word)' is not built yet",
        hint: "use count, sum, mean, median, p90 or a quotient, as: costs per residents",
        from: offset ?? 0,
        to: (offset ?? 0) + wanted.count
      ),
      value
    )
  }

  private mutating func personMeasure(
    _ tokens: [ExpressionToken],
    _ value: CheckedValue,
    _ persons: ExpressionScope
  ) throws(ExpressionFault) -> Measure.Kind? {
    var scope = persons
    switch tokens[0].kind {
    case .word("count"):
      guard tokens.count > 2 else { return .count }
      guard tokens[1].isWord("where") else { throw Self.trailing(tokens[1]) }
      guard let typed = try expression(tokens, from: 2, value, scope) else { return nil }
      guard typed.type == .boolean else {
        throw ExpressionFault(
          "found \(typed.type.name), expected a condition",
          from: tokens[2].start,
          to: tokens[tokens.count - 2].end
        )
      }
      return .countWhere(typed)
    case .word("sum"), .word("mean"), .word("median"), .word("p90"):
      // A person without rows has a sum of 0, but the mean of such zeros is seldom meant.
      scope.members = tokens[0].isWord("sum") ? .sums : .means
      guard let typed = try expression(tokens, from: 1, value, scope) else { return nil }
      guard typed.type.isAdditive else {
        throw ExpressionFault(
          "found \(typed.type.name), expected a number or money",
          from: tokens[1].start,
          to: max(tokens[1].end, tokens[tokens.count - 2].end)
        )
      }
      switch tokens[0].kind {
      case .word("mean"): return .mean(typed)
      case .word("median"): return .quantile(percent: 50, typed)
      case .word("p90"): return .quantile(percent: 90, typed)
      default: return .sum(typed)
      }
    case .word("persons"): return try personsIn(tokens, value, scope)
    case .word("person"): return try personYears(tokens)
    case .word("distinct"): return try distinct(tokens, value, scope)
    case .word("rows"):
      throw ExpressionFault(
        "found 'rows' in a table of persons",
        hint: "say whose rows: add rows: […] to the table, or count persons",
        from: tokens[0].start,
        to: tokens[0].end
      )
    default: throw Self.noMeasure(tokens[0])
    }
  }

  private mutating func rowMeasure(
    _ tokens: [ExpressionToken],
    _ value: CheckedValue,
    _ sources: [SourceDraft]?
  ) throws(ExpressionFault) -> Measure.Kind? {
    switch tokens[0].kind {
    case .word("count"), .word("rows"):
      let kind: Measure.Kind = tokens[0].isWord("count") ? .count : .rows
      guard tokens.count > 2 else { return kind }
      guard tokens[1].isWord("where") else { throw Self.trailing(tokens[1]) }
      throw ExpressionFault(
        "found 'where' in a table of rows, which is for tables of persons",
        hint: "cut the table by the column, or leave 'rows' out of the table",
        from: tokens[1].start,
        to: tokens[1].end
      )
    case .word("mean"), .word("median"), .word("p90"), .word("persons"), .word("person"),
      .word("distinct"):
      throw ExpressionFault(
        "found a measure of persons in a table of rows",
        hint: "leave 'rows' out of the table, or divide: amount per persons",
        from: tokens[0].start,
        to: tokens[0].end
      )
    case .word("sum"):
      guard case .word(let name) = tokens[1].kind else {
        throw ExpressionFault(
          "found no column after 'sum', expected one of the rows",
          from: tokens[0].start,
          to: max(tokens[0].end, tokens[1].end)
        )
      }
      guard tokens.count == 3 else {
        throw ExpressionFault(
          "found more than one column after 'sum', expected one column of the rows",
          hint: "expressions are for tables of persons",
          from: tokens[2].start,
          to: tokens[2].end
        )
      }
      guard let sources else { return nil }
      return try sumColumn(name, tokens[1], sources)
    default: throw Self.noMeasure(tokens[0])
    }
  }

  /// Every source of the table must have the column.
  private mutating func sumColumn(
    _ name: String,
    _ token: ExpressionToken,
    _ sources: [SourceDraft]
  ) throws(ExpressionFault) -> Measure.Kind? {
    usedColumns.insert(name)
    for source in sources {
      let scope = ExpressionScope(columns: scope(of: source, owner: "source '\(source.name)'"))
      var checker = TypeChecker(scope: scope)
      let word = ExpressionSyntax(node: .word(name), start: token.start, end: token.end)
      let typed = checker.check(word)
      if let fault = checker.faults.first { throw fault }
      guard let typed else { return nil }
      guard typed.type.isAdditive else {
        throw ExpressionFault(
          "found \(typed.type.name) in '\(name)', expected numbers or money",
          from: token.start,
          to: token.end
        )
      }
    }
    return .sumColumn(name)
  }

  private static func trailing(_ token: ExpressionToken) -> ExpressionFault {
    ExpressionFault(
      "found more after 'count', expected 'where'",
      hint: "write it as: count where care.count > 0",
      from: token.start,
      to: token.end
    )
  }

  private static func noMeasure(_ token: ExpressionToken) -> ExpressionFault {
    var hint = "write it as: count where …, sum …, mean …, or admitted per 1000 residents"
    if case .word(let word) = token.kind,
      let near = nearestName(
        to: word,
        among: ["count", "rows", "sum", "mean", "median", "persons"]
      )
    {
      hint = "did you mean '\(near)'?"
    }
    return ExpressionFault(
      "found no measure, expected count, rows, sum, mean, median, p90 or a quotient",
      hint: hint,
      from: token.start,
      to: token.end
    )
  }
}

extension ExpressionFault {
  /// The column that this fault calls dropped.
  var droppedName: String? {
    guard sentence.hasSuffix("which 'pseudonymise' drops") else { return nil }
    return sentence.split(separator: "'").dropFirst().first.map(String.init)
  }

  /// The column that this fault calls unknown to persons.
  var unknownName: String? {
    guard sentence.hasPrefix("persons have no column '") else { return nil }
    return sentence.split(separator: "'").dropFirst().first.map(String.init)
  }
}
