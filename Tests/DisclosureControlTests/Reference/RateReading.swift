import Statistics

/// What anyone reads of a standardised rate, worked out from counts of strata in plain arithmetic.
struct RateReading {
  /// One a stratum, which is twice its band and its sex.
  private let weights: [Double]
  private let bandCount: Int
  private let per: Double
  /// By number of events: how far the limits lie from it.
  private let limits: [(below: Double, above: Double)]

  /// What stands in a table, in millionths.
  struct Rate: Equatable {
    let value: Int
    let lower: Int
    let upper: Int
    let isPooled: Bool
  }

  /// - Parameters:
  ///   - weights: of the standard population.
  ///   - bandCount: of the strata.
  ///   - per: so many persons.
  ///   - mostEvents: that are counted anywhere.
  init(_ weights: [Double], bandCount: Int, per: Double, mostEvents: Int) {
    (self.weights, self.bandCount, self.per) = (weights, bandCount, per)
    limits = (0...mostEvents).map { events in
      let interval = poissonInterval(observed: events, .ninetyFive)
      return (Double(events) - interval.lower, interval.upper - Double(events))
    }
  }

  /// A rate as it is computed; nil where there is none.
  func exact(_ observed: [Int], _ population: [Int]) -> Rate? {
    let events = observed.reduce(0, +)
    guard events >= 10, let (weights, isPooled) = pooled(population) else { return nil }
    let all = weights.reduce(0, +)
    var (rate, variance) = (0.0, 0.0)
    for stratum in weights.indices where weights[stratum] > 0 {
      let factor = weights[stratum] / all / Double(population[stratum])
      rate += factor * Double(observed[stratum])
      variance += factor * factor * Double(observed[stratum])
    }
    let width = (variance / Double(events)).squareRoot()
    let unit = per * 1_000_000
    return Rate(
      value: Self.whole(rate * unit),
      lower: Self.whole(max(0, rate - width * limits[events].below) * unit),
      upper: Self.whole((rate + width * limits[events].above) * unit),
      isPooled: isPooled
    )
  }

  /// The same in few digits: its limits are made of the rounded rate, and of two digits of what lies
  /// between it and its upper limit for each event.
  func rounded(_ observed: [Int], _ population: [Int]) -> Rate? {
    guard let exact = exact(observed, population) else { return nil }
    let events = observed.reduce(0, +)
    let value = Self.rounded(exact.value, ofEvents: Double(events))
    let width = Self.digits(
      2,
      Self.whole(Double(exact.upper - exact.value) / limits[events].above)
    )
    let lower = Double(value) - Double(width) * limits[events].below
    let upper = Double(value) + Double(width) * limits[events].above
    return Rate(
      value: value,
      lower: Self.digits(3, Self.whole(max(0, lower))),
      upper: Self.digits(3, Self.whole(upper)),
      isPooled: exact.isPooled
    )
  }

  /// Weights when strata of nobody joined the next younger band; nil where too many would.
  private func pooled(_ population: [Int]) -> (weights: [Double], isPooled: Bool)? {
    if !population.contains(0) { return (weights, false) }
    var (joined, moved) = (weights, 0.0)
    for stratum in weights.indices where population[stratum] == 0 && weights[stratum] > 0 {
      let ofSex = (0..<bandCount).map { 2 * $0 + stratum % 2 }.filter { population[$0] > 0 }
      guard let other = ofSex.last(where: { $0 < stratum }) ?? ofSex.first else { return nil }
      joined[other] += weights[stratum]
      joined[stratum] = 0
      moved += weights[stratum]
    }
    return moved * 10 <= weights.reduce(0, +) ? (joined, moved > 0) : nil
  }

  // MARK: What is expected

  /// How many would be counted with the rates of the region.
  static func expected(
    _ population: [Int],
    _ region: (observed: [Int], population: [Int])
  ) -> Double {
    population.indices.reduce(0) { sum, stratum in
      population[stratum] == 0
        ? sum
        : sum + Double(population[stratum]) * Double(region.observed[stratum])
          / Double(region.population[stratum])
    }
  }

  /// In millionths, as it is or in few digits.
  static func told(expected: Double, isRounded: Bool) -> Int {
    let value = whole(expected * 1_000_000)
    return isRounded ? rounded(value, ofEvents: expected) : value
  }

  // MARK: Digits

  /// To the largest multiple of 1, 2 or 5 that is at most half of the standard error.
  private static func rounded(_ value: Int, ofEvents events: Double) -> Int {
    let error = Double(value) / max(events, 4).squareRoot()
    var step = 1
    for power in [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] {
      for digit in [1, 2, 5] where Double(2 * digit * power) <= error { step = digit * power }
    }
    return multiple(value, of: step)
  }

  private static func digits(_ count: Int, _ value: Int) -> Int {
    var (step, left) = (1, value)
    let most = count == 2 ? 100 : 1000
    while left >= most {
      left /= 10
      step *= 10
    }
    return multiple(value, of: step)
  }

  private static func multiple(_ value: Int, of step: Int) -> Int {
    (2 * value + step) / (2 * step) * step
  }

  private static func whole(_ number: Double) -> Int { Int(number.rounded()) }
}
