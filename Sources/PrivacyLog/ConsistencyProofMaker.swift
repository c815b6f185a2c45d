import Cryptography

/// Makes a consistency proof while the leaves pass by once, in memory of a few hashes.
struct ConsistencyProofMaker {
  private let oldSize: Int
  private let newSize: Int
  private let subtrees: [Range<Int>]
  /// The subtrees by their first leaf: they do not overlap.
  private let order: [Int]
  private var frontiers: [TreeFrontier]
  private var next = 0
  private(set) var whole = TreeFrontier()

  init(from old: Int, to new: Int) {
    oldSize = old
    newSize = new
    subtrees = ConsistencyProof.subtrees(from: old, to: new)
    let subtrees = subtrees
    order = subtrees.indices.sorted { subtrees[$0].lowerBound < subtrees[$1].lowerBound }
    frontiers = subtrees.map { _ in TreeFrontier() }
  }

  /// Takes the next leaf; those beyond the new size count for nothing.
  mutating func take(_ leaf: TreeDigest, _ hash: inout TreeHash) throws(CryptographyError) {
    let place = whole.size
    guard place < newSize else { return }
    try whole.append(leaf, &hash)
    while next < order.count, subtrees[order[next]].upperBound <= place { next += 1 }
    guard next < order.count, subtrees[order[next]].contains(place) else { return }
    try frontiers[order[next]].append(leaf, &hash)
  }

  /// The hashes; whole only once as many leaves were taken as the new tree has.
  func finish(_ hash: inout TreeHash) throws(CryptographyError) -> [TreeDigest] {
    var hashes: [TreeDigest] = []
    for frontier in frontiers { hashes.append(try frontier.root(&hash)) }
    return hashes
  }
}
