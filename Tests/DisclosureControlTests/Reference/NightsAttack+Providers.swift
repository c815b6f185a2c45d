import PipelineFile
import Tabular

@testable import DisclosureControl

/// What anyone can tell of providers, and each of them of others.
extension NightsAttack {
  /// The sums and changes that can be told too exactly.
  ///
  /// - Parameters:
  ///   - share: the p of the rule.
  ///   - asked: gets how many must stay uncertain, of outsiders first.
  /// - Returns: each in words.
  func tooExactOfProviders(share: Double, asked: inout [Int]) -> [String] {
    var (known, others): ([OutsiderAttack.Row], [Need]) = ([], [])
    var columnCount = sizes.reduce(2, *) * nights.count
    for night in nights.indices { addShown(of: night, true, &known) }
    let targets = self.targets(true)
    for target in targets { addChanges(of: target, &known, &others, &columnCount) }
    asked = [0, 0]
    var found: [String] = []
    for insider in [nil, 0, 1, 2, 3, 4] as [Int?] {
      var rows = known
      if let insider {
        for target in targets {
          for night in nights.indices {
            let amounts = amounts(of: target, in: night)
            guard Array(amounts.keys) == [insider], let own = amounts[insider] else { continue }
            rows.append(OutsiderAttack.Row(members: members(of: target, in: night), result: own))
          }
        }
        // Who fills nothing alone knows what everyone knows.
        if rows.count == known.count { continue }
      }
      let needs = targets.flatMap { self.needs(of: $0, insider, share) }
      asked[insider == nil ? 0 : 1] += needs.count
      found += ReachSearch(rows, columnCount: columnCount)
        .tooExact(needs.map { ($0.members, $0.less, $0.required) })
        .map { "\(needs[$0.need].text) \($0.interval.map { "\($0)" } ?? "Clp")" }
    }
    return found
  }

  private func amounts(of target: Target, in night: Int) -> [Int: Int64] {
    let parts = self.parts(of: target, in: night)
    var amounts: [Int: Int64] = [:]
    for person in nights[night].persons {
      if let part = parts[person.key.name] { amounts[person.provider, default: 0] += part }
    }
    return amounts
  }

  private func needs(of target: Target, _ insider: Int?, _ share: Double) -> [Need] {
    let who = insider.map { "to P\($0)" } ?? "to all"
    let parts = nights.indices.map { self.parts(of: target, in: $0) }
    let amounts = nights.indices.map { self.amounts(of: target, in: $0) }
    let values = amounts.map { $0.values.reduce(0, +) }
    let told = nights.indices.filter { isShown(target, in: $0) }
    var needs: [Need] = []
    for night in nights.indices where !amounts[night].isEmpty {
      let own = insider.flatMap { amounts[night][$0] } ?? 0
      let rest = amounts[night].filter { $0.key != insider }.map(\.value)
      if ProviderAttack.required(Array(amounts[night].values), share) != nil, !rest.isEmpty,
        let required = ProviderAttack.required(rest, share),
        !told.contains(where: { parts[$0] == parts[night] })
      {
        var (lower, upper) = (required.lower + own, required.upper + own)
        for other in told where values[other] != values[night] {
          if values[other] > values[night] {
            upper = min(upper, values[other])
          } else {
            lower = max(lower, values[other])
          }
        }
        needs.append(
          Need(
            text: "\(target) night \(night) \(who)",
            members: members(of: target, in: night),
            less: [],
            required: RequiredInterval(lower: lower, upper: upper)
          )
        )
      }
      for earlier in 0..<night where !amounts[earlier].isEmpty {
        let magnitude = Int64((values[night] - values[earlier]).magnitude)
        guard magnitude > 0 else { continue }
        let isGrowth = values[night] > values[earlier]
        var changes: [Int: Int64] = [:]
        for provider in 0..<5 {
          let change = (amounts[night][provider] ?? 0) - (amounts[earlier][provider] ?? 0)
          if change != 0 { changes[provider] = isGrowth ? change : -change }
        }
        let sorted = changes.values.map { Int64($0.magnitude) }.sorted(by: >) + [0, 0]
        let isDominated =
          Double(magnitude - sorted[0] - sorted[1]) < share * Double(sorted[0])
        let changed = Set(parts[night].keys).union(parts[earlier].keys)
          .count { parts[night][$0] != parts[earlier][$0] }
        guard isDominated || insider != nil && changed < Int(policy.minimum),
          changes.keys.contains(where: { $0 != insider })
        else { continue }
        let known = insider.flatMap { changes[$0] } ?? 0
        let other = 2 * magnitude - known
        let (now, before) = (members(of: target, in: night), members(of: target, in: earlier))
        needs.append(
          Need(
            text: "\(target) from night \(earlier) to \(night) \(who)",
            members: isGrowth ? now : before,
            less: isGrowth ? before : now,
            required: RequiredInterval(
              lower: max(0, min(known, other)),
              upper: max(known, other)
            )
          )
        )
      }
    }
    return needs
  }
}
