import Diagnostics

extension PipelineReading {
  /// Reads the measures of a table, in file order; quotients when what they divide is known.
  mutating func measures(
    _ entries: [CheckedEntry],
    by: [String],
    _ persons: ExpressionScope,
    of subject: TableSubject
  ) -> [Measure] {
    var kinds: [String: Measure.Kind] = [:]
    var quotients: [(entry: CheckedEntry, tokens: [ExpressionToken])] = []
    for entry in entries {
      if by.contains(entry.name) {
        faults.report(
          at: entry.keySpan,
          "found a measure '\(entry.name)', which is a dimension too",
          hint: "give it another name"
        )
      } else if let tokens = quotientTokens(entry.value) {
        quotients.append((entry, tokens))
      } else {
        kinds[entry.name] = measure(entry.value, persons, of: subject)
      }
    }
    let parts = kinds
    for (entry, tokens) in quotients {
      do throws(ExpressionFault) {
        kinds[entry.name] = try quotient(
          tokens,
          of: parts,
          entries.map(\.name),
          quotients.map(\.entry.name)
        )
      } catch { tell(error, entry.value) }
    }
    return entries.compactMap { entry in
      kinds[entry.name].map { Measure(name: entry.name, kind: $0) }
    }
  }

  /// The tokens of `A per B`; nil for anything else, and for rates that are not built yet.
  private func quotientTokens(_ value: CheckedValue) -> [ExpressionToken]? {
    guard let text = value.variableText?.text, laterWord(text) == nil,
      let tokens = try? ExpressionLexer.tokens(of: text),
      tokens.contains(where: { $0.isWord("per") }), !tokens.contains(where: { $0.isWord("where") })
    else { return nil }
    return tokens
  }

  /// `A per B` or `A per 1000 B`.
  private func quotient(
    _ tokens: [ExpressionToken],
    of kinds: [String: Measure.Kind],
    _ names: [String],
    _ quotients: [String]
  ) throws(ExpressionFault) -> Measure.Kind? {
    var rest = tokens.dropLast()
    let dividend = rest.popFirst()
    let per = rest.popFirst()
    var count: Int64 = 1
    if case .integer(let digits)? = rest.first?.kind, let token = rest.popFirst() {
      guard let number = Int64(digits), 1...1_000_000 ~= number else {
        throw ExpressionFault(
          "found a number out of range after 'per', expected 1 to 1000000",
          from: token.start,
          to: token.end
        )
      }
      count = number
    }
    guard let dividend, let divisor = rest.popFirst(), rest.isEmpty, per?.isWord("per") == true,
      case .word(let of) = dividend.kind, case .word(let by) = divisor.kind
    else {
      throw ExpressionFault(
        "found no quotient of two measures, expected names on both sides of 'per'",
        hint: "write it as: admitted per 1000 residents, after residents: count",
        from: tokens[0].start,
        to: tokens[max(0, tokens.count - 2)].end
      )
    }
    var isRight = true
    for (name, token) in [(of, dividend), (by, divisor)] {
      guard names.contains(name) else {
        throw ExpressionFault(
          "the table has no measure '\(name)'",
          hint: nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
            ?? "measure it under a name of its own, as: residents: count",
          from: token.start,
          to: token.end
        )
      }
      switch kinds[name] {
      case .count?, .countWhere?, .rows?, .sum?, .sumColumn?, .distinct?, .personYears?: break
      case .mean?, .quantile?, .quotient?:
        throw Self.noPart(name, token)
      case nil:
        if quotients.contains(name) { throw Self.noPart(name, token) }
        isRight = false  // told at its own place
      }
    }
    return isRight ? .quotient(of: of, per: count, by: by) : nil
  }

  private static func noPart(_ name: String, _ token: ExpressionToken) -> ExpressionFault {
    ExpressionFault(
      "found '\(name)' in a quotient, expected a count or a sum",
      hint: "divide what '\(name)' is made of",
      from: token.start,
      to: token.end
    )
  }
}
