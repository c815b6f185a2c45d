import Cryptography

/// The tree of RFC 6962, section 2.1, word for word: slow, and all in memory.
struct PlainTree {
  let leaves: [[UInt8]]

  /// MTH(D[range]).
  func root(_ range: Range<Int>) throws -> [UInt8] {
    if range.isEmpty { return try sha256(of: []) }
    if range.count == 1 { return try sha256(of: [0x00] + leaves[range.lowerBound]) }
    let middle = range.lowerBound + half(range.count)
    return try sha256(
      of: [0x01] + root(range.lowerBound..<middle) + root(middle..<range.upperBound)
    )
  }

  /// PROOF(m, D[0..<n]).
  func proof(_ old: Int, _ new: Int) throws -> [[UInt8]] { try subproof(old, 0..<new, true) }

  private func subproof(_ old: Int, _ range: Range<Int>, _ isKnown: Bool) throws -> [[UInt8]] {
    if old == range.count { return isKnown ? [] : [try root(range)] }
    let half = half(range.count)
    let middle = range.lowerBound + half
    if old <= half {
      return try subproof(old, range.lowerBound..<middle, isKnown)
        + [root(middle..<range.upperBound)]
    }
    return try subproof(old - half, middle..<range.upperBound, false)
      + [root(range.lowerBound..<middle)]
  }

  /// The largest power of two below a count.
  private func half(_ count: Int) -> Int {
    var half = 1
    while half * 2 < count { half *= 2 }
    return half
  }
}
