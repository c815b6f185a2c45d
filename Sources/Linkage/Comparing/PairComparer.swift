import PipelineFile
import Tabular

/// Compares records column by column; what all comparisons look at of a record lies side by side.
struct PairComparer: Sendable {
  /// One test of one comparison, in the order of the levels.
  private struct Test: Sendable {
    enum Kind: Sendable { case exact, dice, part }
    let kind: Kind
    /// Where in a record the code or the part stands.
    let slot: Int
    /// Of a Dice level.
    let hundredths: Int32
    /// Where the numbers of the column's filters begin.
    let filterBase: Int
  }

  /// The tests of one comparison.
  private struct Comparison: Sendable {
    let tests: [Test]
    /// Where the code stands.
    let slot: Int
    let stride: Int
  }

  let space: PatternSpace
  private let comparisons: [Comparison]
  /// Codes and parts a record.
  private let width: Int
  private let left: [Int32]
  private let right: [Int32]
  /// By comparison and code: the number of the value's filter, or -1.
  private let filterNumbers: [Int32]
  private let filters: FilterBank

  init(_ columns: [ComparedColumn]) {
    space = PatternSpace(columns)
    var comparisons: [Comparison] = []
    var sides: [CodedColumn] = []
    var numbers: [Int32] = []
    var bank = FilterBank()
    for (place, column) in columns.enumerated() {
      let slot = sides.count
      sides.append(column.codes)
      let base = numbers.count
      if let filters = column.filters { numbers += bank.add(filters) }
      var tests: [Test] = []
      for level in column.levels {
        switch level {
        case .exact: tests.append(Test(kind: .exact, slot: slot, hundredths: 0, filterBase: 0))
        case .dice(let hundredths):
          tests.append(
            Test(
              kind: .dice,
              slot: slot,
              hundredths: Int32(clamping: hundredths),
              filterBase: base
            )
          )
        case .part:
          tests.append(Test(kind: .part, slot: sides.count, hundredths: 0, filterBase: 0))
          sides.append(column.parts[sides.count - slot - 1])
        }
      }
      comparisons.append(Comparison(tests: tests, slot: slot, stride: space.strides[place]))
    }
    self.comparisons = comparisons
    width = sides.count
    left = Self.recordMajor(sides.map(\.left))
    right = Self.recordMajor(sides.map(\.right))
    filterNumbers = numbers
    filters = bank
  }

  /// The code of a left record's value in one comparison; `missingCode` without a value.
  func leftCode(_ record: Int, _ comparison: Int) -> Int {
    Int(left[record * width + comparisons[comparison].slot])
  }

  /// The patterns of a right record with some left ones.
  ///
  /// - Parameters:
  ///   - record: on the right.
  ///   - fellows: on the left.
  ///   - patterns: overwritten; one a fellow.
  func patterns(ofRight record: Int, with fellows: [Int32], into patterns: inout [Int32]) {
    patterns.removeAll(keepingCapacity: true)
    patterns.append(contentsOf: repeatElement(0, count: fellows.count))
    let own = right.span.extracting(record * width..<(record + 1) * width)
    let others = left.span
    for place in comparisons.indices {
      let stride = Int32(truncatingIfNeeded: comparisons[place].stride)
      let tests = comparisons[place].tests
      let slot = comparisons[place].slot
      let code = own[slot]
      for number in fellows.indices {
        let start = Int(fellows[number]) * width
        let other = others[start + slot]
        var isMissing = code < 0 || other < 0
        var state = -1
        var dice: (twiceShared: Int32, total: Int32)?
        var hasDice = false
        for test in tests.indices {
          switch tests[test].kind {
          case .exact: if code >= 0 && code == other { state = test }
          case .dice:
            if !hasDice {
              hasDice = true
              if code >= 0 && other >= 0 {
                dice = filters.dice(
                  filterNumbers[tests[test].filterBase + Int(code)],
                  filterNumbers[tests[test].filterBase + Int(other)]
                )
              }
              if dice == nil { isMissing = true }
            }
            if let dice, 100 * dice.twiceShared >= tests[test].hundredths * dice.total {
              state = test
            }
          case .part:
            let (part, otherPart) = (own[tests[test].slot], others[start + tests[test].slot])
            if part < 0 || otherPart < 0 {
              isMissing = true
            } else if part == otherPart {
              state = test
            }
          }
          if state >= 0 { break }
        }
        if state < 0 { state = isMissing ? tests.count + 1 : tests.count }
        patterns[number] += Int32(truncatingIfNeeded: state) * stride
      }
    }
  }

  /// The pattern of one pair.
  func pattern(_ left: Int, _ right: Int) -> Int {
    var patterns: [Int32] = []
    self.patterns(ofRight: right, with: [Int32(left)], into: &patterns)
    return Int(patterns[0])
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
