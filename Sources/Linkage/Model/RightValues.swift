import PipelineFile
import Tabular

/// The distinct values of the right side that have a filter, filter after filter.
struct RightValues: Sendable {
  /// The code of each.
  let codes: [Int32]
  /// By part and code, the part that a value has.
  let parts: [[Int32]]
  /// Right records that a left one is paired with.
  let recordCount: Double
  /// The lowest Dice level.
  let leastHundredths: Int32
  private let all: FilterBank
  private let bank: FilterBank

  init(_ column: ComparedColumn, _ filters: CodedFilters, isWithin: Bool) {
    var codes: [Int32] = []
    var bank = FilterBank()
    for code in column.codes.rightCounts.indices where column.codes.rightCounts[code] > 0 {
      let number = Int(filters.numbers[code])
      if number < 0 { continue }
      codes.append(Int32(code))
      let start = number * FieldFilters.wordCount
      bank.append(filters.bank.words[start..<start + FieldFilters.wordCount])
    }
    self.codes = codes
    self.bank = bank
    all = filters.bank
    parts = column.partsByCode
    recordCount = Double(max(1, column.codes.rightPresent - (isWithin ? 1 : 0)))
    leastHundredths =
      column.levels.reduce(100) { least, level in
        if case .dice(let hundredths) = level {
          min(least, Int32(clamping: hundredths))
        } else {
          least
        }
      }
  }

  /// Visits the values that are at least so much like one filter.
  ///
  /// - Parameters:
  ///   - number: of the filter; nobody is like what has none.
  ///   - hundredths: of the Dice coefficient.
  ///   - visit: gets the place in `codes`.
  func forEachAlike(
    _ number: Int32,
    _ hundredths: Int32,
    _ visit: (_ place: Int, _ dice: (twiceShared: Int32, total: Int32)) -> Void
  ) {
    if number < 0 { return }
    let count = FieldFilters.wordCount
    let query = all.words.span.extracting(Int(number) * count..<(Int(number) + 1) * count)
    let own = all.weights[Int(number)]
    let words = bank.words.span
    let weights = bank.weights.span
    for place in 0..<codes.count {
      let filter = words.extracting(
        place * FieldFilters.wordCount..<(place + 1) * FieldFilters.wordCount
      )
      var shared = 0
      for word in 0..<FieldFilters.wordCount {
        shared += (query[word] & filter[word]).nonzeroBitCount
      }
      let twice = Int32(truncatingIfNeeded: 2 * shared)
      let total = own + weights[place]
      if 100 * twice >= hundredths * total { visit(place, (twice, total)) }
    }
  }
}
