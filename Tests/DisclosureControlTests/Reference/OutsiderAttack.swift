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

  /// Numbers of some combinations together, less those of others.
  struct Row {
    let members: [Int]
    var less: [Int] = []
    let result: Int64
  }

  let release: RandomRelease
  let combinations: Combinations
  private let shown: [(target: Target, value: Int64)]

  init(_ release: RandomRelease, published: [ProtectedTable]) {
    self.release = release
    combinations = Combinations(release.region, release.cuts, release.tables)
    var shown: [(Target, Int64)] = []
    for (number, table) in published.enumerated() {
      for (place, figure) in table.figures.enumerated() {
        let kind = release.tables[number].figures[place].kind
        for cell in 0..<table.cellCount where figure.marks[cell] != .hidden {
          let condition = kind == .part ? true : nil
          let target =
            Target(table: number, cell: cell, condition: condition, isAmount: kind == .sum)
          shown.append((target, figure.values[cell]))
        }
      }
    }
    self.shown = shown
  }

  /// The numbers that must not be known, in order, with what is required of them.
  func sensitive(_ policy: Protection) -> [(target: Target, required: RequiredInterval)] {
    var found: [(Target, RequiredInterval)] = []
    for (number, cut) in release.cuts.enumerated() {
      for cell in 0..<release.tables[number].cellCount {
        for condition in cut.hasPart ? [nil, true, false] : [Bool?.none] {
          let target = Target(table: number, cell: cell, condition: condition)
          let count = persons(in: target).count
          let isFew = 0 < count && count < Int(policy.minimum)
          if count == 0, policy.hidesZeros {
            found.append((target, RequiredInterval(lower: 0, upper: policy.minimum)))
          }
          let group = condition == true ? group(in: number, cell, policy) : nil
          if isFew || group != nil {
            let few: RequiredInterval? = isFew ? .ofFew(minimum: policy.minimum) : nil
            found.append(
              (
                target,
                RequiredInterval(
                  lower: min(few?.lower ?? .max, group?.lower ?? .max),
                  upper: max(few?.upper ?? 0, group?.upper ?? 0)
                )
              )
            )
          }
        }
        guard cut.hasAmount else { continue }
        let target = Target(table: number, cell: cell, condition: nil, isAmount: true)
        let amounts = persons(in: target).map { release.region.persons[$0].amount }
        if let required = Self.required(amounts, policy) { found.append((target, required)) }
        if amounts.isEmpty, policy.hidesZeros {
          found.append((target, RequiredInterval(lower: 0, upper: 1)))
        }
      }
    }
    return found
  }

  /// Of nearly all of a cell it must be possible that they are not that many.
  private func group(in number: Int, _ cell: Int, _ policy: Protection) -> RequiredInterval? {
    let table = release.tables[number]
    let part = Target(table: number, cell: cell, condition: true)
    let count = Int64(persons(in: part).count)
    guard let limit = policy.group?.limit(of: table.persons[cell]), count > limit,
      table.figures.contains(where: \.isSensitive)
    else { return nil }
    return RequiredInterval(lower: limit, upper: count)
  }

  /// Who is counted in a target, or has some of its amount.
  func persons(in target: Target) -> [Int] {
    let (table, region) = (release.tables[target.table], release.region)
    return region.persons.indices.filter { number in
      let person = region.persons[number]
      if target.isAmount, person.amount == 0 { return false }
      if let condition = target.condition, person.isAdmitted != condition { return false }
      return zip(table.dimensions, release.cuts[target.table].dimensions).allSatisfy {
        let code = $0.codes[target.cell]
        return code == CellTable.total || Int(code) == region.label(of: $1, person.labels)
      }
    }
  }

  /// What is required of a target to someone in it, who knows his own part: the same of the rest.
  func required(of target: Target, to insider: Int, _ policy: Protection) -> RequiredInterval? {
    let own = release.region.persons[insider].amount
    let rest = persons(in: target).filter { $0 != insider }
    return Self.required(rest.map { release.region.persons[$0].amount }, policy).map {
      RequiredInterval(lower: $0.lower + own, upper: $0.upper + own)
    }
  }

  /// By the words of the page: fewer than the minimum, or a few who make up too much of the sum.
  static func required(_ amounts: [Int64], _ policy: Protection) -> RequiredInterval? {
    let total = amounts.reduce(0, +)
    let sorted = amounts.sorted(by: >) + [0, 0]
    var lower: [Int64] = []
    var upper: [Int64] = []
    if !amounts.isEmpty, amounts.count < Int(policy.minimum) {
      lower.append(total - sorted[0])
      upper.append(total + sorted[0])
    }
    var reach: Double?
    switch policy.dominance {
    case .prior(let share)?:
      if Double(total - sorted[0] - sorted[1]) < share * Double(sorted[0]) {
        reach = Double(sorted[0]) * (1 + share) + Double(sorted[1])
      }
    case .share(let contributors, let share)?:
      let largest = Double(sorted.prefix(contributors).reduce(0, +))
      if largest > share * Double(total) { reach = largest / share }
    case nil: break
    }
    if let reach {
      let most = Int64((reach - 1e-9).rounded(.up))
      lower.append(max(0, 2 * total - most))
      upper.append(most)
    }
    guard let least = lower.min(), let most = upper.max() else { return nil }
    return RequiredInterval(lower: least, upper: most)
  }

  /// What the combinations must come to, by all that is shown.
  ///
  /// - Parameters:
  ///   - known: what someone knows beside it.
  ///   - isAmount: whether it is about amounts, else about persons.
  /// - Returns: one a number.
  func rows(knowing known: [(target: Target, value: Int64)] = [], isAmount: Bool) -> [Row] {
    (shown + known).filter { $0.target.isAmount == isAmount }
      .map { Row(members: combinations.members(of: $0.target), result: $0.value) }
  }

  /// The numbers that can be told too exactly.
  ///
  /// - Parameters:
  ///   - needs: what must stay uncertain.
  ///   - known: what someone knows beside what is shown.
  /// - Returns: how exactly; nil where Clp fails.
  func tooExact(
    _ needs: [(target: Target, required: RequiredInterval)],
    knowing known: [(target: Target, value: Int64)] = []
  ) -> [(target: Target, interval: AttackedInterval?)] {
    [false, true].flatMap { isAmount in
      let needs = needs.filter { $0.target.isAmount == isAmount }
      if needs.isEmpty { return [(target: Target, interval: AttackedInterval?)]() }
      return ReachSearch(rows(knowing: known, isAmount: isAmount), columnCount: combinations.count)
        .tooExact(needs.map { (combinations.members(of: $0.target), [], $0.required) })
        .map { (needs[$0.need].target, $0.interval) }
    }
  }

  /// Between which numbers a target lies; nil when Clp fails.
  func interval(
    of target: Target,
    knowing known: [(target: Target, value: Int64)] = []
  ) -> AttackedInterval? {
    ReachSearch(rows(knowing: known, isAmount: target.isAmount), columnCount: combinations.count)
      .interval(of: combinations.members(of: target))
  }
}
