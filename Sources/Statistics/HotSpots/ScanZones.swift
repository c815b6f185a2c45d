/// The zones in which hot spots are looked for: an area with its nearest (Kulldorff, 1997).
///
/// Areas are numbered in the order of their codes, which breaks ties of distance. An area that no
/// place is known of, or that alone is larger than a zone may be, is the centre of none.
package struct ScanZones: Sendable, Equatable {
  /// The areas of centre c, nearest first, are `members[starts[c]..<starts[c + 1]]`; each number of
  /// them from the first on is a zone.
  let starts: [Int]
  let members: [Int32]

  /// Zones by distance in a plane.
  ///
  /// - Parameters:
  ///   - x: metres to the east, an area; not finite when unknown.
  ///   - y: metres to the north, an area.
  ///   - sizes: how much of the whole lies in each area, on any scale.
  ///   - atMost: the share of the whole that a zone may have, in 0...1.
  /// - Complexity: O(*areas*² log *areas*), four bytes a zone.
  package init(x: [Double], y: [Double], sizes: [Int], atMost: Double) {
    self.init(sizes: sizes, atMost: atMost) { centre in
      sizes.indices.map { area in
        let east = x[area] - x[centre]
        let north = y[area] - y[centre]
        return east * east + north * north
      }
    }
  }

  /// Zones by steps from neighbour to neighbour.
  ///
  /// - Parameters:
  ///   - neighbours: which areas lie beside which.
  ///   - sizes: how much of the whole lies in each area, on any scale.
  ///   - atMost: the share of the whole that a zone may have, in 0...1.
  package init(neighbours: AreaNeighbours, sizes: [Int], atMost: Double) {
    self.init(sizes: sizes, atMost: atMost) { neighbours.hops(from: $0) }
  }

  private init(sizes: [Int], atMost: Double, distances: (_ centre: Int) -> [Double]) {
    let limit = atMost * sizes.reduce(0) { $0 + Double($1) }
    var starts = [0]
    var members: [Int32] = []
    for centre in sizes.indices {
      let distances = distances(centre)
      let nearest = sizes.indices.filter { distances[$0] < .infinity }.sorted {
        (distances[$0], $0 == centre ? -1 : $0) < (distances[$1], $1 == centre ? -1 : $1)
      }
      var size = 0.0
      for area in nearest {
        size += Double(sizes[area])
        guard size <= limit else { break }
        members.append(Int32(truncatingIfNeeded: area))
      }
      starts.append(members.count)
    }
    self.starts = starts
    self.members = members
  }
}
