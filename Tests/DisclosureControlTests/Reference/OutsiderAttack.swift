import PipelineFile
import Tabular

@testable import DisclosureControl

/// An attack on published tables by their labels alone: the unknowns are how many persons have each
/// combination of all labels, whether or not somebody has it, and every number that is shown is a row.
///
/// It shares nothing with the equations that suppression works with.
struct OutsiderAttack {
  /// A number of a table: a count, those for whom the condition is true, or those for whom it is not.
  struct Target: Hashable {
    let table: Int
    let cell: Int
    /// Nil for all, else whether the condition holds.
    let condition: Bool?
    /// Whether it is the sum of the amounts.
    var isAmount = false
  }

  let release: RandomRelease
  let published: [ProtectedTable]

  /// The numbers that must not be known, with what is required of them.
  func sensitive(_ policy: Protection) -> [Target: RequiredInterval] {
    var found: [Target: RequiredInterval] = [:]
    for (number, table) in release.tables.enumerated() {
      for cell in 0..<table.cellCount {
        let all = table.persons[cell]
        var counts: [(Bool?, Int64)] = [(nil, all)]
        if let part = table.figures.first(where: { $0.kind == .part })?.values[cell] {
          counts += [(true, part), (false, all - part)]
        }
        // Of nearly all of a cell it must be possible that they are not that many.
        if let limit = policy.group?.limit(of: all), counts.count > 1, counts[1].1 > limit,
          table.figures.contains(where: \.isSensitive)
        {
          found[Target(table: number, cell: cell, condition: true)] =
            RequiredInterval(lower: limit, upper: counts[1].1)
        }
        for (condition, count) in counts where 0 < count && count < policy.minimum {
          let target = Target(table: number, cell: cell, condition: condition)
          let group = found[target]
          found[target] = RequiredInterval(
            lower: min(1, group?.lower ?? 1),
            upper: max(policy.minimum, group?.upper ?? 0)
          )
        }
        if table.figures.contains(where: { $0.kind == .sum }) {
          let target = Target(table: number, cell: cell, condition: nil, isAmount: true)
          found[target] = Self.required(persons(in: target).map { release.amounts[$0] }, policy)
        }
      }
    }
    return found
  }

  /// Who is counted in a target, or has some of its amount.
  func persons(in target: Target) -> [Int] {
    let table = release.tables[target.table]
    return release.labels[0].indices.filter { person in
      if target.isAmount, release.amounts[person] == 0 { return false }
      if let condition = target.condition, (release.labels[4][person] == 1) != condition {
        return false
      }
      return zip(table.dimensions, release.cuts[target.table]).allSatisfy { dimension, number in
        let code = dimension.codes[target.cell]
        return code == CellTable.total || Int(code) == release.labels[number][person]
      }
    }
  }

  /// What is required of a target to someone in it, who knows his own part: the same of the rest.
  func required(of target: Target, to insider: Int, _ policy: Protection) -> RequiredInterval? {
    let own = release.amounts[insider]
    let rest = persons(in: target).filter { $0 != insider }.map { release.amounts[$0] }
    return Self.required(rest, policy).map {
      RequiredInterval(lower: $0.lower + own, upper: $0.upper + own)
    }
  }

  /// By the words of the page: fewer than the minimum, or one whom the second can estimate.
  private static func required(_ amounts: [Int64], _ policy: Protection) -> RequiredInterval? {
    let total = amounts.reduce(0, +)
    let sorted = amounts.sorted(by: >) + [0, 0]
    var lower: [Int64] = []
    var upper: [Int64] = []
    if !amounts.isEmpty, amounts.count < Int(policy.minimum) {
      lower.append(total - sorted[0])
      upper.append(total + sorted[0])
    }
    if case .prior(let share)? = policy.dominance, sorted[0] > 0,
      Double(total - sorted[0] - sorted[1]) < share * Double(sorted[0])
    {
      let reach = Int64((Double(sorted[0]) * (1 + share) + Double(sorted[1]) - 1e-9).rounded(.up))
      lower.append(max(0, 2 * total - reach))
      upper.append(reach)
    }
    guard let least = lower.min(), let most = upper.max() else { return nil }
    return RequiredInterval(lower: least, upper: most)
  }

