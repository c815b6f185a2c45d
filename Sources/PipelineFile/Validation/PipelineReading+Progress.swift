import Diagnostics
import Tabular

extension PipelineReading {
  /// So many periods a table of progress may have.
  private static let mostPeriods = 120

  /// Reads a table of progress, when the others are known.
  mutating func progress(
    _ entry: CheckedEntry,
    beside tables: [TableDefinition],
    _ scope: ExpressionScope,
    _ persons: [DerivedColumn],
    _ time: [String: RowTime]
  ) -> TableDefinition? {
    guard let value = entry.value["progress"], !value.isFaulty else { return nil }
    checkAlone("progress", entry, "it has a row a period")
    let found = rate(value["of"], tables)
    if let found, let of = value["of"] {
      checkRows(of, "a rate that needs", found.parts, persons, time)
    }
    // Counted for one of its periods, {period} in them is another: they are those of the run.
    let periods = countsOnePeriod ? period.map { [$0] } ?? [] : periods(value["periods"])
    let changed = countsOnePeriod ? 0 : changed(value["changed"], periods)
    var comparator: TypedExpression?
    if let condition = value["comparator"] {
      comparator = expression(condition, scope)
      if let comparator, comparator.type != .boolean {
        faults.report(
          at: condition.span,
          "found \(comparator.type.name) as a comparator, expected a condition on persons",
          hint: "write it as municipality in [GM9001]"
        )
      }
    }
    var target: ProgressDefinition.Target?
    if !countsOnePeriod {
      target = self.target(value["target"], from: changed.map { periods[$0] })
    }
    guard let found, let changed else { return nil }
    return TableDefinition(
      name: entry.name,
      rows: [],
      by: [],
      totals: [],
      content: .progress(
        ProgressDefinition(
          rate: found.rate,
          parts: found.parts,
          periods: periods,
          changed: changed,
          comparator: comparator,
          target: target
        )
      ),
      place: faults.place(of: entry.keySpan)
    )
  }

  /// The rate that `TABLE.MEASURE` or `MEASURE` means, and what it divides.
  ///
  /// Of a standardised ratio, where one may stand, that is what it counts, and all persons.
  mutating func rate(
    _ value: CheckedValue?,
    _ tables: [TableDefinition],
    orRatio: Bool = false
  ) -> (table: TableDefinition, rate: Measure, parts: [Measure])? {
    guard let value, let text = value.text else { return nil }
    let persons = tables.filter(\.rows.isEmpty)
    let all = persons.flatMap { table in table.measures.map { (table: table, measure: $0) } }
    let meant = all.filter {
      text == "\($0.table.name).\($0.measure.name)" || text == $0.measure.name
    }
    guard let first = meant.first else {
      let known = all.filter { $0.measure.isQuotient }.map { "\($0.table.name).\($0.measure.name)" }
      faults.report(
        at: value.span,
        "no table of persons has a measure '\(text)'",
        hint: nearestName(to: text, among: known).map { "did you mean '\($0)'?" }
          ?? (known.isEmpty ? "give one a rate: A per 1000 B" : "there is \(known.formattedNames)")
      )
      return nil
    }
    guard meant.count == 1 else {
      faults.report(
        at: value.span,
        "found '\(text)' in several tables",
        hint: "write \(meant.map { "\($0.table.name).\($0.measure.name)" }.formattedChoice)"
      )
      return nil
    }
    let names: [String]
    switch first.measure.kind {
    case .quotient(let dividend, _, let divisor): names = [dividend, divisor]
    case .ratio(let observed, _) where orRatio:
      guard let persons = first.table.measures.first(where: \.isCount) else {
        faults.report(
          at: value.span,
          "found '\(text)' in a table that does not count everyone",
          hint: "give it a measure of all persons, as residents: count"
        )
        return nil
      }
      names = [observed, first.measure.over ?? persons.name]
    default:
      faults.report(
        at: value.span,
        "found '\(text)', which is no quotient, expected a rate",
        hint: "give the table a measure A per 1000 B"
      )
      return nil
    }
    let parts = names.compactMap { name in
      first.table.measures.first { $0.name == name }
    }
    return parts.count == 2 ? (first.table, first.measure, parts) : nil
  }

