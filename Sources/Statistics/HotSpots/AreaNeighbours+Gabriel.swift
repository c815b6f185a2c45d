extension AreaNeighbours {
  /// The Gabriel graph of places in a plane (Gabriel & Sokal, 1969).
  ///
  /// Two areas are neighbours where no third lies within the circle that has them at its ends.
  ///
  /// - Parameters:
  ///   - x: metres to the east, an area; not finite when unknown: then it has no neighbours.
  ///   - y: metres to the north, an area.
  /// - Complexity: about O(*areas*² log *areas*) where places are spread, four bytes an area.
  package init(gabrielOf x: [Double], _ y: [Double]) {
    var pairs: [(Int, Int)] = []
    let known = x.indices.filter { x[$0].isFinite && y[$0].isFinite }
    for left in known {
      let nearest = known.filter { $0 != left }.map { area in
        let (east, north) = (x[area] - x[left], y[area] - y[left])
        return (distance: east * east + north * north, area: area)
      }.sorted { ($0.distance, $0.area) < ($1.distance, $1.area) }
      // Neighbours that are found already stand in the way of nearly all that lie behind them.
      var found: [Int] = []
      for (place, candidate) in nearest.enumerated() {
        let right = candidate.area
        func isBetween(_ third: Int) -> Bool {
          (x[left] - x[third]) * (x[right] - x[third])
            + (y[left] - y[third]) * (y[right] - y[third]) < 0
        }
        if found.contains(where: isBetween) { continue }
        if nearest[..<place].contains(where: { isBetween($0.area) }) { continue }
        found.append(right)
        if left < right { pairs.append((left, right)) }
      }
    }
    self.init(pairs: pairs, areaCount: x.count)
  }
}
