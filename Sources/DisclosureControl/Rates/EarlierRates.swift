/// What earlier releases showed of standardised rates, as it bears on tonight's numbers.
///
/// If a number of tonight is another, it was another by as much in earlier releases too, so that what
/// changed since is as it is: then their rates must be read as they are as well. Where it is the change
/// that is another, and of a stratum in which nobody was then, they stay as they were; who knows that
/// nobody left, or nobody came, must find it so.
struct EarlierRates: Sendable {
  private(set) var rates: [EarlierRate] = []
  /// By number of a stratum: the least that it was.
  private var least: [Int32: Int64] = [:]
  /// Numbers of strata of cells in which nothing changed, as anyone can see.
  private var same: Set<Int32> = []
  /// How numbers changed.
  private var changes: Set<Int32> = []
  /// By number of a stratum: how much less, and how much more, it may be where persons went one way
  /// only.
  private var ranges: [Int32: ClosedRange<Int64>] = [:]

  init() {}

  var isEmpty: Bool { least.isEmpty }

  /// Numbers of strata that are known of earlier releases, ascending.
  var numbers: [Int32] { least.keys.sorted() }

  mutating func add(_ rate: EarlierRate) { rates.append(rate) }

  /// Says what a number was.
  mutating func add(_ number: Int32, before value: Int64) {
    least[number] = min(least[number] ?? value, value)
  }

  /// Says that a cell's strata are as they were.
  mutating func add(same numbers: [Int32]) { same.formUnion(numbers) }

  /// Says which numbers are of how others changed.
  mutating func add(changes numbers: some Sequence<Int32>) { changes.formUnion(numbers) }

  /// Says how much less and how much more a number may be than it is.
  mutating func add(_ number: Int32, within range: ClosedRange<Int64>) {
    ranges[number] = ranges[number]?.clamped(to: range) ?? range
  }

  /// Whether other numbers are of tonight alone.
  func isOfLater(_ witness: Witness) -> Bool {
    witness.cells.contains(where: isOfLater)
  }

  /// Whether a number is of how others changed.
  func isChange(_ number: Int32) -> Bool { changes.contains(number) }

  /// Whether a number that is another can only be so of tonight alone.
  func isOfLater(_ number: Int32) -> Bool { least[number] == 0 || changes.contains(number) }

  /// How much less and how much more a number may be.
  ///
  /// - Parameters:
  ///   - number: of tonight.
  ///   - isOfLater: whether other numbers are of tonight alone.
  /// - Returns: nil where it may be any.
  func limits(of number: Int32, isOfLater: Bool) -> ClosedRange<Int64>? {
    if isOfLater { return same.contains(number) ? 0...0 : ranges[number] }
    if self.isOfLater(number) { return 0...0 }
    return least[number].map { -$0...Int64.max }
  }

  /// Whether the numbers of earlier releases can have been such that these would be tonight's.
  func allow(_ witness: Witness) -> Bool {
    if least.isEmpty { return true }
    if isOfLater(witness) {
      return !witness.cells.contains(where: same.contains)
        && zip(witness.cells, witness.changes).allSatisfy { ranges[$0]?.contains($1) ?? true }
    }
    return zip(witness.cells, witness.changes).allSatisfy { number, change in
      least[number].map { $0 + change >= 0 } ?? true
    }
  }
}

/// A standardised rate that an earlier release showed, as one of tonight's numbers.
struct EarlierRate: Sendable {
  let rate: StratifiedRate
  /// One a member: what it was then.
  let counts: [Int64]
  let state: RateConstraints.RateState
}
