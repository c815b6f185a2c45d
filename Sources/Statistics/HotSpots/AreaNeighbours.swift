/// Which areas lie beside which; areas are numbered in the order of their codes.
package struct AreaNeighbours: Sendable, Equatable {
  /// The neighbours of each area, ascending, without itself.
  package let lists: [[Int]]

  /// Takes the pairs of an adjacency list; a pair counts both ways, however often it is listed.
  ///
  /// - Parameters:
  ///   - pairs: numbers of areas; a pair with a number outside `0..<areaCount` is no pair.
  ///   - areaCount: how many areas.
  package init(pairs: [(Int, Int)], areaCount: Int) {
    var lists = [[Int]](repeating: [], count: areaCount)
    for (left, right) in pairs
    where left != right && lists.indices.contains(left) && lists.indices.contains(right) {
      lists[left].append(right)
      lists[right].append(left)
    }
    self.lists = lists.map { Set($0).sorted() }
  }

  /// How many steps from neighbour to neighbour lead from one area to each.
  ///
  /// - Returns: 0 for the area itself; infinite where no way leads.
  func hops(from centre: Int) -> [Double] {
    var hops = [Double](repeating: .infinity, count: lists.count)
    hops[centre] = 0
    var reached = [centre]
    var next = 0
    while next < reached.count {
      let area = reached[next]
      next += 1
      for neighbour in lists[area] where hops[neighbour] == .infinity {
        hops[neighbour] = hops[area] + 1
        reached.append(neighbour)
      }
    }
    return hops
  }
}
