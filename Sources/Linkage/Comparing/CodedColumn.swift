import Tabular

/// A column of both sides as numbers from 0 on: equal numbers are equal values.
struct CodedColumn: Sendable {
  /// One a record; `missingCode` where there is no value.
  let left: [Int32]
  let right: [Int32]
  /// How many distinct values both sides have together.
  let codeCount: Int
  /// How many records have each value.
  let leftCounts: [Int32]
  let rightCounts: [Int32]

  private init(left: [Int32], right: [Int32], codeCount: Int) {
    self.left = left
    self.right = right
    self.codeCount = codeCount
    leftCounts = Self.counts(left, codeCount)
    rightCounts = Self.counts(right, codeCount)
  }

  /// The column of that name on both sides; nil when a side lacks it or holds another kind.
  init?(_ name: String, left: Table, right: Table) {
    guard let pair = KeyColumn.pair(name, left: left, right: right) else { return nil }
    var book = CodeBook(expected: pair.left.distinctLimit + pair.right.distinctLimit)
    let leftCodes = Self.codes(of: pair.left, &book)
    let rightCodes = Self.codes(of: pair.right, &book)
    self.init(left: leftCodes, right: rightCodes, codeCount: book.count)
  }

  /// Several columns taken together; missing where any of them is.
  ///
  /// - Parameters:
  ///   - columns: at least one; all have equally many records.
  ///   - isForPairs: a left record is missing too where no right one is equal to it: it makes no pair,
  ///     and there are far fewer values to number.
  init(joining columns: [CodedColumn], isForPairs: Bool = false) {
    self = columns.dropFirst().reduce(columns[0]) { $0.joined(with: $1, isForPairs) }
  }

  /// Records that have a value.
  var leftPresent: Int { leftCounts.reduce(0) { $0 + Int($1) } }
  var rightPresent: Int { rightCounts.reduce(0) { $0 + Int($1) } }

  private static func codes(of column: KeyColumn, _ book: inout CodeBook) -> [Int32] {
    switch column {
    case .tokens(let values):
      let numbers = values.values.map { book.code(of: $0) }
      return values.codes.map { $0 < 0 ? missingCode : numbers[Int($0)] }
    case .integers(let values):
      return values.map {
        $0 == missingInteger
          ? missingCode : book.code(of: Token(high: 0, low: UInt64(bitPattern: $0)))
      }
    case .codes(let values):
      return values.map {
        $0 == missingCode
          ? missingCode : book.code(of: Token(high: 0, low: UInt64(UInt32(bitPattern: $0))))
      }
    }
  }

  /// Both columns taken together; without a hash table, for their codes are dense.
  private func joined(with other: CodedColumn, _ isForPairs: Bool) -> CodedColumn {
    // Of each value of the other column: the value of this one that it was last met with, and the
    // code of the two.
    var companions = [Int32](repeating: missingCode, count: other.codeCount)
    var numbers = companions
    var count: Int32 = 0
    var joined = (
      left: [Int32](repeating: missingCode, count: left.count),
      right: [Int32](repeating: missingCode, count: right.count)
    )
    func number(
      _ groups: RecordGroups,
      _ code: Int,
      _ others: [Int32],
      _ codes: inout [Int32],
      addsNew: Bool
    ) {
      for place in groups.members(of: code) {
        let record = Int(groups.members[place])
        let value = Int(others[record])
        if value < 0 { continue }
        if companions[value] != code {
          if !addsNew { continue }
          companions[value] = Int32(truncatingIfNeeded: code)
          numbers[value] = count
          count += 1
        }
        codes[record] = numbers[value]
      }
    }
    let lefts = RecordGroups(left, counts: leftCounts)
    let rights = RecordGroups(right, counts: rightCounts)
    for code in 0..<codeCount {
      number(rights, code, other.right, &joined.right, addsNew: true)
      number(lefts, code, other.left, &joined.left, addsNew: !isForPairs)
    }
    return CodedColumn(left: joined.left, right: joined.right, codeCount: Int(count))
  }

  private static func counts(_ codes: [Int32], _ codeCount: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: codeCount)
    for record in codes.indices where codes[record] >= 0 { counts[Int(codes[record])] += 1 }
    return counts
  }
}

extension KeyColumn {
  /// How many distinct values room is made for at first.
  fileprivate var distinctLimit: Int {
    if case .tokens(let values) = self { values.values.count } else { 1024 }
  }
}
