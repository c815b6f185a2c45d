import Tabular

/// One blocking rule: which records of both sides agree on its columns.
struct BlockIndex: Sendable {
  let columns: [String]
  /// The block of each record, or `missingCode`.
  let left: [Int32]
  let right: [Int32]
  /// Where the left records of a block begin in `members`; one more than there are blocks.
  private let starts: [Int32]
  private let members: [Int32]
  /// Pairs that agree on the columns; within one side each pair once.
  let pairCount: Int
  /// The records of the block that makes most pairs.
  let largest: (left: Int, right: Int)
  /// Right records that no left record agrees with.
  let lonelyCount: Int

  /// - Parameters:
  ///   - columns: the columns of the rule.
  ///   - codes: of those columns taken together.
  ///   - isActiveLeft: which left records may be paired; nil for all.
  ///   - isActiveRight: which right ones; nil for all.
  ///   - isWithin: both sides are one, and each pair counts once.
  init(
    columns: [String],
    _ codes: CodedColumn,
    isActiveLeft: [Bool]?,
    isActiveRight: [Bool]?,
    isWithin: Bool
  ) {
    self.columns = columns
    let left = Self.masked(codes.left, isActiveLeft)
    let right = Self.masked(codes.right, isActiveRight)
    var rightCounts = [Int32](repeating: 0, count: codes.codeCount)
    for block in right where block >= 0 { rightCounts[Int(block)] += 1 }
    var starts = [Int32](repeating: 0, count: codes.codeCount + 1)
    for block in left where block >= 0 && rightCounts[Int(block)] > 0 {
      starts[Int(block) + 1] += 1
    }
    var pairCount = 0
    var largest = (left: 0, right: 0)
    for block in rightCounts.indices {
      let leftCount = Int(starts[block + 1])
      let rightCount = Int(rightCounts[block])
      pairCount += isWithin ? leftCount * (leftCount - 1) / 2 : leftCount * rightCount
      if leftCount * rightCount > largest.left * largest.right {
        largest = (leftCount, rightCount)
      }
      starts[block + 1] += starts[block]
    }
    var next = starts
    var members = [Int32](repeating: 0, count: Int(starts[codes.codeCount]))
    for record in left.indices {
      let block = left[record]
      guard block >= 0, rightCounts[Int(block)] > 0 else { continue }
      members[Int(next[Int(block)])] = Int32(record)
      next[Int(block)] += 1
    }
    let active = isActiveRight
    lonelyCount = right.indices.reduce(0) { count, record in
      if active.map({ !$0[record] }) ?? false { return count }
      let block = Int(right[record])
      let fellows = block < 0 ? 0 : Int(starts[block + 1] - starts[block]) - (isWithin ? 1 : 0)
      return fellows > 0 ? count : count + 1
    }
    self.left = left
    self.right = right
    self.starts = starts
    self.members = members
    self.pairCount = pairCount
    self.largest = largest
  }

  /// Left records that some right record agrees with.
  var pairedLeftCount: Int { members.count }
  var pairedLefts: [Int32] { members }

  /// The left records that agree with a right one, ascending.
  func fellows(ofRight record: Int) -> ArraySlice<Int32> {
    let block = Int(right[record])
    if block < 0 { return [] }
    return members[Int(starts[block])..<Int(starts[block + 1])]
  }

  /// Whether a pair agrees on the columns of the rule.
  func holds(_ left: Int, _ right: Int) -> Bool {
    let block = self.right[right]
    return block >= 0 && self.left[left] == block
  }

  private static func masked(_ codes: [Int32], _ isActive: [Bool]?) -> [Int32] {
    guard let isActive, isActive.contains(false) else { return codes }
    var masked = codes
    for record in masked.indices where !isActive[record] { masked[record] = missingCode }
    return masked
  }
}
