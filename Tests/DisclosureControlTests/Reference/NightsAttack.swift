import PipelineFile
import Tabular

@testable import DisclosureControl

/// An attack on the tables of several nights by their labels alone.
///
/// The unknowns are how many persons, or how much, each combination of labels has in each night. What
/// is held shows nothing that an earlier night did not show. Where only some came to a number from one
/// night to another, or only some left, the attacker knows which; and he knows where nothing changed.
struct NightsAttack {
  /// What was true, and what of it was published.
  struct Night {
    let persons: [RandomNights.Person]
    let tables: [CellTable]
    let published: [ProtectedTable]
  }

  /// A number of any night.
  struct Target: Hashable {
    let table: Int
    let labels: [Int32]
    /// Nil for all, else whether the condition holds.
    let condition: Bool?
    let isAmount: Bool

    /// Whether or not the condition holds.
    var ofAll: Target { Target(table: table, labels: labels, condition: nil, isAmount: isAmount) }
  }

  /// What must stay uncertain: a number of a night, or how much more it is than in another.
  struct Need {
    let text: String
    let members: [Int]
    let less: [Int]
    let required: RequiredInterval
    /// What each person brings to it, by the name of their key.
    var parts: [UInt128: Int64] = [:]
    var isAmount = false
    var isChange = false
    /// What was told already: a sum can be no less, and no more.
    var told: ClosedRange<Int64> = .min ... .max
    /// Where too many are alike: how many could be, which somebody may know, and what is asked to him.
    var alike: (all: OutsiderAttack.Row, required: RequiredInterval)?
  }

  let nights: [Night]
  let cuts: [[Int]]
  let sizes: [Int]
  let policy: Protection
  /// Whether anyone can compare the persons of two nights: else the difference of numbers stands for
  /// them.
  var isJoinable = true

  private var combinationCount: Int { sizes.reduce(2, *) }

  /// The numbers that can be told too exactly; `Clp` where it fails.
  func tooExact() -> [String] {
    var found: [String] = []
    for isAmount in [false, true] {
      let (rows, needs, columnCount) = system(isAmount)
      found += ReachSearch(rows, columnCount: columnCount)
        .tooExact(needs.map { ($0.members, $0.less, $0.required) })
        .map { "\(needs[$0.need].text) \($0.interval.map { "\($0)" } ?? "Clp")" }
      for need in needs {
        guard let (all, required) = need.alike else { continue }
        found += ReachSearch(rows + [all], columnCount: columnCount)
          .tooExact([(need.members, need.less, required)])
          .map { "\(need.text) of \(all.result) \($0.interval.map { "\($0)" } ?? "Clp")" }
      }
    }
    return found
  }

  /// How many numbers and changes must stay uncertain.
  var needCount: Int { [false, true].reduce(0) { $0 + system($1).needs.count } }

  /// What everyone sees, and what must stay uncertain.
  func system(
    _ isAmount: Bool
  ) -> (rows: [OutsiderAttack.Row], needs: [Need], columnCount: Int) {
    var rows: [OutsiderAttack.Row] = []
    var needs: [Need] = []
    for night in nights.indices { addShown(of: night, isAmount, &rows) }
    var columnCount = combinationCount * nights.count
    for target in targets(isAmount) { addChanges(of: target, &rows, &needs, &columnCount) }
    return (rows, needs, columnCount)
  }

  // MARK: What is shown

  func addShown(of number: Int, _ isAmount: Bool, _ rows: inout [OutsiderAttack.Row]) {
    let night = nights[number]
    for (place, (table, written)) in zip(night.tables, night.published).enumerated() {
      for (figure, shown) in zip(table.figures, written.figures)
      where (figure.kind == .sum) == isAmount {
        for cell in 0..<table.cellCount
        where shown.marks[cell] != .hidden && shown.marks[cell] != .held {
          let target = Target(
            table: place,
            labels: table.dimensions.map { $0.codes[cell] },
            condition: figure.kind == .part ? true : nil,
            isAmount: isAmount
          )
          rows.append(
            OutsiderAttack.Row(members: members(of: target, in: number), result: shown.values[cell])
          )
        }
      }
      // Nobody is in a cell that is not there.
      let present = Set(
        (0..<table.cellCount).map { cell in table.dimensions.map { $0.codes[cell] } }
      )
      let absent = (0..<combinationCount).filter { combination in
        let own = labels(combination)
        return !present.contains(cuts[place].map { Int32(RandomNights.label($0, of: own)) })
      }
      if !absent.isEmpty {
        rows.append(
          OutsiderAttack.Row(members: absent.map { column($0, in: number) }, result: 0)
        )
      }
    }
  }

