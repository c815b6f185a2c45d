import Cryptography

/// A tree that only grows: the roots of its whole subtrees, from the largest to the smallest.
///
/// There is one for each bit of the size that is set, so a tree of a million leaves is twenty
/// hashes. The root of *n* leaves costs *n* hashes in all and no more memory.
struct TreeFrontier: Sendable {
  private(set) var size = 0
  private var roots: [TreeDigest] = []

  /// Adds a leaf.
  mutating func append(
    _ leaf: TreeDigest,
    _ hash: inout TreeHash
  ) throws(CryptographyError) {
    var node = leaf
    // Each set bit at the end of the size is a subtree as large as the one that is now whole.
    var rest = size
    while rest & 1 == 1, let left = roots.popLast() {
      node = try hash.node(left, node)
      rest >>= 1
    }
    roots.append(node)
    size += 1
  }

  /// The root of all leaves so far (RFC 6962, 2.1); that of none is the hash of nothing.
  func root(_ hash: inout TreeHash) throws(CryptographyError) -> TreeDigest {
    guard var node = roots.last else { return try hash.empty() }
    for left in roots.dropLast().reversed() { node = try hash.node(left, node) }
    return node
  }

  /// The root that this tree would have with more leaves.
  func root(
    with leaves: TreeDigest...,
    hash: inout TreeHash
  ) throws(CryptographyError) -> TreeDigest {
    var grown = self
    for leaf in leaves { try grown.append(leaf, &hash) }
    return try grown.root(&hash)
  }
}
