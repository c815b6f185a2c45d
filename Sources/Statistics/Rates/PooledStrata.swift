/// Strata after those without persons have joined a neighbour.
struct PooledStrata {
  /// Each with weight and population.
  private(set) var strata: [Stratum] = []
  /// The part of the weight that was not the stratum's own.
  private(set) var pooledWeight = 0.0
  /// Weight of groups in which nobody is.
  private(set) var lostWeight = 0.0

  /// Joins each stratum with weight but without persons to the next younger band of its group.
  ///
  /// Below the youngest band with persons there is none: such a stratum joins that band.
  init(_ given: [Stratum]) {
    let ordered = given.sorted { ($0.group, $0.band) < ($1.group, $1.band) }
    var start = ordered.startIndex
    while start < ordered.endIndex {
      let group = ordered[start].group
      let end = ordered[start...].firstIndex { $0.group != group } ?? ordered.endIndex
      pool(ordered[start..<end])
      start = end
    }
    strata.removeAll { $0.weight <= 0 }
  }

  private mutating func pool(_ group: ArraySlice<Stratum>) {
    let first = strata.endIndex
    strata += group.filter { $0.population > 0 }
    let empty = group.filter { $0.population <= 0 && $0.weight > 0 }
    for stratum in empty {
      guard first < strata.endIndex else {
        lostWeight += stratum.weight
        continue
      }
      let younger = strata[first...].lastIndex { $0.band < stratum.band } ?? first
      strata[younger].join(stratum)
      pooledWeight += stratum.weight
    }
  }
}
