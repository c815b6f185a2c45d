import Tabular

/// Deals cases to areas by chance, each area in proportion to what is expected of it.
///
/// Expectations become whole numbers whose sum stays below 2⁵³: they add up exactly in any order.
struct CaseDealing: Sendable {
  /// The whole number of each area.
  let weights: [Double]
  /// The sum of all weights; 0 when nothing is expected.
  let total: Double

  /// An area takes the positions below its threshold that no earlier area took.
  private let thresholds: [UInt64]
  /// The first area that may take a position, by the position's leading bits (Chen & Asau, 1974).
  private let guide: [Int32]
  private let shift: Int

  private static let bits = 52

  init(expected: [Double]) {
    let known = expected.map { $0 > 0 && $0 < .infinity ? $0 : 0 }
    let sum = known.reduce(0, +)
    let unit = Double(1 << Self.bits)
    weights = known.map { sum > 0 && sum < .infinity ? ($0 / sum * unit).rounded() : 0 }
    total = weights.reduce(0, +)

    var thresholds: [UInt64] = []
    var threshold: UInt64 = 0
    for weight in weights {
      threshold += UInt64(weight)
      thresholds.append(threshold)
    }
    shift = max(0, Self.bits - 2 - (Int.bitWidth - expected.count.leadingZeroBitCount))
    var guide: [Int32] = []
    var area = 0
    while area < thresholds.count {
      let position = UInt64(guide.count) << shift
      while area < thresholds.count, position >= thresholds[area] { area += 1 }
      if area < thresholds.count { guide.append(Int32(truncatingIfNeeded: area)) }
    }
    self.thresholds = thresholds
    self.guide = guide
  }

  /// Deals cases on a stream of its own.
  ///
  /// - Parameters:
  ///   - caseCount: how many cases.
  ///   - stream: the seed of the random numbers.
  ///   - counts: one an area; what was in it is lost.
  /// - Precondition: `total` is above 0.
  func deal(_ caseCount: Int, stream: UInt64, into counts: inout [Int]) {
    var random = SplitMix64(seed: stream)
    var counts = counts.mutableSpan
    for area in counts.indices { counts[area] = 0 }
    let thresholds = thresholds.span
    let guide = guide.span
    let positions = UInt64(total)
    for _ in 0..<caseCount {
      let position = random.next().multipliedFullWidth(by: positions).high
      var area = Int(guide[Int(truncatingIfNeeded: position >> UInt64(shift))])
      while position >= thresholds[area] { area += 1 }
      counts[area] += 1
    }
  }
}
