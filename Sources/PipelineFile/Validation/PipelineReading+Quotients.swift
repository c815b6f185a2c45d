import Diagnostics

/// The measures of a table that others may be made of.
struct QuotientScope {
  /// Those that are right and no quotient.
  let kinds: [String: Measure.Kind]
  /// Of all measures, in file order.
  let names: [String]
  let quotients: [String]
}

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
        let scope = QuotientScope(
          kinds: parts,
          names: entries.map(\.name),
          quotients: quotients.map(\.entry.name)
        )
        if tokens.contains(where: { $0.isSign(",") }) {
          kinds[entry.name] = try rate(tokens, scope, persons, of: subject, entry.value)
        } else {
          kinds[entry.name] = try quotient(tokens, scope)
        }
      } catch { tell(error, entry.value) }
    }
    return entries.compactMap { entry in
      kinds[entry.name].map { Measure(name: entry.name, kind: $0) }
    }
  }

  /// The tokens of `A per B` and of rates; nil for anything else.
  private func quotientTokens(_ value: CheckedValue) -> [ExpressionToken]? {
    guard let text = value.variableText?.text, laterWord(text) == nil,
      let tokens = try? ExpressionLexer.tokens(of: Self.parted(text).rate),
      !tokens.contains(where: { $0.isWord("where") }),
      tokens.contains(where: { $0.isWord("per") || $0.isWord("expected") })
    else { return nil }
    return tokens
  }

  /// `A per B` or `A per 1000 B`.
  func quotient(
    _ tokens: [ExpressionToken],
    _ scope: QuotientScope
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
    let isRight = try isPart(of, dividend, scope)
    return try isPart(by, divisor, scope) && isRight
      ? .quotient(of: of, per: count, by: by) : nil
  }

  /// Whether a measure can be divided; false where a mistake in it is told elsewhere.
  func isPart(
    _ name: String,
    _ token: ExpressionToken,
    _ scope: QuotientScope
  ) throws(ExpressionFault) -> Bool {
    guard scope.names.contains(name) else {
      throw ExpressionFault(
        "the table has no measure '\(name)'",
        hint: nearestName(to: name, among: scope.names).map { "did you mean '\($0)'?" }
          ?? "measure it under a name of its own, as: residents: count",
        from: token.start,
        to: token.end
      )
    }
    switch scope.kinds[name] {
    case .count?, .countWhere?, .rows?, .sum?, .sumColumn?, .distinct?, .personYears?: return true
    case .mean?, .quantile?, .quotient?, .standardised?, .ratio?: throw Self.noPart(name, token)
    case nil:
      if scope.quotients.contains(name) { throw Self.noPart(name, token) }
      return false
    }
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
