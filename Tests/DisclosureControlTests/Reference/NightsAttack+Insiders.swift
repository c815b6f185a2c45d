import PipelineFile
import Tabular

@testable import DisclosureControl

/// Someone who knows more of several nights than everyone sees.
extension NightsAttack {
  /// A person, and the numbers that they know beside what is shown.
  struct Insider {
    /// The name of the key.
    let person: UInt128
    let known: [OutsiderAttack.Row]
  }

  /// The persons who make a number alone in whatever night, by the names of their keys: they know all of
  /// those.
  func insiders(_ isAmount: Bool) -> [Insider] {
    var known: [UInt128: [OutsiderAttack.Row]] = [:]
    for target in targets(isAmount) {
      let parts = nights.indices.map { self.parts(of: target, in: $0) }
      for night in nights.indices where parts[night].count == 1 {
        guard let (person, part) = parts[night].first else { continue }
        known[person, default: []].append(
          OutsiderAttack.Row(members: members(of: target, in: night), result: part)
        )
      }
    }
    return known.sorted { $0.key < $1.key }.map { Insider(person: $0.key, known: $0.value) }
  }

  /// The numbers that someone who knows more can tell too exactly, and how many such persons there are.
  func tooExactToInsiders() -> (found: [String], insiderCount: Int) {
    var found: [String] = []
    var count = 0
    for isAmount in [false, true] {
      let (rows, needs, columnCount) = system(isAmount)
      var points = FittingPoints(needs.map { ($0.members, $0.less) })
      let insiders = insiders(isAmount)
      count += insiders.count
      for insider in insiders {
        let asked = needs.indices.compactMap { number in
          required(of: needs[number], to: insider.person).map { (number: number, required: $0) }
        }.filter { !isOwn(needs[$0.number], $0.required, insider, rows, columnCount) }
        let search = ReachSearch(rows + insider.known, columnCount: columnCount)
        found += search.tooExact(
          asked.map { (needs[$0.number].members, needs[$0.number].less, $0.required) },
          isMet: points.reach(asked, fitting: insider.known)
        ) { points.add($0) }
        .map { place, interval in
          let need = needs[asked[place].number]
          return "\(need.text) needs \(asked[place].required) "
            + "to \(insider.person) \(interval.map { "\($0)" } ?? "Clp")"
        }
      }
    }
    return (found, count)
  }

  /// Whether someone knows a number of nobody by himself, with nothing that is shown: whoever is alone in
  /// a number knows that nobody is in its other parts.
  private func isOwn(
    _ need: Need,
    _ required: RequiredInterval,
    _ insider: Insider,
    _ rows: [OutsiderAttack.Row],
    _ columnCount: Int
  ) -> Bool {
    guard policy.hidesZeros else { return false }
    let own = rows.filter { !$0.less.isEmpty } + insider.known
    return !ReachSearch(own, columnCount: columnCount)
      .tooExact([(need.members, need.less, required)]).isEmpty
  }

  /// What must stay uncertain to someone: the same of the rest where some of it is his.
  private func required(of need: Need, to person: UInt128) -> RequiredInterval? {
    guard let own = need.parts[person] else { return need.required }
    let rest = need.parts.filter { $0.key != person }.map(\.value)
    if rest.isEmpty { return nil }
    guard need.isAmount else {
      // He is one of them himself.
      return need.isChange
        ? RequiredInterval(
          lower: max(need.required.lower, min(own, need.parts.values.reduce(0, +))),
          upper: need.required.upper
        ) : need.required
    }
    if need.isChange {
      let other = own + 2 * rest.reduce(0, +)
      return RequiredInterval(lower: max(0, min(own, other)), upper: max(own, other))
        .within(need.told)
    }
    return OutsiderAttack.required(rest, policy).map {
      RequiredInterval(lower: max($0.lower, 0) + own, upper: $0.upper + own).within(need.told)
    }
  }
}

/// Numbers that fit what everyone sees, found once: for whoever knows more some of them fit still.
struct FittingPoints {
  private let needs: [(members: [Int], less: [Int])]
  private var points: [(values: [Double], sums: [Double])] = []
  private static let limit = 3_000

  init(_ needs: [(members: [Int], less: [Int])]) { self.needs = needs }

  /// Keeps one number a column.
  mutating func add(_ values: [Double]) {
    if points.count >= Self.limit { return }
    let sums = needs.map { need in
      need.members.reduce(0) { $0 + values[$1] } - need.less.reduce(0) { $0 + values[$1] }
    }
    points.append((values, sums))
  }

  /// How far those reach that fit what someone knows.
  ///
  /// - Parameters:
  ///   - asked: needs by their numbers, with how far they must reach.
  ///   - known: what he knows.
  /// - Returns: one a need: whether its low and its high end are reached.
  func reach(
    _ asked: [(number: Int, required: RequiredInterval)],
    fitting known: [OutsiderAttack.Row]
  ) -> [[Bool]] {
    var isMet = [[Bool]](repeating: [false, false], count: asked.count)
    for (values, sums) in points {
      let fits = known.allSatisfy { row in
        let sum =
          row.members.reduce(0) { $0 + values[$1] } - row.less.reduce(0) { $0 + values[$1] }
        return abs(sum - Double(row.result)) <= 1e-7 * max(1, Double(row.result.magnitude))
      }
      guard fits else { continue }
      for (place, need) in asked.enumerated() {
        if sums[need.number] <= Double(need.required.lower) { isMet[place][0] = true }
        if sums[need.number] >= Double(need.required.upper) { isMet[place][1] = true }
      }
    }
    return isMet
  }
}
