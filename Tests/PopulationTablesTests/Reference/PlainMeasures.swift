import PipelineFile

@testable import Tabular

/// What a table shows of one measure in one cell.
struct PlainFigure {
  /// In the stored unit, not rounded; nil where there is none.
  var value: Double?
  /// How many stored ones make one; cents are one.
  var unit = 1.0
  /// One a level, in ones.
  var limits: [PlainLimits?] = []
  /// Of how many persons it is known; nil of what is known of everybody, or not shown.
  var known: Int?
  var isPooled = false
  var isFew = false

  /// As tables write it.
  var millionths: Double? { value.map { $0 * 1_000_000 / unit } }
}

/// Shows measures person by person, as tables of persons do whose cells of few persons are hidden.
struct PlainMeasures {
  let plain: PlainTables
  let measures: [Measure]
  let minimum: Int64
  let levels: [Double]
  /// What measures count of each person, by name.
  private let numbers: [String: [Int64]]

  init(_ plain: PlainTables, _ measures: [Measure], minimum: Int64, levels: [Double]) {
    self.plain = plain
    self.measures = measures
    self.minimum = minimum
    self.levels = levels
    numbers = Dictionary(
      uniqueKeysWithValues: measures.map { measure in
        (measure.name, plain.persons.indices.map { plain.number(of: measure, $0) })
      }
    )
  }

  /// Nil where it is hidden.
  func figure(_ name: String, of persons: [Int]) -> PlainFigure? {
    guard !isFew(persons.count), let measure = measure(name) else { return nil }
    let counted = plain.figures(of: measure, persons).map { Int($0) }
    switch measure.kind {
    case .count: return PlainFigure(value: Double(persons.count))
    case .countWhere:
      guard isShown(part: counted[0], of: persons) else { return nil }
      let unknown = isShown(part: counted[2], of: persons) ? counted[2] : nil
      return PlainFigure(
        value: Double(counted[0]),
        known: unknown.map { persons.count - $0 }
      )
    case .sum, .distinct, .personYears:
      return isFew(counted[1])
        ? nil : PlainFigure(value: Double(counted[0]), unit: unit(of: measure.kind))
    case .mean:
      guard !isFew(counted[1]), isShown(part: counted[2], of: persons) else { return nil }
      let mean = counted[2] > 0 ? quotient(counted[0], measure.kind, by: counted[2]) : nil
      return PlainFigure(
        value: mean,
        unit: 1_000_000,
        limits: limits(of: persons) { number(of: measure, $0) },
        known: counted[2]
      )
    case .quantile:
      let known = isShown(part: counted[2], of: persons) ? counted[2] : nil
      guard counted[2] > 0 else { return PlainFigure(value: nil, unit: 10_000, known: known) }
      return counted[1] < minimum
        ? nil
        : PlainFigure(value: threeDigits(counted[0]), unit: 10_000, known: known)
    case .quotient(let of, let per, let by): return quotient(of, per: per, by: by, persons)
    case .ratio(let of, let strata): return ratio(of, strata, persons)
    case .standardised(let of, let per, let by, let strata, let standard):
      guard let observed = figure(of, of: persons), figure(by, of: persons) != nil else {
        return nil
      }
      var rate = PlainStandardisation(
        plain: plain,
        numbers: numbers[of] ?? [],
        isCovered: plain.persons.indices.map { isCovered(of, $0) },
        strata: strata,
        weights: standard?.weights
      ).figure(of: persons, per: Double(per), levels)
      rate.known = observed.known
      return rate
    case .rows, .sumColumn: return nil
    }
  }

  private func measure(_ name: String) -> Measure? { measures.first { $0.name == name } }

