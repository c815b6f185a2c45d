import Glibc
import Tabular

extension SplitMix64 {
  /// How often a record is drawn when as many are drawn with replacement as there are.
  var poissonOfMeanOne: Int {
    var random = self
    var chance = Double(random.next() >> 11) * 0x1p-53
    var share = exp(-1.0)
    var count = 0
    while chance >= share && count < 12 {
      chance -= share
      count += 1
      share /= Double(count)
    }
    return count
  }

  /// A number of rare events.
  ///
  /// - Parameter mean: at least 0.
  /// - Returns: a whole number, at least 0.
  mutating func poisson(mean: Double) -> Double {
    if mean > 30 {
      // By the normal distribution, to a part in a hundred of its width.
      var sum = 0.0
      for _ in 0..<12 { sum += Double(next() >> 11) * 0x1p-53 }
      return max(0, (mean + mean.squareRoot() * (sum - 6)).rounded())
    }
    var product = Double(next() >> 11) * 0x1p-53
    var count = 0.0
    while product > exp(-mean) {
      count += 1
      product *= Double(next() >> 11) * 0x1p-53
    }
    return count
  }
}
