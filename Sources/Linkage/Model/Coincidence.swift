import PipelineFile
import Tabular

/// How often two records agree that were paired at random: what is counted before any model.
///
/// Agreement on equal values and parts is counted over all pairs, never sampled. Dice levels are
/// sampled: left values by frequency, each compared with all right values.
struct Coincidence: Sendable {
  /// By comparison: the share of pairs at each level, and last at none of them.
  let shares: [[Double]]
  /// By comparison: pairs that were counted, or as good as counted.
  let pairCounts: [Double]

  /// Dice coefficients that a comparison may cost.
  private static let diceLimit = 16_000_000
  private static let firstDraw = 500

  /// - Parameters:
  ///   - columns: the comparisons.
  ///   - isWithin: both sides are one; no record is paired with itself.
  ///   - seed: of the draws.
  ///   - workers: how many threads may compare.
  init(_ columns: [ComparedColumn], isWithin: Bool, seed: UInt64, workers: Int) {
    var shares: [[Double]] = []
    var pairCounts: [Double] = []
    for (number, column) in columns.enumerated() {
      let dice = Self.diceShares(
        column,
        isWithin: isWithin,
        seed: seed &+ UInt64(number),
        workers: workers
      )
      var levels: [Double] = []
      var exact = 0.0
      var part = 0
      for (level, kind) in column.levels.enumerated() {
        switch kind {
        case .exact:
          exact = Self.equalShare(column.codes, isWithin: isWithin)
          levels.append(exact)
        case .dice: levels.append(dice.levels[level])
        case .part:
          let all = Self.equalShare(column.parts[part], isWithin: isWithin)
          // Equal values share their parts, and alike ones may.
          let stronger = exact + dice.sharedParts[part] + (part > 0 ? levels[level - 1] : 0)
          levels.append(max(0, all - stronger))
          part += 1
        }
      }
      levels.append(max(0, 1 - levels.reduce(0, +)))
      shares.append(levels)
      pairCounts.append(Self.pairCount(column.codes, isWithin: isWithin))
    }
    self.shares = shares
    self.pairCounts = pairCounts
  }

  /// The share of pairs with equal values, among those that have both.
  static func equalShare(_ column: CodedColumn, isWithin: Bool) -> Double {
    var equal = 0.0
    for code in column.leftCounts.indices {
      let left = Double(column.leftCounts[code])
      equal += left * (isWithin ? left - 1 : Double(column.rightCounts[code]))
    }
    return equal / max(1, pairCount(column, isWithin: isWithin))
  }

  /// Ordered pairs that have both values.
  private static func pairCount(_ column: CodedColumn, isWithin: Bool) -> Double {
    let left = Double(column.leftPresent)
    return left * (isWithin ? max(0, left - 1) : Double(column.rightPresent))
  }

  /// What draws of left values said: shares of the right records, summed over draws.
  private struct Sample: Sendable {
    /// By level, of records that are at it; 0 for levels that are no Dice.
    var levels: [Double]
    var squares: [Double]
    /// By part, of records at a Dice level that share it.
    var sharedParts: [Double]
    var count = 0

    init(_ column: ComparedColumn) {
      levels = Array(repeating: 0, count: column.levels.count)
      squares = levels
      sharedParts = Array(repeating: 0, count: column.parts.count)
    }

    mutating func add(_ other: Sample) {
      for level in levels.indices {
        levels[level] += other.levels[level]
        squares[level] += other.squares[level]
      }
      for part in sharedParts.indices { sharedParts[part] += other.sharedParts[part] }
      count += other.count
    }

    /// Whether every Dice level is known to a tenth of itself.
    func isSettled(_ column: ComparedColumn) -> Bool {
      column.levels.indices.allSatisfy { level in
        guard case .dice = column.levels[level] else { return true }
        let mean = levels[level] / Double(count)
        let variance = max(0, squares[level] / Double(count) - mean * mean)
        return mean > 0 && (variance / Double(count)).squareRoot() < 0.1 * mean
      }
    }
  }

  private static func diceShares(
    _ column: ComparedColumn,
    isWithin: Bool,
    seed: UInt64,
    workers: Int
  ) -> (levels: [Double], sharedParts: [Double]) {
    var total = Sample(column)
    let drawn = column.codes.left.indices.filter { column.codes.left[$0] >= 0 }
    let valueCount = column.codes.rightCounts.count { $0 > 0 }
    guard let filters = column.filters, !drawn.isEmpty, valueCount > 0 else {
      return (total.levels, total.sharedParts)
    }
    let values = RightValues(column, filters, isWithin: isWithin)
    var random = SplitMix64(seed: seed)
    var next = firstDraw
    while true {
      let draws = (0..<next).map { _ in drawn[Int(random.next() % UInt64(drawn.count))] }
      let distinct = distinctValues(of: draws, column.codes)
      let samples = concurrentChunks((distinct.count + 31) / 32, workers: workers) { chunk in
        var sample = Sample(column)
        for value in distinct[32 * chunk..<min(32 * chunk + 32, distinct.count)] {
          compare(value, column, filters, values, &sample)
        }
        return sample
      }
      for sample in samples { total.add(sample) }
      if total.isSettled(column) || 2 * total.count * valueCount > diceLimit { break }
      next = total.count
    }
    let count = Double(total.count)
    return (total.levels.map { $0 / count }, total.sharedParts.map { $0 / count })
  }

  /// Draws by their value, for what many have is drawn often: a record that has it, and how often.
  private static func distinctValues(
    of draws: [Int],
    _ codes: CodedColumn
  ) -> [(record: Int, count: Int)] {
    var places: [Int32: Int] = [:]
    var values: [(record: Int, count: Int)] = []
    for record in draws {
      if let place = places[codes.left[record]] {
        values[place].count += 1
      } else {
        places[codes.left[record]] = values.count
        values.append((record, 1))
      }
    }
    return values
  }

  /// Compares the value of a left record, as often as it was drawn, with all right values but itself.
  private static func compare(
    _ drawn: (record: Int, count: Int),
    _ column: ComparedColumn,
    _ filters: ComparedFilters,
    _ values: RightValues,
    _ sample: inout Sample
  ) {
    sample.count += drawn.count
    let number = Int(filters.leftNumbers[drawn.record])
    // Nobody is like what has no filter.
    if number < 0 { return }
    let code = column.codes.left[drawn.record]
    var counts = [Int](repeating: 0, count: column.levels.count)
    var shared = [Int](repeating: 0, count: values.parts.count)
    filters.left.forEachAlike(number, in: filters.right, atLeast: column.leastHundredths) {
      number,
      dice in
      let other = values.codes[number]
      let level = column.diceLevel(dice)
      if other == code || other < 0 || level < 0 { return }
      counts[level] += values.counts[number]
      for part in values.parts.indices {
        let value = values.parts[part][Int(code)]
        if value >= 0, value == values.parts[part][Int(other)] {
          shared[part] += values.counts[number]
        }
      }
    }
    for level in counts.indices {
      let share = Double(counts[level]) / values.recordCount
      sample.levels[level] += share * Double(drawn.count)
      sample.squares[level] += share * share * Double(drawn.count)
    }
    for part in shared.indices {
      sample.sharedParts[part] += Double(shared[part] * drawn.count) / values.recordCount
    }
  }
}
