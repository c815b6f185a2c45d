import PipelineFile

/// The dimensions by which tables must be cut too, so that the equations of all tables together tell
/// what can be told.
///
/// Tables of which the cuts form no cycle are told exactly by their common margins. In a cycle (A × B,
/// B × C, A × C) they are not: what follows from all three follows from A × B × C alone. A cut goes
/// when another holds it, a dimension when one cut alone has it; what is left is in a cycle (Graham,
/// 1979; Yu and Özsoyoğlu, 1979). A cut by areas is one by all that they lie in too.
///
/// - Parameter cuts: for each table its dimensions, and its condition as one more.
/// - Returns: for each group of tables in a cycle all its dimensions, ascending; none without a cycle.
package func cyclicCores(of cuts: [[String]]) -> [[String]] {
  let levels = AreaLevel.allCases.map(\.rawValue).filter { level in
    cuts.contains { $0.contains(level) }
  }
  var left = cuts.map { cut in
    // The finest level of a cut, and all above it.
    Set(cut).union(levels.drop { !cut.contains($0) })
  }
  var hasChanged = true
  while hasChanged {
    hasChanged = false
    for (number, cut) in left.enumerated() {
      let isHeld = left.enumerated().contains { other, wider in
        other != number && (cut.isStrictSubset(of: wider) || (cut == wider && other < number))
      }
      if isHeld || cut.isEmpty {
        left.remove(at: number)
        hasChanged = true
        break
      }
      let shared = cut.filter { dimension in
        left.enumerated().contains { $0 != number && $1.contains(dimension) }
      }
      if shared.count < cut.count {
        left[number] = Set(shared)
        hasChanged = true
        break
      }
    }
  }
  var cores: [Set<String>] = []
  for cut in left {
    let touching = cores.filter { !$0.isDisjoint(with: cut) }
    cores.removeAll { !$0.isDisjoint(with: cut) }
    cores.append(touching.reduce(cut) { $0.union($1) })
  }
  return cores.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
}
