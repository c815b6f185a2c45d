import Diagnostics
import Tabular

extension PipelineReading {
  /// A baseline is no longer than ten years of months.
  private static let longestBaseline = 120

  /// Reads a table of savings, when the tables of progress are known.
  mutating func savings(
    _ entry: CheckedEntry,
    beside tables: [TableDefinition],
    _ scope: ExpressionScope,
    _ persons: [DerivedColumn],
    _ time: [String: RowTime],
    _ segments: [Segment]
  ) -> TableDefinition? {
    guard let value = entry.value["savings"], !value.isFaulty else { return nil }
    checkAlone("savings", entry, "it has a row a payer")
    let costs = costs(value["of"], scope, persons)
    let adjust = dimensions(value["adjust"], scope, .persons)
    if let costs, let of = value["of"] {
      let strata = conditions(of: adjust, segments)
      checkRows(of, "costs that need", costs + strata, persons, time)
    }
    // Counted for a period of the baseline, it is the table of the run that judges.
    let baseline = countsOnePeriod ? [] : baseline(value["baseline"])
    let quality = countsOnePeriod ? [] : quality(value["quality"], tables)
    guard let costs, let trend = value["trend"]?.share, let corridor = value["corridor"]?.share,
      let share = value["share"]?.share, let cap = value["cap"]?.share
    else { return nil }
    return TableDefinition(
      name: entry.name,
      rows: [],
      by: [],
      totals: [],
      content: .savings(
        SavingsDefinition(
          costs: costs,
          baseline: baseline,
          adjust: adjust,
          trend: trend,
          corridor: corridor,
          share: share,
          cap: cap,
          quality: quality,
          invested: value["invested"].map {
            InvestmentFile(path: path($0), place: faults.place(of: $0.span))
          },
          payers: value["payers"].map {
            PayerFile(path: path($0), place: faults.place(of: $0.span))
          }
        )
      ),
      place: faults.place(of: entry.keySpan)
    )
  }

  /// The costs, source by source; nil where a mistake was told.
  private mutating func costs(
    _ value: CheckedValue?,
    _ scope: ExpressionScope,
    _ persons: [DerivedColumn]
  ) -> [Measure]? {
    guard let value, let kind = measure(value, scope, of: .persons) else { return nil }
    guard case .sum(let typed) = kind, typed.type == .money else {
      faults.report(
        at: value.span,
        "found no sum of money, expected the costs",
        hint: "write it as: sum care.amount + support.amount"
      )
      return nil
    }
    var costs: [(source: String, sum: Expression)] = []
    for term in typed.expression.terms {
      let rows = accumulators(behind: term, persons)
      let sources = Set(rows.map(\.source)).sorted()
      guard sources.count == 1, let source = sources.first else {
        faults.report(
          at: value.span,
          sources.isEmpty
            ? "found costs that are of no source"
            : "found costs of \(sources.formattedNames) in one",
          hint: "add up sums of one source each, as: sum care.amount + support.amount"
        )
        return nil
      }
      guard rows.allSatisfy({ $0.window == nil }) else {
        faults.report(
          at: value.span,
          "found costs of other months, expected those of the period",
          hint: "leave 'over …' out: they are divided by the person-years of the period"
        )
        return nil
      }
      if let place = costs.firstIndex(where: { $0.source == source }) {
        costs[place].sum = .arithmetic(.add, costs[place].sum, term)
      } else {
        costs.append((source, term))
      }
    }
    return costs.map {
      Measure(name: $0.source, kind: .sum(TypedExpression($0.sum, type: .money)))
    }
  }

  /// What an expression adds up of rows, by itself and through columns of persons.
  private func accumulators(
    behind expression: Expression,
    _ persons: [DerivedColumn]
  ) -> [Accumulator] {
    var names = Set(expression.columnNames)
    var found = expression.accumulators
    for column in persons.reversed() where names.contains(column.name) {
      names.formUnion(column.expression.expression.columnNames)
      found += column.expression.expression.accumulators
    }
    return found
  }

  /// What the strata look at, as measures that look at the same.
  private func conditions(of columns: [String], _ segments: [Segment]) -> [Measure] {
    let rules = columns.contains(Segment.column) ? segments.compactMap(\.rule) : []
    return (columns.map { TypedExpression(.column($0), type: .boolean) } + rules).map {
      Measure(name: "", kind: .countWhere($0))
    }
  }

  private mutating func baseline(_ value: CheckedValue?) -> [Period] {
    guard let value, let text = value.text else { return [] }
    guard let period else {
      faults.report(
        at: value.span,
        "found a baseline, but the pipeline has no period to compare with it",
        hint: "add period: {unit: year, default: previous}"
      )
      return []
    }
    let most = Self.longestBaseline
    let periods = PeriodReading.range(text, unit: period.unit, most: most)
    guard let last = periods?.last else {
      faults.report(
        at: value.span,
        "found no baseline, expected at most \(most) periods, as "
          + (period.unit == .month ? "2024 or 2024-01..2024-06" : "2024 or 2022..2024")
      )
      return []
    }
    if last.lastDay >= period.firstDay {
      faults.report(
        at: value.span,
        "found a baseline that is not before the period \(period.label)",
        hint: "savings are of later periods than what they are compared with"
      )
    }
    return periods ?? []
  }

  /// The tables of progress whose targets count.
  private mutating func quality(
    _ value: CheckedValue?,
    _ tables: [TableDefinition]
  ) -> [TableDefinition] {
    guard let value, !value.isFaulty else { return [] }
    var found: [TableDefinition] = []
    for element in value.elements {
      guard let name = element.text else { continue }
      let written = root["aggregate"]?["tables"]
      let table = tables.first { $0.name == name }
      guard case .progress(let progress)? = table?.content, let table else {
        // One that is written and could not be read is told at its own place.
        if table == nil, written?[name]?["progress"] != nil { continue }
        let known = tables.filter { if case .progress = $0.content { true } else { false } }
        faults.report(
          at: element.span,
          table == nil ? "there is no table '\(name)'" : "found '\(name)', which tells no progress",
          hint: nearestName(to: name, among: known.map(\.name)).map { "did you mean '\($0)'?" }
            ?? "name tables with 'progress' and a target"
        )
        continue
      }
      if progress.target == nil, written?[name]?["progress"]?["target"] == nil {
        faults.report(
          at: element.span,
          "found '\(name)', whose progress has no target",
          hint: "give it a target: {value: 40, by: 2027-12, better: lower, owner: region}"
        )
      } else if found.contains(where: { $0.name == name }) {
        faults.report(at: element.span, "found table '\(name)' twice")
      } else {
        found.append(table)
      }
    }
    return found
  }
}

extension Expression {
  /// What is added up in it, from left to right.
  fileprivate var terms: [Expression] {
    if case .arithmetic(.add, let left, let right) = self { return left.terms + right.terms }
    return [self]
  }
}
