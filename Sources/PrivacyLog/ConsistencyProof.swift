package import Cryptography

/// The hashes that prove that a smaller tree is the beginning of a larger one (RFC 6962, 2.1.2).
package enum ConsistencyProof {
  /// No proof between sizes that fit a number is longer.
  package static let longest = 63

  /// Whether hashes prove that the tree of the old root is the beginning of that of the new one.
  ///
  /// RFC 9162, 2.1.4.2; two sizes that are the same need equal roots and no hash, and nothing is
  /// proved of an empty tree.
  ///
  /// - Throws: `library`.
  package static func holds(
    _ hashes: [TreeDigest],
    from old: (size: Int, root: TreeDigest),
    to new: (size: Int, root: TreeDigest)
  ) throws(CryptographyError) -> Bool {
    guard 0 <= old.size, old.size <= new.size else { return false }
    var hash = try TreeHash()
    if old.size == 0 {
      let empty = try hash.empty()
      return hashes.isEmpty && old.root == empty && (new.size > 0 || new.root == empty)
    }
    if old.size == new.size { return hashes.isEmpty && old.root == new.root }
    var path = hashes[...]
    var (left, last) = (old.size - 1, new.size - 1)
    while left & 1 == 1 {
      left >>= 1
      last >>= 1
    }
    // A whole old tree is a subtree of the new one: its root need not be told.
    guard let first = old.size.nonzeroBitCount == 1 ? old.root : path.popFirst() else {
      return false
    }
    var (oldRoot, newRoot) = (first, first)
    for node in path {
      guard last > 0 else { return false }
      if left & 1 == 1 || left == last {
        oldRoot = try hash.node(node, oldRoot)
        newRoot = try hash.node(node, newRoot)
        while left & 1 == 0 && left > 0 {
          left >>= 1
          last >>= 1
        }
      } else {
        newRoot = try hash.node(newRoot, node)
      }
      left >>= 1
      last >>= 1
    }
    return last == 0 && oldRoot == old.root && newRoot == new.root
  }

  /// The leaves of each subtree whose root stands in the proof, in the order of the proof.
  static func subtrees(from old: Int, to new: Int) -> [Range<Int>] {
    guard 0 < old, old < new else { return [] }
    var (start, end, oldCount) = (0, new, old)
    var ranges: [Range<Int>] = []
    // From the top of the tree to where the old one ends; the proof tells the bottom first.
    while oldCount < end - start {
      let half = 1 << (Int.bitWidth - 1 - (end - start - 1).leadingZeroBitCount)
      if oldCount <= half {
        ranges.append(start + half..<end)
        end = start + half
      } else {
        ranges.append(start..<start + half)
        start += half
        oldCount -= half
      }
    }
    // The old tree itself is known to who asks.
    if start > 0 { ranges.append(start..<end) }
    return ranges.reversed()
  }
}
