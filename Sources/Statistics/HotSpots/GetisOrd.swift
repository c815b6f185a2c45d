/// How far the mean of each area and its neighbours lies above the mean of all, in standard errors.
///
/// Gi* of Ord & Getis (1995): weights 0 and 1, the area itself among its neighbours, and a standard
/// deviation with divisor n. Under chance it is nearly standard normal; hot spots are in the upper
/// tail.
///
/// - Parameters:
///   - values: one an area; an area without counts nowhere.
///   - neighbours: of the same areas.
/// - Returns: missing where the value is, where all values are equal, and for an area that has all
///   others for neighbours.
package func getisOrd(_ values: [Double?], neighbours: AreaNeighbours) -> [Double?] {
  precondition(values.count == neighbours.lists.count)
  let known = values.compactMap { $0 }
  let count = Double(known.count)
  let mean = known.reduce(0, +) / count
  let deviation = (known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  return values.indices.map { area in
    guard let own = values[area] else { return nil }
    let around = neighbours.lists[area].compactMap { values[$0] }
    let weight = Double(around.count + 1)
    let spread = weight * (count - weight)
    guard deviation > 0, spread > 0 else { return nil }
    let excess = around.reduce(own, +) - weight * mean
    return excess / (deviation * (spread / (count - 1)).squareRoot())
  }
}
