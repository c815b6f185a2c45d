import PipelineFile
import Tabular

/// Compares records column by column; what all comparisons look at of a record lies side by side.
struct PairComparer: Sendable {
  /// A look at one place of two records.
  ///
  /// Those of a comparison follow each other: at the code, at each part, at the number of the filter.
  private struct Look: Sendable {
    /// The level that holds when both are equal; of filters the first that they may decide.
    let level: Int32
    /// The state when no level holds.
    let none: Int32
    let stride: Int32
    /// Which of the Dice comparisons decides; -1 for codes and parts.
    let dice: Int32
    let isFirst: Bool
    let isLast: Bool
  }

  /// A pair whose filters decide the state of a comparison.
  private struct Undecided {
    let pair: Int32
    /// When the filters are not alike.
    let state: Int32
    let look: Int32
    /// Numbers of the filters.
    let left: Int32
    let right: Int32
  }

  let space: PatternSpace
  private let looks: [Look]
  private let dices: [DiceComparison]
  /// By comparison, which look is at its code.
  private let codeLooks: [Int]
  /// What is looked at, record after record.
  private let left: [Int32]
  private let right: [Int32]

  init(_ columns: [ComparedColumn]) {
    space = PatternSpace(columns)
    var (looks, dices, codeLooks): ([Look], [DiceComparison], [Int]) = ([], [], [])
    var (lefts, rights): ([[Int32]], [[Int32]]) = ([], [])
    for (place, column) in columns.enumerated() {
      let none = Int32(truncatingIfNeeded: column.levels.count)
      let stride = Int32(truncatingIfNeeded: space.strides[place])
      let dice = DiceComparison(column)
      codeLooks.append(looks.count)
      var levels = [column.exactState.map { Int32(truncatingIfNeeded: $0) } ?? none]
      levels += column.partStates.map { Int32(truncatingIfNeeded: $0) }
      for (number, values) in ([column.codes] + column.parts).enumerated() {
        looks.append(
          Look(
            level: levels[number],
            none: none,
            stride: stride,
            dice: -1,
            isFirst: number == 0,
            isLast: dice == nil && number == column.parts.count
          )
        )
        lefts.append(values.left)
        rights.append(values.right)
      }
      guard let dice, let filters = column.filters else { continue }
      looks.append(
        Look(
          level: dice.levels[0].number,
          none: none,
          stride: stride,
          dice: Int32(truncatingIfNeeded: dices.count),
          isFirst: false,
          isLast: true
        )
      )
      lefts.append(filters.leftNumbers)
      rights.append(filters.rightNumbers)
      dices.append(dice)
    }
    self.looks = looks
    self.dices = dices
    self.codeLooks = codeLooks
    left = Self.recordMajor(lefts)
    right = Self.recordMajor(rights)
  }

  /// The code of a right record's value in one comparison; `missingCode` without a value.
  func rightCode(_ record: Int, _ comparison: Int) -> Int {
    Int(right[record * looks.count + codeLooks[comparison]])
  }

  /// Finds the patterns of a batch of pairs: of each comparison the first level that holds, or that
  /// none does, or that too little is known.
  func compare(_ batch: inout PairBatch) {
    let (patterns, undecided) = compareCodes(batch)
    batch.patterns = patterns
    for (number, dice) in dices.enumerated() {
      // As with records, all filters are called before any is looked at.
      for entry in undecided where looks[Int(entry.look)].dice == number {
        batch.called |= dice.call(Int(entry.left), Int(entry.right))
      }
      for entry in undecided where looks[Int(entry.look)].dice == number {
        let level = dice.level(Int(entry.left), Int(entry.right), none: entry.state)
        if level < entry.state {
          batch.patterns[Int(entry.pair)] -=
            (entry.state - level) * looks[Int(entry.look)].stride
        }
      }
    }
  }

  /// The pattern of one pair.
  func pattern(_ left: Int, _ right: Int) -> Int { Int(patterns([(left, right)])[0]) }

  /// The pattern of each pair.
  func patterns(_ pairs: [(left: Int, right: Int)]) -> [Int32] {
    var batch = PairBatch()
    for (left, right) in pairs {
      batch.append(CollectionOfOne(Int32(truncatingIfNeeded: left)), ofRight: right)
    }
    compare(&batch)
    return batch.patterns
  }

  /// Finds the patterns as far as codes and parts tell.
  ///
  /// - Returns: a pattern a pair, and the pairs that filters may bring to a better state.
  private func compareCodes(_ batch: PairBatch) -> (patterns: [Int32], undecided: [Undecided]) {
    var undecided: [Undecided] = []
    undecided.reserveCapacity(batch.count * dices.count)
    var patterns: [Int32] = []
    patterns.reserveCapacity(batch.count)
    let (lefts, rights, looks) = (batch.lefts.span, batch.rights.span, looks.span)
    let (owns, others) = (left.span, right.span)
    let width = looks.count
    // Records lie all over memory: all are called before any is looked at, or each would be waited
    // for alone. No code is the least number, which the compiler does not know.
    var called: Int32 = 0
    for pair in lefts.indices {
      // It may lie in two lines of the cache.
      let first = Int(lefts[pair]) * width
      called |= owns[first] | owns[first + width - 1]
    }
    if called == .min { return ([], []) }
    for pair in lefts.indices {
      let (first, second) = (Int(lefts[pair]) * width, Int(rights[pair]) * width)
      let own = owns.extracting(first..<first + width)
      let other = others.extracting(second..<second + width)
      var (pattern, state, code, missing): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
      for number in looks.indices {
        let look = looks[number]
        // Missing values are negative, and so is what is or-ed with one.
        let both = own[number] | other[number]
        if look.isFirst { (state, code, missing) = (look.none, both, 0) }
        missing |= both
        if look.dice < 0 {
          let isEqual = both >= 0 && own[number] == other[number]
          state = isEqual ? min(state, look.level) : state
        }
        guard look.isLast else { continue }
        let isOpen = look.dice >= 0 && state > look.level && code | both >= 0
        state = state == look.none && missing < 0 ? state + 1 : state
        pattern += state * look.stride
        if isOpen {
          undecided.append(
            Undecided(
              pair: Int32(truncatingIfNeeded: pair),
              state: state,
              look: Int32(truncatingIfNeeded: number),
              left: own[number],
              right: other[number]
            )
          )
        }
      }
      patterns.append(pattern)
    }
    return (patterns, undecided)
  }

  private static func recordMajor(_ columns: [[Int32]]) -> [Int32] {
    let count = columns.first?.count ?? 0
    var values = [Int32](repeating: missingCode, count: count * columns.count)
    for (slot, column) in columns.enumerated() {
      var place = slot
      for record in 0..<count {
        values[place] = column[record]
        place += columns.count
      }
    }
    return values
  }
}
