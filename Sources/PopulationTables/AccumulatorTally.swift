import PipelineFile
import Tabular

/// Adds up rows to what they come to for a person: `care.sum(amount) where …`.
struct AccumulatorTally: Sendable {
  let accumulator: Accumulator

  /// What nobody's rows come to: 0 for counts and sums, missing for the least and greatest.
  var empty: Int64 {
    switch accumulator.function {
    case .count, .sum: 0
    case .min, .max: missingInteger
    }
  }

  /// As `care.sum(amount)`, for errors.
  var name: String {
    let column = accumulator.column.map { "(\($0))" } ?? ""
    return "\(accumulator.source).\(accumulator.function.rawValue)\(column)"
  }

  /// One number for each identity of a group.
  func values(of group: LinkedGroup) throws(PopulationTablesError) -> [Int64] {
    let truth = try group.truth(of: accumulator.condition, for: name)
    let counts = group.rowCounts
    var result = [Int64](repeating: empty, count: counts.count)
    guard let column = accumulator.column else {
      if let truth {
        var row = 0
        for identity in counts.indices {
          var count: Int64 = 0
          let end = row + Int(counts[identity])
          while row < end {
            count += truth[row] ? 1 : 0
            row += 1
          }
          result[identity] = count
        }
      } else {
        for identity in counts.indices { result[identity] = Int64(counts[identity]) }
      }
      return result
    }
    let addends =
      accumulator.function == .sum
      ? try group.addends(named: column) : try group.integers(named: column)
    guard let numbers = addends else { throw .noColumn(name: column) }
    var overflowed = false
    var row = 0
    for identity in counts.indices {
      let end = row + Int(counts[identity])
      var total = empty
      while row < end {
        if truth?[row] ?? true {
          total = combined(total, numbers[row], &overflowed)
        }
        row += 1
      }
      result[identity] = total
    }
    if overflowed { throw .overflow(column: name) }
    return result
  }

  /// What two parts of a person's rows come to together.
  @inline(__always)
  func combined(_ left: Int64, _ right: Int64, _ overflowed: inout Bool) -> Int64 {
    if right == missingInteger { return left }
    switch accumulator.function {
    case .count, .sum:
      let (sum, overflow) = left.addingReportingOverflow(right)
      if overflow || sum == missingInteger { overflowed = true }
      return sum
    case .min: return left == missingInteger ? right : Swift.min(left, right)
    case .max: return left == missingInteger ? right : Swift.max(left, right)
    }
  }
}
