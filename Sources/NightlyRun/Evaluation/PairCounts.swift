/// How many pairs are true, how many were found, and how many both.
struct PairCounts: Equatable {
  var truth = 0
  var found = 0
  var right = 0

  /// The share of found pairs that are right; nil without any.
  var precision: Double? { found == 0 ? nil : Double(right) / Double(found) }
  /// The share of true pairs that were found; nil without any.
  var recall: Double? { truth == 0 ? nil : Double(right) / Double(truth) }
  /// The harmonic mean of both; nil where neither is known.
  var f1: Double? { truth + found == 0 ? nil : 2 * Double(right) / Double(truth + found) }

  static func += (left: inout PairCounts, right: PairCounts) {
    left.truth += right.truth
    left.found += right.found
    left.right += right.right
  }

  /// Within what a share lies that was seen so often, with 95 % (Wilson, 1927); nil without any.
  static func interval(_ count: Int, of total: Int) -> ClosedRange<Double>? {
    guard total > 0 else { return nil }
    let (share, n, z) = (Double(count) / Double(total), Double(total), 1.959964)
    let middle = share + z * z / (2 * n)
    let width = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return max(0, (middle - width) / scale)...min(1, (middle + width) / scale)
  }
}
