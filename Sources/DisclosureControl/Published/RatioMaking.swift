import Statistics
import Tabular

/// What the ratios of a published table are made of: as its manifest tells, or as its numbers show.
struct RatioMaking {
  let columns: PrintedColumns
  /// Of the columns that count or add up.
  let places: [String: Quantity.Place]
  private let figures: [PublishedMeasures.Figure]

  typealias Column = PrintedColumns.Column

  /// So many times one column is another times the ratio.
  struct Made {
    let dividend: Column
    let divisor: Column
    let per: Double
  }

  /// What the limits of a rate are made of.
  struct Limits {
    let dividend: Column
    let form: PrintedLimits.Form
    let level: Confidence
  }

  /// - Parameters:
  ///   - columns: of the table.
  ///   - places: of those that count or add up.
  ///   - measures: what a manifest tells; nil where there is none.
  init(
    _ columns: PrintedColumns,
    _ places: [String: Quantity.Place],
    _ measures: PublishedMeasures?
  ) {
    self.columns = columns
    self.places = places
    figures = measures?.figures ?? []
  }

  // MARK: Quotients

  /// What a column is a quotient of; nil where nobody can tell.
  func parts(of ratio: Column) -> Made? {
    if let told = told(ratio) { return fit(ratio, told) == nil ? nil : told }
    // A rate of few digits could be like another by chance.
    let enough = ratio.perOne > 1 ? 3 : 5
    for dividend in columns.all where places[dividend.name] != nil && dividend.name != ratio.name {
      for divisor in columns.all where isDivisor(divisor, of: dividend, ratio) {
        guard let per = per(ratio, dividend, divisor) else { continue }
        let made = Made(dividend: dividend, divisor: divisor, per: per)
        if let fit = fit(ratio, made), fit >= enough { return made }
      }
    }
    return nil
  }

  private func isDivisor(_ column: Column, of dividend: Column, _ ratio: Column) -> Bool {
    column.name != dividend.name && column.name != ratio.name
      && (places[column.name] != nil || column.perOne > 1) && !columns.isLimit(column)
  }

  /// As the manifest says it: the words of one measure, for so many of those of another.
  private func told(_ ratio: Column) -> Made? {
    guard let words = measure(of: ratio) else { return nil }
    for dividend in figures where !dividend.measure.isEmpty {
      guard let first = columns[dividend.name], places[dividend.name] != nil else { continue }
      if words.hasPrefix("\(dividend.measure), expected by "),
        let expected = columns["\(ratio.name)_expected"]
      {
        return Made(dividend: first, divisor: expected, per: 1)
      }
      for divisor in figures where !divisor.measure.isEmpty && divisor.name != dividend.name {
        let (start, end) = ("\(dividend.measure) per ", " \(divisor.measure)")
        guard words.hasPrefix(start), words.hasSuffix(end),
          words.utf8.count > start.utf8.count + end.utf8.count,
          let per = Int64(words.dropFirst(start.count).dropLast(end.count)),
          let second = columns[divisor.name], places[divisor.name] != nil
        else { continue }
        return Made(dividend: first, divisor: second, per: Double(per))
      }
    }
    return nil
  }

  private func measure(of column: Column) -> String? {
    figures.first { $0.name == column.name && $0.kind == .other && !$0.measure.isEmpty }?.measure
  }

  /// What the first cell that shows all three lets think: a power of ten.
  private func per(_ ratio: Column, _ dividend: Column, _ divisor: Column) -> Double? {
    for cell in 0..<columns.cellCount {
      guard let value = ratio.value(at: cell), let above = dividend.value(at: cell),
        let below = divisor.value(at: cell), value != 0, above != 0, below != 0
      else { continue }
      let exact = printed(value, ratio) * printed(below, divisor) / printed(above, dividend)
      return [1, 100, 1000, 10_000, 100_000, 1_000_000].first { abs(exact - $0) <= 0.2 * $0 }
    }
    return nil
  }

  /// How many different ratios are as they are made.
  ///
  /// - Returns: nil where one is not.
  private func fit(_ ratio: Column, _ made: Made) -> Int? {
    var found: Set<Int64> = []
    for cell in 0..<columns.cellCount {
      guard let value = ratio.value(at: cell), let above = made.dividend.value(at: cell),
        let below = made.divisor.value(at: cell), below != 0
      else { continue }
      let exact =
        made.per * printed(above, made.dividend) / printed(below, made.divisor)
        * Double(ratio.perOne)
      let off =
        made.dividend.halfStep / max(1, Double(above.magnitude))
        + made.divisor.halfStep / Double(below.magnitude)
      guard abs(exact - Double(value)) <= 0.5 * (1 + 1e-6) + abs(exact) * (off + 1e-12) else {
        return nil
      }
      if value != 0 { found.insert(value) }
    }
    return found.count
  }

  private func printed(_ value: Int64, _ column: Column) -> Double {
    Double(value) / Double(column.perOne)
  }

  // MARK: Limits

  /// What the limits of a rate are made of; nil where nobody can tell.
  func limits(of rate: Column, _ made: Made?) -> Limits? {
    guard columns[rate.name + "_lower"] != nil, columns[rate.name + "_upper"] != nil else {
      return nil
    }
    let told = made?.dividend ?? standardised(rate)
    // Whose rate it is, or else whatever its numbers show it to be.
    let dividends = told.map { [$0] } ?? columns.all.filter { places[$0.name] != nil }
    let enough = told == nil ? 3 : 1
    let isShare = made.map { places[$0.divisor.name] == .persons } ?? false
    let forms: [PrintedLimits.Form] = isShare ? [.share, .events] : [.events, .share]
    var unrefuted: Limits?
    for dividend in dividends where dividend.perOne == 1 {
      for level in [0.95, 0.998, 0.99, 0.9] {
        for form in forms where form == .events || made != nil {
          let limits = Limits(dividend: dividend, form: form, level: Confidence(level: level))
          guard let fit = fit(rate, limits, made) else { continue }
          if fit >= enough { return limits }
          if unrefuted == nil, told != nil { unrefuted = limits }
        }
      }
    }
    return unrefuted
  }

  /// Whom a standardised rate counts, as the manifest tells.
  private func standardised(_ rate: Column) -> Column? {
    guard let words = measure(of: rate) else { return nil }
    return figures.first { figure in
      !figure.measure.isEmpty && places[figure.name] != nil
        && (words.hasPrefix("\(figure.measure) per ") && words.contains(", standardised by ")
          || words.hasPrefix("\(figure.measure), expected by "))
    }.flatMap { columns[$0.name] }
  }

  private func fit(_ rate: Column, _ limits: Limits, _ made: Made?) -> Int? {
    var found: Set<Int64> = []
    for cell in 0..<columns.cellCount {
      guard let printed = columns.limits(of: rate, at: cell) else { continue }
      guard let counts = printed.counts(limits.form, limits.level, per: made?.per ?? 1) else {
        return nil
      }
      guard let count = limits.dividend.value(at: cell) else { continue }
      guard counts.dividend.contains(count) else { return nil }
      if let range = counts.divisor, let all = made?.divisor.value(at: cell) {
        guard range.contains(all) else { return nil }
      }
      found.insert(count)
    }
    return found.count
  }
}

extension KnownRange {
  /// Whether a number may be it.
  func contains(_ number: Int64) -> Bool {
    lower ?? number <= number && number <= upper ?? number
  }
}
