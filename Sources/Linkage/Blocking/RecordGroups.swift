import Tabular

/// The records of a side by their value: all records of one value stand together.
struct RecordGroups: Sendable {
  /// Where the records of a value begin in `members`; one more than there are values.
  let starts: [Int32]
  /// Records that have a value; ascending within it.
  let members: [Int32]

  /// - Parameters:
  ///   - codes: one a record; `missingCode` where there is no value.
  ///   - counts: how many records have each value.
  init(_ codes: [Int32], counts: [Int32]) {
    var starts = [Int32](repeating: 0, count: counts.count + 1)
    for code in counts.indices { starts[code + 1] = starts[code] + counts[code] }
    var next = starts
    var members = [Int32](repeating: 0, count: Int(starts[counts.count]))
    for record in codes.indices where codes[record] >= 0 {
      let code = Int(codes[record])
      members[Int(next[code])] = Int32(truncatingIfNeeded: record)
      next[code] += 1
    }
    self.starts = starts
    self.members = members
  }

  var count: Int { starts.count - 1 }

  /// The records of one value.
  func members(of code: Int) -> Range<Int> { Int(starts[code])..<Int(starts[code + 1]) }

  /// How often two of these records agree in a further column too.
  ///
  /// - Parameters:
  ///   - codes: of the further column.
  ///   - codeCount: how many values it has.
  /// - Returns: the share of such pairs among those that have both values.
  func agreement(with codes: [Int32], codeCount: Int) -> Double {
    var counts = [Int32](repeating: 0, count: codeCount)
    var (equal, present) = (0, 0)
    for code in 0..<count {
      for place in members(of: code) {
        let other = Int(codes[Int(members[place])])
        if other < 0 { continue }
        equal += 2 * Int(counts[other])
        present += 1
        counts[other] += 1
      }
      for place in members(of: code) {
        let other = Int(codes[Int(members[place])])
        if other >= 0 { counts[other] = 0 }
      }
    }
    return Double(equal) / max(1, Double(present) * Double(max(0, present - 1)))
  }
}
