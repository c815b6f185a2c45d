/// The false discovery rate at which each p-value is just significant (Benjamini & Hochberg, 1995).
///
/// - Parameter p: in any order; one that is missing was not tested, and counts not.
/// - Returns: q, in the same order: the least of p·m/k over this and all greater p-values, m of them
///   in all, k their rank. Equal p-values have equal q.
package func benjaminiHochberg(_ p: [Double?]) -> [Double?] {
  let tested = p.indices.compactMap { index in p[index].map { (index: index, p: $0) } }
  var q = [Double?](repeating: nil, count: p.count)
  var least = 1.0
  for (rank, test) in tested.sorted(by: { $0.p < $1.p }).enumerated().reversed() {
    least = min(least, test.p * Double(tested.count) / Double(rank + 1))
    q[test.index] = least
  }
  return q
}
