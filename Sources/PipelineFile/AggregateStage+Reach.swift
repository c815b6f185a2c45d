package import Tabular

/// Days of whose rows a run looks, by source.
typealias DaysBySource = [String: [ClosedRange<CivilDate>]]

extension AggregateStage {
  /// The days of whose rows tables look, by source: the period, and what lies outside it.
  ///
  /// Outside are windows; tables of progress and savings, which count each of their periods as a night
  /// of that period would; strata, which are scored and judged with the clock put back; and episodes, which
  /// begin before the period that they end in. Nothing else is: a row of another day, as a spell that
  /// began earlier, is of the delivery that brings it.
  ///
  /// - Parameter names: of the tables; of the person columns only those count that they need.
  /// - Returns: ranges of days by source, in no order; none for a source that nobody looks at.
  func daysLookedAt(by names: [String]) -> DaysBySource {
    let names = putTogether(for: names)
    let tables = tables.filter { names.contains($0.name) }
    var needed = Set(tables.flatMap(\.columnsLookedAt))
    // The run proves them whether a table is cut by them or not.
    if !segments.isEmpty { needed.insert(Segment.column) }
    var stage = keepingColumns(needed)
    stage.tables = tables
    var days = stage.daysOfScores
    days.add(stage.days(of: stage.looks))
    for table in tables {
      switch table.content {
      case .progress(let progress):
        days.add(counting(progressOf: table.name)?.days(over: progress.periods) ?? [:])
      case .savings(let savings):
        days.add(counting(savingsOf: table.name)?.days(over: periods(of: savings)) ?? [:])
      default: continue
      }
    }
    return days
  }

  /// The days of whose rows and persons a table tells: from the first that it looks at to the last, the
  /// period within.
  ///
  /// - Parameter table: its name.
  /// - Returns: nil where the pipeline has no period.
  package func time(of table: String) -> ClosedRange<CivilDate>? {
    guard let period else { return nil }
    let days = daysLookedAt(by: [table]).values.joined()
    let first = days.map(\.lowerBound).min() ?? period.firstDay
    let last = days.map(\.upperBound).max() ?? period.lastDay
    return min(first, period.firstDay)...max(last, period.lastDay)
  }

  private func periods(of savings: SavingsDefinition) -> [Period] {
    savings.baseline + (period.map { [$0] } ?? [])
  }

  /// The days of whose rows it looks when each of some periods is counted.
  private func days(over periods: [Period]) -> DaysBySource {
    var (stage, days) = (self, DaysBySource())
    for period in periods {
      stage.period = period
      days.add(stage.days(of: stage.looks))
    }
    return days
  }

  /// What its persons and tables are asked.
  private var looks: [Expression] {
    persons.map(\.expression.expression) + segments.compactMap(\.rule?.expression)
      + strata.flatMap(\.conditions) + tables.flatMap(\.expressions).map(\.expression)
  }

  /// The days of whose rows strata look when the clock is put back.
  private var daysOfScores: DaysBySource {
    var days: DaysBySource = [:]
    for one in strata where one.monthsAhead > 0 {
      for times in one.expected == .previous ? [1, 2] : [1] {
        let then = needed(for: one).movedBack(byMonths: times * one.monthsAhead)
        days.add(then.days(of: then.looks + then.strata.flatMap(\.foretold)))
      }
    }
    return days
  }

  /// The days of whose rows expressions look at the end of the period.
  private func days(of expressions: [Expression]) -> DaysBySource {
    guard let period else { return [:] }
    var days: DaysBySource = [:]
    for accumulator in expressions.flatMap(\.accumulators) {
      days[accumulator.source, default: []].append(
        accumulator.window?.days(around: period.lastDay) ?? period.firstDay...period.lastDay
      )
    }
    let names = Set(expressions.flatMap(\.columnNames))
    for kind in episodes
    where EpisodeDefinition.Figure.allCases.contains(where: {
      names.contains(kind.column($0))
    }) {
      // The first one that ends in the period, and the days before it that must be clean.
      let first = period.firstDay.movedBack(byDays: kind.lengthInDays - 1)
      for rows in kind.takes {
        days[rows.source, default: []].append(first...period.lastDay)
      }
      days[kind.starts.source, default: []].append(
        first.movedBack(byDays: kind.cleanDays)...period.lastDay
      )
    }
    return days
  }
}

extension TableDefinition {
  /// The person columns that it is made of.
  fileprivate var columnsLookedAt: [String] {
    let strata = measures.flatMap { measure -> [String] in
      switch measure.kind {
      case .standardised(_, _, _, let strata, _), .ratio(_, let strata): strata
      default: []
      }
    }
    let others: [String] =
      switch content {
      case .hotSpots(let search): search.expected
      case .strata(let name): [name]
      default: []
      }
    return by + strata + others + expressions.flatMap(\.expression.columnNames)
  }
}

extension CivilDate {
  /// So many days earlier, but not before the year 1.
  fileprivate func movedBack(byDays count: Int64) -> CivilDate {
    CivilDate(dayNumber: max(-719_162, dayNumber - Int(count)))
  }
}

extension DaysBySource {
  fileprivate mutating func add(_ other: DaysBySource) { merge(other) { $0 + $1 } }
}
