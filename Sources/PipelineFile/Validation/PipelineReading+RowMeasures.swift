import Diagnostics

extension PipelineReading {
  /// `persons in care` is short for `count where care.count > 0`.
  mutating func personsIn(
    _ tokens: [ExpressionToken],
    _ value: CheckedValue,
    _ persons: ExpressionScope
  ) throws(ExpressionFault) -> Measure.Kind? {
    guard tokens.count == 4, tokens[1].isWord("in"), case .word = tokens[2].kind else {
      throw ExpressionFault(
        "found 'persons' without 'in' and a source",
        hint: "write it as: persons in care",
        from: tokens[0].start,
        to: tokens[0].end
      )
    }
    return try hasRows(tokens[2], value, persons).map { .countWhere($0) }
  }

  /// `person-years`: of the period, which there must be.
  func personYears(_ tokens: [ExpressionToken]) throws(ExpressionFault) -> Measure.Kind? {
    let end = tokens[max(0, tokens.count - 2)].end
    guard tokens.count == 4, tokens[1].isSign("-"), tokens[2].isWord("years") else {
      throw ExpressionFault(
        "found more or less than the measure 'person-years'",
        hint: "write it as: person-years",
        from: tokens[0].start,
        to: end
      )
    }
    guard root["period"] == nil, !root.isUncertain("period") else { return .personYears }
    throw ExpressionFault(
      "found 'person-years' in a pipeline that is about no period",
      hint: "add period: {unit: month, default: previous}",
      from: tokens[0].start,
      to: end
    )
  }

  /// `distinct care.provider`: a column that the rows have and persons do not.
  mutating func distinct(
    _ tokens: [ExpressionToken],
    _ value: CheckedValue,
    _ persons: ExpressionScope
  ) throws(ExpressionFault) -> Measure.Kind? {
    guard tokens.count == 5, case .word(let source) = tokens[1].kind, tokens[2].isSign("."),
      case .word(let column) = tokens[3].kind
    else {
      throw ExpressionFault(
        "found 'distinct' without a column of rows",
        hint: "write it as: distinct care.provider",
        from: tokens[0].start,
        to: tokens[0].end
      )
    }
    guard try hasRows(tokens[1], value, persons) != nil, let rows = persons.sources[source] else {
      return nil
    }
    usedColumns.insert(column)
    let word = ExpressionSyntax(
      node: .word(column),
      start: tokens[3].start,
      end: tokens[3].end
    )
    var checker = TypeChecker(scope: ExpressionScope(columns: rows))
    let typed = checker.check(word)
    if let fault = checker.faults.first { throw fault }
    guard let typed else { return nil }
    let isOfPersons = persons.columns.contains(column)
    guard typed.type == .text || typed.type == .integer, !isOfPersons else {
      throw ExpressionFault(
        isOfPersons
          ? "found '\(column)', which persons have too, expected a column of the rows alone"
          : "found \(typed.type.name) in '\(column)', expected codes, texts or whole numbers",
        from: tokens[3].start,
        to: tokens[3].end
      )
    }
    return .distinct(source: source, column: column)
  }

  /// `SOURCE.count > 0`, its mistakes told at the name of the source.
  mutating func hasRows(
    _ source: ExpressionToken,
    _ value: CheckedValue,
    _ persons: ExpressionScope
  ) throws(ExpressionFault) -> TypedExpression? {
    let long = [source.kind, .sign("."), .word("count"), .sign(">"), .integer("0"), .end]
    let tokens = long.map { ExpressionToken(kind: $0, start: source.start, end: source.end) }
    return try expression(tokens, from: 0, value, persons)
  }
}
