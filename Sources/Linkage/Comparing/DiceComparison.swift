import PipelineFile

/// The Dice levels of one comparison, with the filters that they look at.
struct DiceComparison: Sendable {
  let left: FilterBank
  let right: FilterBank
  /// Numbers of levels and their coefficients, in the order written; at least one.
  let levels: [(number: Int32, hundredths: Int32)]
  private let leastHundredths: Int32

  /// Nil without filters.
  init?(_ column: ComparedColumn) {
    guard let filters = column.filters else { return nil }
    left = filters.left
    right = filters.right
    levels = column.levels.enumerated().compactMap { number, level in
      guard case .dice(let hundredths) = level else { return nil }
      return (Int32(truncatingIfNeeded: number), Int32(clamping: hundredths))
    }
    leastHundredths = column.leastHundredths
  }

  /// Bits of two filters; reading them brings them to the cache.
  @inline(__always)
  func call(_ number: Int, _ otherNumber: Int) -> UInt64 {
    left.firstWord(number) | right.firstWord(otherNumber)
  }

  /// The first level that two filters reach, or `none`.
  @inline(__always)
  func level(_ number: Int, _ otherNumber: Int, none: Int32) -> Int32 {
    guard let dice = left.dice(number, right, otherNumber, atLeast: leastHundredths)
    else { return none }
    for level in levels where 100 * dice.twiceShared >= level.hundredths * dice.total {
      return level.number
    }
    return none
  }
}