  /// Whether a number was published in a night, of that night.
  func isShown(_ target: Target, in number: Int) -> Bool {
    let night = nights[number]
    let table = night.tables[target.table]
    guard
      let cell = (0..<table.cellCount).first(where: { cell in
        table.dimensions.map { $0.codes[cell] } == target.labels
      })
    else { return false }
    return zip(table.figures, night.published[target.table].figures).contains { figure, shown in
      let isIt =
        target.isAmount
        ? figure.kind == .sum : figure.kind == (target.condition == nil ? .count : .part)
      return isIt && target.condition != false && shown.marks[cell] != .hidden
        && shown.marks[cell] != .held
    }
  }

  // MARK: What must stay uncertain

  /// All numbers of all nights, in the order in which they are met.
  func targets(_ isAmount: Bool) -> [Target] {
    var seen: Set<Target> = []
    var found: [Target] = []
    for night in nights {
      for (place, table) in night.tables.enumerated() {
        let hasPart = table.figures.contains { $0.kind == .part }
        let hasAmount = table.figures.contains { $0.kind == .sum }
        if isAmount && !hasAmount { continue }
        for cell in 0..<table.cellCount {
          for condition in hasPart && !isAmount ? [nil, true, false] : [Bool?.none] {
            let target = Target(
              table: place,
              labels: table.dimensions.map { $0.codes[cell] },
              condition: condition,
              isAmount: isAmount
            )
            if seen.insert(target).inserted { found.append(target) }
          }
        }
      }
    }
    return found
  }

  /// What each person brings to a number, by the name of their key.
  func parts(of target: Target, in number: Int) -> [UInt128: Int64] {
    var found: [UInt128: Int64] = [:]
    for person in nights[number].persons {
      if let condition = target.condition, person.isAdmitted != condition { continue }
      let isIn = zip(target.labels, cuts[target.table]).allSatisfy { label, dimension in
        label == CellTable.total || Int(label) == RandomNights.label(dimension, of: person.labels)
      }
      let part = target.isAmount ? person.amount : 1
      if isIn, part != 0 { found[isJoinable ? person.key.name : UInt128(found.count)] = part }
    }
    return found
  }

  func addChanges(
    of target: Target,
    _ rows: inout [OutsiderAttack.Row],
    _ needs: inout [Need],
    _ columnCount: inout Int
  ) {
    let parts = nights.indices.map { self.parts(of: target, in: $0) }
    let values = parts.map { $0.values.reduce(0, +) }
    let told = nights.indices.filter { isShown(target, in: $0) }
    // Nobody is taken to ask about a number of nobody, unless it must not be seen that it is.
    let isAsked = parts.map { policy.hidesZeros || !$0.isEmpty }
    for night in nights.indices where isAsked[night] {
      let own = members(of: target, in: night)
      let before = told.filter { $0 < night }
      let range = range(of: night, parts, told: before, target.isAmount)
      if let required = required(target, Array(parts[night].values), night),
        !told.contains(where: { parts[$0] == parts[night] })
      {
        needs.append(
          Need(
            text: "\(target) night \(night)",
            members: own,
            less: [],
            required: required.within(range),
            parts: parts[night],
            isAmount: target.isAmount,
            isChange: false,
            told: range,
            alike: alike(target, night).map { required in
              let all = self.parts(of: target.ofAll, in: night).count
              return (
                OutsiderAttack.Row(
                  members: members(of: target.ofAll, in: night),
                  result: Int64(all)
                ),
                required
              )
            }
          )
        )
      }
      for earlier in 0..<night where isAsked[earlier] {
        let changed = Set(parts[night].keys).union(parts[earlier].keys).filter {
          parts[night][$0] != parts[earlier][$0]
        }
        let old = members(of: target, in: earlier)
        if changed.isEmpty {
          // Nothing changed, and the next of these is enough.
          if !(earlier + 1..<night).contains(where: { parts[$0] == parts[night] }) {
            rows.append(OutsiderAttack.Row(members: own, less: old, result: 0))
          }
          continue
        }
        let magnitude = Int64((values[night] - values[earlier]).magnitude)
        let isGrowth = values[night] > values[earlier]
        let (more, less) = isGrowth ? (own, old) : (old, own)
        let hasOneDirection = hasOneDirection(parts[earlier], parts[night], target.isAmount)
        if hasOneDirection {
          rows.append(OutsiderAttack.Row(members: more, less: less + [columnCount], result: 0))
          columnCount += 1
        }
        guard changed.count < Int(policy.minimum) else { continue }
        let most =
          target.isAmount ? 2 * magnitude : hasOneDirection ? policy.minimum : 0
        let first = self.range(of: earlier, parts, told: before, target.isAmount)
        let change = isGrowth ? range.less(first) : first.less(range)
        needs.append(
          Need(
            text: "\(target) from night \(earlier) to \(night) of \(changed.count)",
            members: more,
            less: less,
            required: RequiredInterval(lower: 0, upper: most).within(change),
            parts: Dictionary(
              uniqueKeysWithValues: changed.map { person in
                let change = (parts[night][person] ?? 0) - (parts[earlier][person] ?? 0)
                return (person, isGrowth ? change : -change)
              }
            ),
            isAmount: target.isAmount,
            isChange: true,
            told: change
          )
        )
      }
    }
  }

