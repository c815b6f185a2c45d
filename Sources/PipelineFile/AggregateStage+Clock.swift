import Tabular

extension AggregateStage {
  /// The stage as it was some months ago, without tables: the same rules with the clock put back.
  ///
  /// The period ends so many months earlier, and with it all windows and the day that a person must
  /// live here. A date in an expression that is the first or the last day of the period moves along,
  /// for so `{period.end}` is written; others stay.
  ///
  /// - Parameter months: 0 or more.
  /// - Returns: itself without tables where there is no period.
  package func movedBack(byMonths months: Int) -> AggregateStage {
    var stage = self
    stage.tables = []
    guard let period, months > 0 else { return stage }
    let moved = period.movedBack(byMonths: months)
    let days = [
      Int64(period.firstDay.dayNumber): Int64(moved.firstDay.dayNumber),
      Int64(period.lastDay.dayNumber): Int64(moved.lastDay.dayNumber),
    ]
    stage.period = moved
    if let population {
      let day = CivilDate(dayNumber: Int(population.on)).movedBack(byMonths: months)
      stage.population = PopulationDefinition(
        on: days[population.on] ?? Int64(day.dayNumber),
        residence: population.residence
      )
    }
    stage.persons = persons.map { DerivedColumn(name: $0.name, expression: $0.expression.on(days)) }
    stage.covers = covers.mapValues { $0.on(days) }
    stage.segments = segments.map { Segment(name: $0.name, rule: $0.rule?.on(days)) }
    stage.strata = strata.map { $0.on(days) }
    return stage
  }
}

extension Period {
  /// The one before; nil before the first of the calendar.
  package var previous: Period? {
    let months = unit == .month ? 1 : 12
    return firstDay.year > 1 ? movedBack(byMonths: months) : nil
  }

  fileprivate func movedBack(byMonths months: Int) -> Period {
    let end = CivilDate(dayNumber: lastDay.dayNumber + 1).movedBack(byMonths: months)
    let first = firstDay.movedBack(byMonths: months)
    return Period(
      unit: unit,
      firstDay: first,
      lastDay: CivilDate(dayNumber: end.dayNumber - 1),
      label: String(first.description.prefix(unit == .month ? 7 : 4))
    )
  }
}

extension CivilDate {
  /// The same day so many months earlier, or the last of that month when it is shorter.
  func movedBack(byMonths months: Int) -> CivilDate {
    let month = year * 12 + self.month - 1 - months
    let days = [day, 30, 29, 28].lazy.filter { $0 <= day }
    return days.compactMap { CivilDate(year: month / 12, month: month % 12 + 1, day: $0) }.first
      ?? CivilDate(dayNumber: -719_162)
  }
}

extension TypedExpression {
  /// The same with other dates, by day number.
  func on(_ days: [Int64: Int64]) -> TypedExpression {
    TypedExpression(expression.on(days), type: type)
  }
}

extension Expression {
  fileprivate func on(_ days: [Int64: Int64]) -> Expression {
    switch self {
    case .date(let day): .date(days[day] ?? day)
    case .integer, .decimal, .text, .boolean, .column: self
    case .accumulator(let inner):
      .accumulator(
        Accumulator(
          source: inner.source,
          function: inner.function,
          column: inner.column,
          condition: inner.condition?.on(days),
          window: inner.window
        )
      )
    case .negate(let operand): .negate(operand.on(days))
    case .not(let operand): .not(operand.on(days))
    case .isMissing(let operand): .isMissing(operand.on(days))
    case .band(let operand, let bounds): .band(operand.on(days), bounds)
    case .arithmetic(let kind, let left, let right):
      .arithmetic(kind, left.on(days), right.on(days))
    case .comparison(let kind, let left, let right):
      .comparison(kind, left.on(days), right.on(days))
    case .and(let left, let right): .and(left.on(days), right.on(days))
    case .or(let left, let right): .or(left.on(days), right.on(days))
    case .years(let from, let to): .years(from: from.on(days), to: to.on(days))
    case .membership(let value, let items): .membership(value.on(days), items.map { $0.on(days) })
    case .minimum(let values): .minimum(values.map { $0.on(days) })
    case .maximum(let values): .maximum(values.map { $0.on(days) })
    case .coalesce(let values): .coalesce(values.map { $0.on(days) })
    }
  }
}
