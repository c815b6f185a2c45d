import Glibc
import Linkage
@_spi(Pseudonymisation) import Tabular

/// Compares one filter of 1,024 bits with many on one core, as linking does: filters that stay in the
/// cache, and 128 MB of them.
///
/// They are random bits, as in the C loop that this is held against; half the bits of either are set,
/// so that the first half of a filter seldom decides.
struct DiceBenchmark {
  private static let diceCount = 50_000_000
  private static let turnCount = 5

  func run() {
    var rates: [Double] = []
    for filterCount in [1000, 1_000_000] {
      var random = SplitMix64(seed: 1)
      let words = (0..<filterCount * FieldFilters.wordCount).map { _ in random.next() }
      let bank = FilterBank(FieldFilters(vouchingFor: words, numbers: []))
      var least = Double.infinity
      for _ in 0..<Self.turnCount {
        let start = Self.processorTime
        var alike = 0
        for round in 0..<Self.diceCount / filterCount {
          bank.forEachAlike(round * 7919 % filterCount, in: bank, atLeast: 75) { _, _ in alike += 1
          }
        }
        // Each is like itself, and no two others are alike.
        precondition(alike == Self.diceCount / filterCount)
        least = min(least, Self.processorTime - start)
      }
      rates.append((Double(Self.diceCount) / 1e5 / least).rounded() / 10)
    }
    print("million-a-second in the cache \(rates[0]), from 128 MB \(rates[1])")
  }

  /// Seconds that this process has had a processor.
  private static var processorTime: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
