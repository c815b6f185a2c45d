/// What ratios that are shown tell of the numbers behind them.
extension OutsiderSystem {
  /// Learns what the ratios of a table tell; nothing of those that a number refutes.
  ///
  /// - Parameters:
  ///   - found: of the table.
  ///   - numbersOfPlace: its own, one a cell.
  mutating func add(_ found: OutsiderRatios, _ numbersOfPlace: [Quantity.Place: [Int32]]) {
    for part in found.parts {
      let own = numbersOfPlace[part.place] ?? []
      numbers.learn(
        zip(own, part.ranges).compactMap { number, range in range.map { (number, $0) } }
      )
    }
    for ratio in found.ratios {
      add(ratio, numbersOfPlace[ratio.dividend] ?? [], numbersOfPlace[ratio.divisor] ?? [])
    }
  }

  private mutating func add(
    _ ratio: OutsiderRatios.Ratio,
    _ dividends: [Int32],
    _ divisors: [Int32]
  ) {
    var learnt: [(variable: Int32, range: KnownRange)] = []
    var open: [NumberRatio] = []
    for (cell, (dividend, divisor)) in zip(dividends, divisors).enumerated() {
      guard ratio.limits.indices.contains(cell), let limits = ratio.limits[cell],
        dividend != divisor, !numbers.mayBeNegative[Int(divisor)]
      else { continue }
      switch (numbers.range(of: dividend).value, numbers.range(of: divisor).value) {
      case (let above?, let below?):
        let slack = 1e-9 * max(1, abs(Double(above)))
        if Double(above) < limits.lowerBound * Double(below) - slack
          || Double(above) > limits.upperBound * Double(below) + slack
        {
          return
        }
      case (nil, let below?):
        let range = KnownRange(
          between: limits.lowerBound * Double(below),
          limits.upperBound * Double(below)
        )
        if let range { learnt.append((dividend, range)) }
      case (let above?, nil) where above > 0 && limits.lowerBound > 0:
        let range = KnownRange(
          between: Double(above) / limits.upperBound,
          Double(above) / limits.lowerBound
        )
        if let range { learnt.append((divisor, range)) }
      default:
        open.append(NumberRatio(dividend: dividend, divisor: divisor, limits: limits))
      }
    }
    numbers.learn(learnt)
    ratios += open
  }
}
