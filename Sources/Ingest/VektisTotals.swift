/// What a claim holds so far, for its closing record: all records, whatever becomes of their rows.
struct VektisTotals {
  /// For each record type; 0 counts all but 01 and 99.
  private var counts = [Int](repeating: 0, count: 100)
  private var cents: Int64 = 0
  private var lastDetail = 0

  /// Counts a record between 01 and 99.
  ///
  /// - Returns: what is wrong with its number.
  mutating func count(_ record: Int, _ text: Span<UInt8>) -> RecordFault? {
    // A comment repeats the number of the record that it explains.
    let expected = record == 98 ? lastDetail : lastDetail + 1
    let found = eiNumber(VektisLayout.detailId, of: text).map { Int($0) }
    guard found == expected else { return .detailNumber(found: found, expected: expected) }
    lastDetail = expected
    counts[record] += 1
    counts[0] += 1
    return nil
  }

  /// Adds a declared amount.
  ///
  /// Eight digits each: 2³⁶ records would be needed to overflow.
  mutating func add(_ cents: Int64) { self.cents += cents }

  /// The first count or the total in which the closing record disagrees.
  func disagreement(with text: Span<UInt8>, _ layout: VektisLayout) -> RecordFault? {
    if let fault = disagreement(with: text, layout.counts) { return fault }
    guard let total = eiAmount(layout.total, of: text) else { return .total(difference: nil) }
    return total == cents ? nil : .total(difference: cents - total)
  }

  /// The first count in which the closing record disagrees.
  func disagreement(with text: Span<UInt8>, _ all: [VektisLayout.Count]) -> RecordFault? {
    for count in all {
      let expected = eiNumber(count.bytes, of: text).map { Int($0) }
      guard counts[count.record] == expected else {
        return .count(record: count.record, found: counts[count.record], expected: expected)
      }
    }
    return nil
  }
}
