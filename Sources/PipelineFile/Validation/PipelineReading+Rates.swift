import Diagnostics

extension PipelineReading {
  /// What stands before `to FILE` in a standardised rate, and the file; all of another text.
  static func parted(_ text: String) -> (rate: String, file: Substring?) {
    let words = text.split { " \n".contains($0) }
    guard let by = words.firstIndex(of: "standardised"),
      let to = words[by...].firstIndex(of: "to"), to + 2 == words.count
    else { return (text, nil) }
    return (String(text[..<words[to].startIndex]), words[to + 1])
  }

  /// The standard population of a rate; nil for that of the region.
  private func standard(_ strata: [String], _ value: CheckedValue) -> StandardFile? {
    guard let text = value.variableText, let file = Self.parted(text.text).file else { return nil }
    let start = text.text[..<file.startIndex].unicodeScalars.count
    let span = text.span(
      in: faults,
      of: value.span,
      from: start,
      to: start + file.unicodeScalars.count
    )
    return StandardFile(
      path: faults.path(String(file), namedAt: value.span),
      strata: strata,
      place: faults.place(of: span)
    )
  }

  /// `A per 1000 B, standardised by age_band and sex` or `A, expected by age_band and sex`.
  mutating func rate(
    _ tokens: [ExpressionToken],
    _ scope: QuotientScope,
    _ persons: ExpressionScope,
    of subject: TableSubject,
    _ value: CheckedValue
  ) throws(ExpressionFault) -> Measure.Kind? {
    let comma = tokens.firstIndex { $0.isSign(",") } ?? 0
    let word = tokens[comma + 1]
    guard case .persons = subject else {
      throw ExpressionFault(
        "found a standardised rate in a table of rows, which is for tables of persons",
        hint: "leave 'rows' out of the table",
        from: word.start,
        to: word.end
      )
    }
    let isDirect = word.isWord("standardised")
    guard isDirect || word.isWord("expected"), tokens[min(comma + 2, tokens.count - 1)].isWord("by")
    else {
      throw ExpressionFault(
        "found no rate after ',', expected 'standardised by' or 'expected by'",
        hint: "write it as: admitted per 1000 residents, standardised by age_band and sex",
        from: tokens[comma].start,
        to: max(word.end, tokens[comma].end)
      )
    }
    let strata = try strata(tokens[(comma + 2)...], persons, value)
    let end = ExpressionToken(kind: .end, start: tokens[comma].start, end: tokens[comma].start)
    let parts = Array(tokens[..<comma]) + [end]
    if isDirect {
      guard case .quotient(let of, let per, let by)? = try quotient(parts, scope),
        try isCounted(of, parts[0], scope)
      else { return nil }
      guard case .count? = scope.kinds[by] else {
        throw ExpressionFault(
          "found a rate per '\(by)', expected one per persons",
          hint: "standardised rates are per a measure that is 'count'",
          from: parts[parts.count - 2].start,
          to: parts[parts.count - 2].end
        )
      }
      return strata.map {
        .standardised(of: of, per: per, by: by, strata: $0, to: standard($0, value))
      }
    }
    guard parts.count == 2, case .word(let of) = parts[0].kind else {
      throw ExpressionFault(
        "found no measure before ',', expected its name",
        hint: "write it as: admitted, expected by age_band and sex",
        from: parts[0].start,
        to: tokens[comma].end
      )
    }
    guard try isPart(of, parts[0], scope), try isCounted(of, parts[0], scope) else { return nil }
    return strata.map { .ratio(of: of, strata: $0) }
  }

  /// Only counts have the variance that the limits are made of.
  private func isCounted(
    _ name: String,
    _ token: ExpressionToken,
    _ scope: QuotientScope
  ) throws(ExpressionFault) -> Bool {
    switch scope.kinds[name] {
    case .count?, .countWhere?: return true
    case .sum(let typed)? where typed.type == .integer: return true
    case nil: return false
    case .rows?, .sum?, .sumColumn?, .distinct?, .personYears?, .mean?, .quantile?, .quotient?,
      .standardised?, .ratio?:
      throw ExpressionFault(
        "found '\(name)' in a standardised rate, expected a count or a sum of whole numbers",
        hint: "count persons, as: admitted: count where (care.count) > 0",
        from: token.start,
        to: token.end
      )
    }
  }

  /// `age_band and sex`: person columns; nil where one of them is none, and then it is told.
  private mutating func strata(
    _ tokens: ArraySlice<ExpressionToken>,
    _ persons: ExpressionScope,
    _ value: CheckedValue
  ) throws(ExpressionFault) -> [String]? {
    var names: [String] = []
    var wantsName = true
    let told = faults.errors.count
    for (place, token) in zip(tokens.indices, tokens) {
      switch token.kind {
      case .word("by") where place == tokens.startIndex: continue
      case .word("and") where !wantsName: wantsName = true
      case .word(let name) where wantsName:
        guard !names.contains(name) else {
          throw ExpressionFault(
            "found the stratum '\(name)' twice",
            from: token.start,
            to: token.end
          )
        }
        names.append(name)
        if let text = value.variableText {
          let span = text.span(in: faults, of: value.span, from: token.start, to: token.end)
          checkDimension(name, span, persons.columns, .persons)
        }
        wantsName = false
      case .end where !wantsName: break
      default:
        // At the end nothing stands there: told at the word before.
        let isEnd = token.kind == .end && place > tokens.startIndex
        let found = isEnd ? tokens[place - 1] : token
        throw ExpressionFault(
          "found something else among the strata, expected columns of persons",
          hint: "write it as: by age_band and sex",
          from: found.start,
          to: found.end
        )
      }
    }
    usedColumns.formUnion(names)
    return faults.errors.count == told ? names : nil
  }
}