  private func quotient(_ of: String, per: Int64, by: String, _ persons: [Int]) -> PlainFigure? {
    guard let dividend = figure(of, of: persons), let divisor = figure(by, of: persons),
      let upper = measure(of), let lower = measure(by)
    else { return nil }
    let known = dividend.known
    guard let value = dividend.value, let base = divisor.value.map({ $0 / divisor.unit }), base != 0
    else { return PlainFigure(value: nil, unit: 1_000_000, known: known) }
    var limits = levels.map { level -> PlainLimits? in
      switch (upper.kind, lower.countsCovered ? .count : lower.kind) {
      case (.count, .count), (.countWhere, .count):
        PlainLimits.share(value, of: base, level)
      case (.count, .personYears), (.countWhere, .personYears):
        PlainLimits.events(value, level).scaled(by: 1 / base)
      case (.sum(let typed), .count) where typed.type == .integer,
        (.sum(let typed), .personYears) where typed.type == .integer:
        value < 0
          ? nil
          : PlainLimits.events(value, variance: squares(upper, persons), level)
            .scaled(by: 1 / base)
      default: nil
      }
    }
    if case .sum(let typed) = upper.kind, typed.type != .integer {
      if case .count = lower.kind {
        limits = self.limits(of: persons) { number(of: upper, $0) ?? 0 }
      } else if lower.countsCovered {
        let covered = persons.filter { isCovered(of, $0) }
        limits = self.limits(of: covered) { number(of: upper, $0) ?? 0 }
      }
    }
    return PlainFigure(
      value: value * Double(per) * (1_000_000 / dividend.unit) / base,
      unit: 1_000_000,
      limits: limits.map { $0?.scaled(by: Double(per)) },
      known: known
    )
  }

  private func ratio(_ of: String, _ strata: [String], _ persons: [Int]) -> PlainFigure? {
    guard let observed = figure(of, of: persons), let counted = measure(of) else { return nil }
    let expected = expected(persons, counted, strata)
    guard let value = observed.value, expected > 0 else {
      return PlainFigure(value: nil, unit: 1_000_000, known: observed.known)
    }
    var variance: Double?
    if case .sum = counted.kind { variance = squares(counted, persons) }
    return PlainFigure(
      value: value / expected * 1_000_000,
      unit: 1_000_000,
      limits: levels.map { level in
        value < 0
          ? nil
          : PlainLimits.events(value, variance: variance, level).scaled(by: 1 / expected)
      },
      known: observed.known
    )
  }

  /// Of the mean of their numbers; of fewer than thirty there are none.
  private func limits(of persons: [Int], _ number: (Int) -> Double?) -> [PlainLimits?] {
    let numbers = persons.count < 30 ? [] : persons.compactMap(number)
    return levels.map { PlainLimits.mean(numbers, $0) }
  }

  /// Σ f², of persons with f events.
  private func squares(_ measure: Measure, _ persons: [Int]) -> Double {
    persons.reduce(0) { sum, person in
      let events = Double(numbers[measure.name]?[person] ?? 0)
      return sum + events * events
    }
  }

  /// Σ over the persons of the region's mean in their stratum.
  private func expected(_ persons: [Int], _ measure: Measure, _ strata: [String]) -> Double {
    func stratum(_ person: Int) -> [String] { strata.map { plain.label($0, person) } }
    let covered = plain.members.filter { isCovered(measure.name, $0) }
    let region = Dictionary(grouping: covered, by: stratum)
    return persons.filter { isCovered(measure.name, $0) }.reduce(0) { sum, person in
      let alike = region[stratum(person)] ?? []
      let counted = alike.reduce(0) { $0 + (numbers[measure.name]?[$1] ?? 0) }
      return sum + Double(counted) / Double(alike.count)
    }
  }

  /// Whether a person could appear in what a measure looks at.
  private func isCovered(_ name: String, _ person: Int) -> Bool {
    measure(name)?.kind.expression.map { plain.isCovered(by: $0.expression, person) } ?? true
  }

  /// In ones; cents are one.
  private func number(of measure: Measure, _ person: Int) -> Double? {
    guard let typed = measure.kind.expression else { return 1 }
    switch plain.measured(typed, person) {
    case .integer(let number): return Double(number)
    case .decimal(let number): return (number * 10_000).rounded() / 10_000
    default: return nil
    }
  }

  private func quotient(_ sum: Int, _ kind: Measure.Kind, by count: Int) -> Double {
    Double(sum) * (1_000_000 / unit(of: kind)) / Double(count)
  }

  private func unit(of kind: Measure.Kind) -> Double {
    if case .personYears = kind { return 1_000_000 }
    return kind.expression?.type == .decimal ? 10_000 : 1
  }

  private func isFew(_ persons: Int) -> Bool { persons > 0 && persons < minimum }

  private func isShown(part: Int, of persons: [Int]) -> Bool {
    !isFew(persons.count) && !isFew(part) && !isFew(persons.count - part)
  }

  private func threeDigits(_ value: Int) -> Double {
    var step = 1.0
    while (Double(value) / step).magnitude >= 1000 { step *= 10 }
    return (Double(value) / step).rounded() * step
  }
}