  /// The rows of every period must be there, and each must be of one.
  mutating func checkRows(
    _ value: CheckedValue,
    _ what: String,
    _ parts: [Measure],
    _ persons: [DerivedColumn],
    _ time: [String: RowTime]
  ) {
    for draft in sources {
      guard let source = draft.source else { continue }
      let needs = SourceNeeds(of: [draft.name], persons)
      let isNeeded = draft.name == spine?.name || !needs.measures(among: parts).isEmpty
      guard isNeeded else { continue }
      if draft.name == spine?.name {
        guard source.isByPeriod, root["aggregate"]?["population"]?["resident"] == nil else {
          continue
        }
        faults.report(
          at: value.span,
          "found \(what) '\(draft.name)', whose files are of one period",
          hint: "say who lived here when: population: {on: …, resident: [MOVED_IN, MOVED_OUT]}"
        )
      } else if time[draft.name] == nil {
        faults.report(
          at: value.span,
          "found \(what) '\(draft.name)', whose rows are of no period",
          hint: "say when they are: time: {\(draft.name): date}"
        )
      }
    }
  }

  private mutating func periods(_ value: CheckedValue?) -> [Period] {
    guard let value, let text = value.text else { return [] }
    guard let unit = period?.unit else {
      faults.report(
        at: value.span,
        "found periods, but the pipeline has none",
        hint: "add period: {unit: month, default: previous}"
      )
      return []
    }
    let ends = text.split(separator: ".", omittingEmptySubsequences: false)
    guard ends.count == 3, ends[1].isEmpty,
      let first = try? PeriodReading.read(String(ends[0]), unit: unit, today: Self.noDay),
      let last = try? PeriodReading.read(String(ends[2]), unit: unit, today: Self.noDay),
      first.firstDay < last.firstDay
    else {
      faults.report(
        at: value.span,
        "found no periods, expected the first and the last, as "
          + (unit == .month ? "2025-01..2026-08" : "2023..2026")
      )
      return []
    }
    var periods = [last]
    while let earliest = periods.last, earliest.firstDay > first.firstDay {
      guard periods.count < Self.mostPeriods,
        let before = try? PeriodReading.read("previous", unit: unit, today: earliest.firstDay)
      else {
        faults.report(at: value.span, "found more than \(Self.mostPeriods) periods")
        return []
      }
      periods.append(before)
    }
    return periods.reversed()
  }

  /// A day that no period is read by.
  private static let noDay = CivilDate(dayNumber: 0)

  private mutating func changed(_ value: CheckedValue?, _ periods: [Period]) -> Int? {
    guard let value, let text = value.text, !periods.isEmpty else { return nil }
    if let place = periods.firstIndex(where: { $0.label == text }), place > 0 { return place }
    faults.report(
      at: value.span,
      "found a change in '\(text)', expected one of the periods after the first",
      hint: "those before it are what it is compared with"
    )
    return nil
  }

  private mutating func target(
    _ value: CheckedValue?,
    from changed: Period?
  ) -> ProgressDefinition.Target? {
    guard let value, !value.isFaulty else { return nil }
    let number = value["value"]?.text.flatMap(decimal)
    if number == nil, let text = value["value"], text.text != nil {
      faults.report(at: text.span, "found no number as a target, expected one, as 40")
    }
    var due: Int?
    if let by = value["by"], let text = by.text, let changed {
      let last = try? PeriodReading.read(text, unit: changed.unit, today: Self.noDay)
      due = last.map { Self.periodCount(from: changed, to: $0) }
      if due ?? -1 < 0 {
        faults.report(
          at: by.span,
          "found no period in which the target is due, expected one after the change",
          hint: "write it as \(changed.unit == .month ? "2027-12" : "2027")"
        )
      }
    }
    guard let number, let due, due >= 0, let better = value["better"]?.text,
      let owner = value["owner"]?.text
    else { return nil }
    return ProgressDefinition.Target(
      value: number,
      due: due,
      isLowerBetter: better == "lower",
      owner: owner
    )
  }

  private static func periodCount(from first: Period, to last: Period) -> Int {
    let years = last.firstDay.year - first.firstDay.year
    return first.unit == .year ? years : years * 12 + last.firstDay.month - first.firstDay.month
  }
}

extension Measure {
  fileprivate var isQuotient: Bool { if case .quotient = kind { true } else { false } }
  /// Whether it counts everyone.
  var isCount: Bool { if case .count = kind { true } else { false } }
}
