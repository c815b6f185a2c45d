import Statistics
import Tabular

/// One protected figure for so many of another, in millionths.
///
/// Anyone could divide what is shown, so this tells nothing new: it is hidden where either part is,
/// changed where either is, and missing where the divisor is zero. Any other mark of a part is its
/// own. Its limits are made of the shown parts too.
struct Quotient {
  private let dividend: ProtectedTable.Figure
  private let count: Int64
  private let divisor: ProtectedTable.Figure
  private let spread: CellTable.Figure.Spread

  init(
    _ dividend: ProtectedTable.Figure,
    per count: Int64,
    by divisor: ProtectedTable.Figure,
    _ spread: CellTable.Figure.Spread
  ) {
    self.dividend = dividend
    self.count = count
    self.divisor = divisor
    self.spread = spread
  }

  /// The figure, with its limits beside it.
  ///
  /// - Parameters:
  ///   - name: of the figure.
  ///   - levels: of the limits.
  ///   - others: what else stands beside it, before the limits.
  /// - Returns: one value and one mark a cell.
  /// - Throws: `overflow` with the name.
  func figure(
    named name: String,
    _ levels: [Confidence],
    beside others: [CellTable.Companion] = []
  ) throws(DisclosureControlError) -> ProtectedTable.Figure {
    // 63 bits of a value, 20 of the count, 20 of the decimals and 20 of a scale: it fits 127.
    let dividendScale = Int128(count) * 1_000_000 * fixedPointScale(of: divisor.unit)
    let divisorScale = fixedPointScale(of: dividend.unit)
    var values = [Int64](repeating: missingInteger, count: dividend.values.count)
    var marks = [CellMark](repeating: .hidden, count: dividend.values.count)
    for cell in 0..<min(dividend.values.count, divisor.values.count) {
      let (first, second) = (dividend.marks[cell], divisor.marks[cell])
      if first == .hidden || second == .hidden { continue }
      let (upper, lower) = (dividend.values[cell], divisor.values[cell])
      guard upper != missingInteger, lower != missingInteger, lower != 0 else {
        marks[cell] = .missing
        continue
      }
      guard
        let value = rounded(
          Int128(upper) * dividendScale,
          dividedBy: Int128(lower) * divisorScale
        ), value != missingInteger
      else { throw .overflow(figure: name) }
      values[cell] = value
      marks[cell] = combined(first, second)
    }
    return ProtectedTable.Figure(
      name: name,
      unit: .millionths,
      values: values,
      marks: marks,
      companions: (others + limits(marks, levels)).map { hiding($0, marks) }
    )
  }

  private func limits(_ marks: [CellMark], _ levels: [Confidence]) -> [CellTable.Companion] {
    if spread == .unknown { return [] }
    return limitColumns(levels, cellCount: marks.count) { cell, level in
      guard marks[cell] != .hidden, marks[cell] != .missing else { return nil }
      return interval(cell, level)?.scaled(by: Double(count))
    }
  }

  private func interval(_ cell: Int, _ level: Confidence) -> Interval? {
    let divisor = Double(divisor.values[cell]) / Double(fixedPointScale(of: divisor.unit))
    let observed = Int(dividend.values[cell])
    switch spread {
    case .unknown: return nil
    case .share: return wilsonInterval(count: observed, of: Int(divisor.rounded()), level)
    case .persons:
      guard observed >= 0 else { return nil }
      return eventInterval(observed: observed, level).scaled(by: 1 / divisor)
    case .events(let variances):
      guard observed >= 0 else { return nil }
      return eventInterval(observed: observed, variance: variances[cell], level)
        .scaled(by: 1 / divisor)
    case .deviations(let deviations):
      let scale = Double(fixedPointScale(of: dividend.unit))
      return meanInterval(
        mean: Double(dividend.values[cell]) / scale / divisor,
        deviation: deviations[cell] / scale,
        count: Int(divisor.rounded()),
        level
      )
    }
  }
}

/// A protected figure for what was expected of each cell, in millionths; missing where that is 0.
///
/// - Parameters:
///   - observed: the figure.
///   - told: one a cell: what was expected.
///   - spread: what the limits are made of.
///   - name: of the ratio.
///   - levels: of the limits.
/// - Returns: hidden where either is; changed where what is expected is told in few digits.
func ratio(
  _ observed: ProtectedTable.Figure,
  _ told: [ToldExpectation],
  _ spread: CellTable.Figure.Spread,
  name: String,
  _ levels: [Confidence]
) -> ProtectedTable.Figure {
  let expected = told.map(\.value)
  var values = [Int64](repeating: missingInteger, count: observed.values.count)
  var marks = observed.marks
  for cell in values.indices where marks[cell] != .hidden {
    guard let expected = expected[cell] else {
      marks[cell] = .hidden
      continue
    }
    if observed.values[cell] != missingInteger, expected > 0 {
      values[cell] = millionths(Double(observed.values[cell]) / expected)
    }
    if values[cell] == missingInteger {
      marks[cell] = .missing
    } else if told[cell].isRounded, marks[cell] == .none {
      marks[cell] = .changed
    }
  }
  let limits = limitColumns(levels, cellCount: values.count) { cell, level in
    guard values[cell] != missingInteger, observed.values[cell] >= 0,
      let expected = expected[cell]
    else { return nil }
    var variance: Double?
    if case .events(let variances) = spread { variance = variances[cell] }
    return standardisedRatio(
      observed: Int(observed.values[cell]),
      expected: expected,
      variance: variance,
      level
    ).interval
  }
  let beside = CellTable.Companion(
    suffix: "_expected",
    unit: .millionths,
    values: expected.map { millionths($0) }
  )
  return ProtectedTable.Figure(
    name: name,
    unit: .millionths,
    values: values,
    marks: marks,
    companions: ([beside] + limits).map { hiding($0, marks) }
  )
}

/// What a figure that is made of two bears: hidden is neither of them.
func combined(_ first: CellMark, _ second: CellMark) -> CellMark {
  if second == .changed || first == .none { return second }
  return first
}

/// How many stored ones make one; cents stay cents.
private func fixedPointScale(of unit: FigureUnit) -> Int128 {
  unit == .cents ? 1 : Int128(unit.perWhole)
}
