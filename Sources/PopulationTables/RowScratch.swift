import Tabular

/// Counts and sums of one identity's rows by their codes; all zero between identities.
struct RowScratch: Sendable {
  var counts: [Int64] = []
  /// Of the first column for all codes, then of the second.
  var sums: [Int64] = []
  /// The codes whose count is not zero.
  var touched: [Int32] = []
  private(set) var codeCount = 0
  private(set) var sumCount = 0

  mutating func fit(codeCount: Int, sumCount: Int) {
    if codeCount == self.codeCount, sumCount == self.sumCount { return }
    self.codeCount = codeCount
    self.sumCount = sumCount
    counts = [Int64](repeating: 0, count: codeCount)
    sums = [Int64](repeating: 0, count: codeCount * sumCount)
    touched = [Int32](repeating: 0, count: codeCount + 1)
  }
}

/// Counts rows by code.
///
/// - Parameters:
///   - codes: one a row.
///   - counts: one a code; those of these codes are zero before.
///   - touched: gets the codes that occur; one longer than `counts`.
/// - Returns: how many codes occur.
func countRows(
  _ codes: Span<Int32>,
  counts: inout [Int64],
  touched: inout [Int32]
) -> Int {
  var counts = counts.mutableSpan
  var touched = touched.mutableSpan
  var touchedCount = 0
  for row in codes.indices {
    let code = Int(codes[row])
    // Written in any case and kept only when new: a branch would often be guessed wrong.
    touched[touchedCount] = codes[row]
    touchedCount &+= counts[code] == 0 ? 1 : 0
    counts[code] &+= 1
  }
  return touchedCount
}

/// Adds a column by code.
///
/// - Parameters:
///   - numbers: one a row; a missing one adds nothing.
///   - codes: one a row.
///   - start: where the sums of the column begin.
///   - sums: of all columns.
/// - Returns: false when a sum does not fit.
func addRows(
  _ numbers: Span<Int64>,
  by codes: Span<Int32>,
  from start: Int,
  to sums: inout [Int64]
) -> Bool {
  var sums = sums.mutableSpan
  var overflowed = false
  for row in codes.indices {
    let number = numbers[row] == missingInteger ? 0 : numbers[row]
    let place = start &+ Int(codes[row])
    let (total, overflow) = sums[place].addingReportingOverflow(number)
    sums[place] = total
    overflowed = overflowed || overflow
  }
  return !overflowed
}
