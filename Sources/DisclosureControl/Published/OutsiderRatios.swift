import Tabular

/// What the ratios that a published table shows tell of the numbers that they are made of.
struct OutsiderRatios: Sendable {
  /// Two numbers of each cell.
  struct Ratio: Sendable {
    let dividend: Quantity.Place
    let divisor: Quantity.Place
    /// One a cell: between which the first lies, for one of the second.
    let limits: [ClosedRange<Double>?]
  }

  /// One number of each cell.
  struct Part: Sendable {
    let place: Quantity.Place
    /// One a cell.
    let ranges: [KnownRange?]
  }

  private(set) var ratios: [Ratio] = []
  private(set) var parts: [Part] = []
  /// Columns that are shown, and made of numbers that the table does not have, as standardised rates are.
  private(set) var unjudged: [String] = []
  private let columns: PrintedColumns
  private let places: [String: Quantity.Place]
  private let protection: PublishedProtection
  private let sums: Set<String>

  /// - Parameters:
  ///   - columns: of the table.
  ///   - places: of those that count or add up.
  ///   - measures: what a manifest tells; nil where there is none.
  ///   - protection: what was done to the numbers.
  init(
    _ columns: [OutsiderTable.Column],
    _ places: [String: Quantity.Place],
    _ measures: PublishedMeasures?,
    _ protection: PublishedProtection
  ) {
    let printed = PrintedColumns(columns, counts: places.keys, protection)
    (self.columns, self.places, self.protection) = (printed, places, protection)
    sums = Set((measures?.figures ?? []).filter { $0.kind == .sum }.map(\.name))
    let making = RatioMaking(printed, places, measures)
    let figures = measures.map { Dictionary(grouping: $0.figures, by: \.name) }
    for column in printed.all where !printed.isBeside(column) {
      let figure = figures?[column.name]?.first
      // Means and sums are looked at as what they are.
      if let figure, figure.kind != .other { continue }
      let made = making.parts(of: column)
      if let made { add(column, made) }
      if let limits = making.limits(of: column, made) { add(column, limits, made) }
      let isOfTable = made.map { places[$0.divisor.name] != nil } ?? false
      let isTold = figures == nil || figure != nil
      if column.perOne > 1, isTold, !isOfTable,
        (0..<printed.cellCount).contains(where: { column.value(at: $0) != nil })
      {
        unjudged.append(column.name)
      }
    }
  }

  /// Adds means, whose persons may be hidden.
  mutating func add(means ratio: Ratio) { ratios.append(ratio) }

  private mutating func add(_ column: PrintedColumns.Column, _ made: RatioMaking.Made) {
    guard let dividend = places[made.dividend.name] else { return }
    let divisor = places[made.divisor.name]
    let limits = (0..<columns.cellCount).map { cell -> ClosedRange<Double>? in
      guard let value = column.value(at: cell) else { return nil }
      let unit =
        Double(made.dividend.perOne)
        / (made.per * Double(made.divisor.perOne) * Double(column.perOne))
      let off =
        0.5 * (1 + 1e-6) + abs(Double(value))
        * (1e-12
          + (made.divisor.value(at: cell)
            .map { made.divisor.halfStep / max(1, Double($0.magnitude)) } ?? 0))
      return (Double(value) - off) * unit...(Double(value) + off) * unit
    }
    if let divisor, !isChanged {
      ratios.append(Ratio(dividend: dividend, divisor: divisor, limits: limits))
      return
    }
    parts.append(
      Part(
        place: dividend,
        ranges: limits.enumerated().map { cell, limits in
          guard let limits, let below = made.divisor.value(at: cell), below > 0 else {
            return nil
          }
          return real(
            KnownRange(
              between: limits.lowerBound * Double(below),
              limits.upperBound * Double(below)
            ),
            made.dividend
          )
        }
      )
    )
    guard let divisor else { return }
    parts.append(
      Part(
        place: divisor,
        ranges: limits.enumerated().map { cell, limits in
          guard let limits, limits.lowerBound > 0, let above = made.dividend.value(at: cell),
            above > 0
          else { return nil }
          return real(
            KnownRange(
              between: Double(above) / limits.upperBound,
              Double(above) / limits.lowerBound
            ),
            made.divisor
          )
        }
      )
    )
  }

  private mutating func add(
    _ column: PrintedColumns.Column,
    _ limits: RatioMaking.Limits,
    _ made: RatioMaking.Made?
  ) {
    let counts = (0..<columns.cellCount).map { cell in
      columns.limits(of: column, at: cell)?
        .counts(limits.form, limits.level, per: made?.per ?? 1)
    }
    if let place = places[limits.dividend.name] {
      parts.append(
        Part(place: place, ranges: counts.map { $0.flatMap { real($0.dividend, limits.dividend) } })
      )
    }
    if limits.form == .share, let divisor = made?.divisor, let place = places[divisor.name] {
      parts.append(
        Part(
          place: place,
          ranges: counts.map { counts in
            counts?.divisor.flatMap { real($0, divisor) }
          }
        )
      )
    }
  }

  /// Whether ratios are made of numbers as they are printed, and these are not as they were counted.
  private var isChanged: Bool {
    switch protection.method {
    case .unknown, .hiding: false
    case .rounding, .moving: true
    }
  }

  /// What a number was that is printed as one of these; nil where nobody can tell.
  private func real(_ printed: KnownRange?, _ column: PrintedColumns.Column) -> KnownRange? {
    guard let printed, isChanged else { return printed }
    guard column.perOne == 1, !sums.contains(column.name) else { return nil }
    return KnownRange(
      lower: printed.lower.flatMap { protection.range(ofCount: $0).lower },
      upper: printed.upper.flatMap { protection.range(ofCount: $0).upper }
    )
  }
}

extension KnownRange {
  /// The whole numbers between two; nil where there are none, or too large ones.
  init?(between lower: Double, _ upper: Double) {
    let slack = 1e-9 * max(1, abs(lower), abs(upper))
    guard let least = Int64(exactly: (lower - slack).rounded(.up)),
      let most = Int64(exactly: (upper + slack).rounded(.down)), least <= most
    else { return nil }
    self.init(lower: least, upper: most)
  }

  /// What lies in both; nil where nothing does.
  func intersection(with other: KnownRange) -> KnownRange? {
    let lower = [lower, other.lower].compactMap { $0 }.max()
    let upper = [upper, other.upper].compactMap { $0 }.min()
    if let lower, let upper, lower > upper { return nil }
    return KnownRange(lower: lower, upper: upper)
  }
}
