import Tabular

/// The values of the right side that have a filter, by the number of it.
struct RightValues: Sendable {
  /// The code of each; `missingCode` of a filter that no record has.
  let codes: [Int32]
  /// How many records have each.
  let counts: [Int]
  /// By part and code, the part that a value has.
  let parts: [[Int32]]
  /// Right records that a left one is paired with.
  let recordCount: Double

  init(_ column: ComparedColumn, _ filters: ComparedFilters, isWithin: Bool) {
    var codes = [Int32](repeating: missingCode, count: filters.right.count)
    var counts = [Int](repeating: 0, count: filters.right.count)
    for record in filters.rightNumbers.indices {
      let number = Int(filters.rightNumbers[record])
      guard number >= 0, column.codes.right[record] >= 0 else { continue }
      codes[number] = column.codes.right[record]
      counts[number] += 1
    }
    self.codes = codes
    self.counts = counts
    parts = column.partsByCode
    recordCount = Double(max(1, column.codes.rightPresent - (isWithin ? 1 : 0)))
  }
}