  /// Between which numbers a target lies; nil when Clp fails.
  ///
  /// - Parameters:
  ///   - target: to find out.
  ///   - known: another that someone knows beside what is shown, with its number.
  /// - Returns: its least and greatest number.
  func interval(of target: Target, knowing known: (Target, Int64)? = nil) -> AttackedInterval? {
    var rows: [[Double]] = []
    var results: [Double] = []
    for (number, table) in published.enumerated() {
      for (place, figure) in table.figures.enumerated() {
        let kind = release.tables[number].figures[place].kind
        if (kind == .sum) != target.isAmount { continue }
        for cell in 0..<table.cellCount where figure.marks[cell] != .hidden {
          rows.append(
            row(of: Target(table: number, cell: cell, condition: kind == .part ? true : nil))
          )
          results.append(Double(figure.values[cell]))
        }
      }
      // Nobody is in a cell that is not there.
      for combination in absent(from: number) {
        rows.append(combination)
        results.append(0)
      }
    }
    if let known {
      rows.append(row(of: known.0))
      results.append(Double(known.1))
    }
    // The target is a column of its own: the sum of its combinations less itself is nothing.
    let count = combinationCount
    rows.append(row(of: target))
    results.append(0)
    var columns = SparseColumns()
    for column in 0..<count {
      for (number, row) in rows.enumerated() where row[column] != 0 {
        columns.add(row: Int32(number), row[column])
      }
      columns.endColumn()
    }
    columns.add(row: Int32(rows.count - 1), -1)
    columns.endColumn()
    var ends: [Double] = []
    for cost in [1.0, -1] {
      var program = LinearProgram(
        columns: columns,
        lower: [Double](repeating: 0, count: count + 1),
        upper: [Double](repeating: LinearProgram.unbounded, count: count + 1),
        rows: results
      )
      program.setCost(cost, of: count)
      switch program.solve(.costsChanged) {
      case .optimal: ends.append(program.value(of: count))
      case .unlimited: ends.append(.infinity)
      case .infeasible, .failed: return nil
      }
    }
    return AttackedInterval(lower: ends[0], upper: ends[1])
  }

  private var combinationCount: Int { release.sizes.reduce(1, *) }

  /// The labels of a combination, dimension by dimension.
  private func labels(_ combination: Int) -> [Int] {
    var rest = combination
    return release.sizes.map { size in
      defer { rest /= size }
      return rest % size
    }
  }

  private func row(of target: Target) -> [Double] {
    let table = release.tables[target.table]
    return (0..<combinationCount).map { combination in
      let labels = labels(combination)
      if let condition = target.condition, (labels[4] == 1) != condition { return 0 }
      for (place, dimension) in release.cuts[target.table].enumerated() {
        let code = table.dimensions[place].codes[target.cell]
        if code != CellTable.total, Int(code) != labels[dimension] { return 0 }
      }
      return 1
    }
  }

  private func absent(from number: Int) -> [[Double]] {
    let table = release.tables[number]
    let present = Set(
      (0..<table.cellCount).map { cell in table.dimensions.map { $0.codes[cell] } }
    )
    var seen: Set<[Int32]> = []
    var rows: [[Double]] = []
    for combination in 0..<combinationCount {
      let place = release.cuts[number].map { Int32(labels(combination)[$0]) }
      guard !present.contains(place), seen.insert(place).inserted else { continue }
      rows.append(
        (0..<combinationCount).map { other in
          release.cuts[number].map { Int32(labels(other)[$0]) } == place ? 1 : 0
        }
      )
    }
    return rows
  }
}
