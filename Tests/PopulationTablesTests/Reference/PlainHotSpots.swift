import PipelineFile
import Statistics

@testable import Tabular

/// A person of the slow version.
struct SpotPerson {
  /// Nil where it is not known.
  let area: String?
  let age: String
  let sex: String
  let isCounted: Bool
}

/// Hot spots person by person, with dictionaries, and zones written out one by one.
struct PlainHotSpots {
  struct Zone: Equatable {
    let areas: Set<String>
    let ratio: Double
  }

  let areas: [String]
  let persons: [String: Int]
  let observed: [String: Int]
  private(set) var expected: [String: Double] = [:]
  private let near: AreaFile
  private let atMost: Double

  init(_ people: [SpotPerson], near: AreaFile, atMost: Double) {
    self.near = near
    self.atMost = atMost
    let byArea = Dictionary(grouping: people) { $0.area ?? "unknown" }
    areas = byArea.keys.sorted()
    persons = byArea.mapValues(\.count)
    observed = byArea.mapValues { $0.count(where: \.isCounted) }
    let alike = Dictionary(grouping: people) { [$0.age, $0.sex] }
    for (area, own) in byArea {
      let exact = own.reduce(0) { sum, person in
        let all = alike[[person.age, person.sex]] ?? []
        return sum + Double(all.count(where: \.isCounted)) / Double(all.count)
      }
      // All that follows is made of what is shown: six decimals.
      expected[area] = (exact * 1_000_000).rounded() / 1_000_000
    }
  }

  var known: [String] { areas.filter { $0 != "unknown" } }

  /// How far a place is from another; nil where no way is known.
  private func distance(_ left: String, _ right: String) -> Double? {
    if left == right, near.neighbours.isEmpty == false { return 0 }
    guard near.neighbours.isEmpty else { return hops(left, right) }
    guard let from = near.areas.first(where: { $0.code == left })?.position,
      let to = near.areas.first(where: { $0.code == right })?.position
    else { return nil }
    return (from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y)
  }

  private func hops(_ left: String, _ right: String) -> Double? {
    var reached: Set<String> = [left]
    for hop in 1...50 {
      var grown = reached
      for pair in near.neighbours {
        if reached.contains(pair.left) { grown.insert(pair.right) }
        if reached.contains(pair.right) { grown.insert(pair.left) }
      }
      if grown.contains(right) { return Double(hop) }
      if grown == reached { return nil }
      reached = grown
    }
    return nil
  }

  /// The areas beside each: listed, or without a third in the circle between them.
  var neighbours: [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for left in known {
      for right in known where left != right && areBeside(left, right) {
        found[left, default: []].insert(right)
      }
    }
    return found
  }

  private func areBeside(_ left: String, _ right: String) -> Bool {
    guard near.neighbours.isEmpty else { return hops(left, right) == 1 }
    guard let across = distance(left, right) else { return false }
    return !known.contains { third in
      guard third != left, third != right, let one = distance(left, third),
        let other = distance(right, third)
      else { return false }
      // Within the circle the angle is obtuse.
      return one + other < across
    }
  }

  /// Every zone, the best taken again and again.
  var zones: [Zone] {
    let all = known.reduce(0) { $0 + (observed[$1] ?? 0) }
    let scale = Double(all) / known.reduce(0) { $0 + (expected[$1] ?? 0) }
    let sizes = expected.mapValues { Int(($0 * 1_000_000).rounded()) }
    let limit = atMost * Double(known.reduce(0) { $0 + (sizes[$1] ?? 0) })
    var zones: [Zone] = []
    let empty = near.neighbours.flatMap { [$0.left, $0.right] }.filter { !known.contains($0) }
    let everywhere = known + Set(empty).sorted()
    for centre in everywhere {
      let nearest = everywhere.filter { $0 != centre && distance(centre, $0) != nil }.sorted {
        (distance(centre, $0) ?? 0, $0) < (distance(centre, $1) ?? 0, $1)
      }
      guard distance(centre, centre) != nil else { continue }
      for size in 0...nearest.count {
        let members = [centre] + nearest.prefix(size)
        let areas = members.filter(known.contains)
        guard Double(areas.reduce(0) { $0 + (sizes[$1] ?? 0) }) <= limit else { break }
        let ratio = logLikelihoodRatio(
          areas.reduce(0) { $0 + (observed[$1] ?? 0) },
          expected: areas.reduce(0) { $0 + (expected[$1] ?? 0) } * scale,
          of: all
        )
        if ratio > 1e-9 { zones.append(Zone(areas: Set(areas), ratio: ratio)) }
      }
    }
    var best: [Zone] = []
    while let next = zones.max(by: { $0.ratio < $1.ratio }) {
      best.append(next)
      zones.removeAll { !$0.areas.isDisjoint(with: next.areas) }
    }
    return best
  }
}
