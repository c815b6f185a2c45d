import Tabular

/// How standardised rates follow from counts of strata, as bytes among those of their figures.
extension ReleaseBytes {
  mutating func add(_ rate: StrataFigure, expected: StrataFigure?) {
    add(rate == expected)
    if rate == expected { return }
    add(rate.pieces)
    add(rate.strata.count)
    for name in rate.strata { add(name) }
    add(rate.observed)
    add(rate.population != nil)
    if let population = rate.population { add(population) }
    switch rate.method {
    case .indirect: add(0)
    case .direct(let per, let standard):
      add(1)
      add(signed: per)
      add(standard.count)
      for stratum in standard {
        for label in stratum.labels { add(label) }
        add(stratum.group)
        add(stratum.band)
        add(stratum.weight != nil)
        if let weight = stratum.weight { add(weight.bitPattern) }
      }
    }
  }
}

extension ReleaseBytesReading {
  mutating func standardisation(expected: StrataFigure?) throws(NotOfRelease) -> StrataFigure {
    if try flag() {
      guard let expected else { throw NotOfRelease() }
      return expected
    }
    noteChange()
    let pieces = try text()
    var strata: [String] = []
    for _ in 0..<(try count()) { strata.append(try text()) }
    let observed = try text()
    let population = try flag() ? try text() : nil
    return StrataFigure(
      pieces: pieces,
      strata: strata,
      observed: observed,
      population: population,
      method: try method(strataCount: strata.count)
    )
  }

  private mutating func method(
    strataCount: Int
  ) throws(NotOfRelease) -> StrataFigure.Method {
    switch try number() {
    case 0: return .indirect
    case 1: break
    default: throw NotOfRelease()
    }
    let per = try signed()
    guard per > 0 else { throw NotOfRelease() }
    var standard: [StrataFigure.Standard] = []
    for _ in 0..<(try count()) {
      var labels: [String] = []
      for _ in 0..<strataCount { labels.append(try text()) }
      let (group, band) = (try count(), try count())
      let weight = try flag() ? Double(bitPattern: try number()) : nil
      guard weight.map({ $0 >= 0 && $0.isFinite }) ?? true else { throw NotOfRelease() }
      standard.append(
        StrataFigure.Standard(labels: labels, group: group, band: band, weight: weight)
      )
    }
    return .direct(per: per, standard)
  }
}
