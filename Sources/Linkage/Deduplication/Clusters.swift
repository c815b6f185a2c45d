/// Records that are one person, as far as they have been joined.
///
/// Members of a cluster form a ring: 12 B a record, whatever the sizes.
struct Clusters {
  /// The cluster of each record: the number of one of its members.
  private(set) var numbers: [Int32]
  private var next: [Int32]
  /// By number of a cluster: how many members it has.
  private var sizes: [Int32]

  init(recordCount: Int) {
    numbers = (0..<Int32(recordCount)).map { $0 }
    next = numbers
    sizes = Array(repeating: 1, count: recordCount)
  }

  func size(ofCluster number: Int) -> Int { Int(sizes[number]) }

  /// Pairs of records that are in one cluster.
  var pairCount: Int {
    numbers.indices.reduce(0) { count, number in
      Int(numbers[number]) == number
        ? count + Int(sizes[number]) * (Int(sizes[number]) - 1) / 2 : count
    }
  }

  /// The members of a cluster, beginning with the one whose number it has.
  func members(ofCluster number: Int) -> [Int32] {
    var members = [Int32(number)]
    while let last = members.last, case let member = next[Int(last)], Int(member) != number {
      members.append(member)
    }
    return members
  }

  /// Makes one cluster of two.
  mutating func join(_ one: Int, _ other: Int) {
    let (kept, gone) = sizes[one] >= sizes[other] ? (one, other) : (other, one)
    for member in members(ofCluster: gone) { numbers[Int(member)] = Int32(kept) }
    sizes[kept] += sizes[gone]
    next.swapAt(kept, gone)
  }
}