  /// Whether the attacker knows which way all went who changed a number; of amounts he is taken to.
  private func hasOneDirection(
    _ earlier: [UInt128: Int64],
    _ later: [UInt128: Int64],
    _ isAmount: Bool
  ) -> Bool {
    let difference = later.values.reduce(0, +) - earlier.values.reduce(0, +)
    let changed = Set(later.keys).union(earlier.keys).filter { later[$0] != earlier[$0] }
    return difference != 0 && (isAmount || changed.count == Int(difference.magnitude))
  }

  /// Where a number of a night lies for whoever knows what these nights told of it, and which way it went
  /// from there: what was told cannot be taken back.
  private func range(
    of night: Int,
    _ parts: [[UInt128: Int64]],
    told: [Int],
    _ isAmount: Bool
  ) -> ClosedRange<Int64> {
    let value = parts[night].values.reduce(0, +)
    var range = Int64.min...Int64.max
    for other in told {
      let known = parts[other].values.reduce(0, +)
      if parts[other] == parts[night] { return value...value }
      guard hasOneDirection(parts[other], parts[night], isAmount) else { continue }
      range = range.clamped(to: known < value ? known ... .max : .min...known)
    }
    return range
  }

  private func required(
    _ target: Target,
    _ parts: [Int64],
    _ night: Int
  ) -> RequiredInterval? {
    if parts.isEmpty {
      return policy.hidesZeros
        ? RequiredInterval(lower: 0, upper: target.isAmount ? 1 : policy.minimum) : nil
    }
    if target.isAmount { return OutsiderAttack.required(parts, policy) }
    let count = Int64(parts.count)
    let few: RequiredInterval? = count < policy.minimum ? .ofFew(minimum: policy.minimum) : nil
    return .wider(few, alike(target, night))
  }

  /// Where nearly all are alike it must be possible that they are so few that it is not nearly all.
  private func alike(_ target: Target, _ night: Int) -> RequiredInterval? {
    guard target.condition == true, let share = policy.group else { return nil }
    let count = Int64(parts(of: target, in: night).count)
    let limit = share.limit(of: Int64(parts(of: target.ofAll, in: night).count))
    return count > limit ? RequiredInterval(lower: limit, upper: count) : nil
  }

  // MARK: Columns

  private func column(_ combination: Int, in night: Int) -> Int {
    night * combinationCount + combination
  }

  /// The labels of a combination, and whether the condition holds.
  private func labels(_ combination: Int) -> [Int] {
    var rest = combination
    return (sizes + [2]).map { size in
      defer { rest /= size }
      return rest % size
    }
  }

  func members(of target: Target, in night: Int) -> [Int] {
    (0..<combinationCount).filter { combination in
      let own = labels(combination)
      if let condition = target.condition, (own[sizes.count] == 1) != condition { return false }
      return zip(target.labels, cuts[target.table]).allSatisfy { label, dimension in
        label == CellTable.total || Int(label) == RandomNights.label(dimension, of: own)
      }
    }.map { column($0, in: night) }
  }
}

extension ClosedRange<Int64> {
  /// How much more a number of this range can be than one of another; without end where either has none.
  fileprivate func less(_ other: ClosedRange<Int64>) -> ClosedRange<Int64> {
    let lower =
      lowerBound == .min || other.upperBound == .max ? .min : lowerBound - other.upperBound
    let upper =
      upperBound == .max || other.lowerBound == .min ? .max : upperBound - other.lowerBound
    return lower...upper
  }
}
