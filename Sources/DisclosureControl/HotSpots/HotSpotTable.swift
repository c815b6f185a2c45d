package import PipelineFile
package import Statistics
import Tabular

/// Tells in which areas of a protected table more persons are counted than expected.
///
/// All that is added is made of `observed` and `expected` as they are shown, and of where the areas
/// lie: whoever has the table can compute the same. An area of which either is hidden, or of an
/// earlier night, is one of which nothing is known: all that is added of it is hidden, and it brings
/// nothing to the figures of others. Where either is changed, so is what is made of it.
///
/// - Parameters:
///   - table: an area a row; without both figures it stays as it is.
///   - search: how it is looked for. A zone may have `atMost` of all that is expected of the areas
///     that are shown.
///   - levels: of the limits beside the ratios.
///   - streams: a seed for each run of the scan.
///   - workers: how many threads; the table is the same for any number.
/// - Returns: the same rows, with the columns of the search after the first two.
package func hotSpotTable(
  _ table: ProtectedTable,
  _ search: HotSpotSearch,
  levels: [Confidence],
  streams: [UInt64],
  workers: Int
) -> ProtectedTable {
  guard let spots = HotSpotTable(table, search) else { return table }
  var figures = spots.ratioFigures(levels)
  if let near = search.near {
    let map = AreaMap(spots.areas, near: near)
    if search.find.contains(.scan) {
      figures += spots.zoneFigures(map, streams: streams, workers: workers)
    }
    if search.find.contains(.gi) { figures += spots.neighbourFigures(map) }
  }
  return ProtectedTable(
    name: table.name,
    dimensions: table.dimensions,
    figures: table.figures + figures,
    cellCount: table.cellCount
  )
}

private struct HotSpotTable {
  /// One a row, as all that follow.
  let areas: [String]
  private let search: HotSpotSearch
  /// Nil where nothing is known.
  private let counts: [(observed: Int, expected: Double)?]
  /// Of what is made of both.
  private let marks: [CellMark]

  /// Fewer events than this tell nothing of one area.
  private static let fewestObserved = 10
  /// An area of which less is expected is not tested.
  private static let leastExpected = 1.0

  init?(_ table: ProtectedTable, _ search: HotSpotSearch) {
    guard let dimension = table.dimensions.first,
      let observed = table.figures.first(where: { $0.name == HotSpotSearch.observed }),
      let expected = table.figures.first(where: { $0.name == HotSpotSearch.expected })
    else { return nil }
    self.search = search
    areas = dimension.codes.map { $0 == CellTable.total ? "" : dimension.labels[Int($0)] }
    marks = (0..<table.cellCount).map { cell in
      let (first, second) = (observed.marks[cell], expected.marks[cell])
      if first.isHidden || second.isHidden { return .hidden }
      return observed.values[cell] < 0 || expected.values[cell] == missingInteger
        ? .missing : combined(first, second)
    }
    counts = marks.indices.map { [marks] cell in
      guard marks[cell] != .hidden, marks[cell] != .missing else { return nil }
      let whole = Double(expected.unit.perWhole)
      return (Int(observed.values[cell]), Double(expected.values[cell]) / whole)
    }
  }

  /// Whether an area is tested: not by what was counted there, which would favour chance.
  private func isTested(_ row: Int) -> Bool {
    areas[row] != unknownLabel && counts[row].map { $0.expected >= Self.leastExpected } ?? false
  }

  /// What each area tells by itself.
  func ratioFigures(_ levels: [Confidence]) -> [ProtectedTable.Figure] {
    func ratio(_ row: Int, _ level: Confidence) -> Estimate? {
      counts[row].map {
        standardisedRatio(observed: $0.observed, expected: $0.expected, level)
      }
    }
    let p = counts.indices.map { row in
      isTested(row)
        ? counts[row].map { Poisson.upperTail(from: $0.observed, mean: $0.expected) } : nil
    }
    let q = benjaminiHochberg(p)
    let isTold = counts.indices.map { row in
      isTested(row) && counts[row].map { $0.observed >= Self.fewestObserved } ?? false
    }
    func told(_ name: String, _ values: [Double?]) -> ProtectedTable.Figure {
      let numbers = values.indices.map { isTold[$0] ? millionths(values[$0]) : missingInteger }
      return figure(name, numbers, isFew: isTold.map { !$0 })
    }
    return [
      figure(
        "smr",
        counts.indices.map { millionths(ratio($0, .ninetyFive)?.value) },
        limitColumns(levels, cellCount: counts.count) { ratio($0, $1)?.interval }
      ),
      told("p", p),
      told("q", q),
      words(
        "verdict",
        q.indices.map { row in
          isTold[row] && q[row].map { $0 <= search.falseDiscoveryRate } ?? false
            ? 0 : missingInteger
        },
        of: ["high"],
        isFew: isTold.map { !$0 }
      ),
    ]
  }

  /// The zone that each area is in, the best one being the first.
  func zoneFigures(
    _ map: AreaMap,
    streams: [UInt64],
    workers: Int
  ) -> [ProtectedTable.Figure] {
    let expected = map.values(counts.map { $0?.expected ?? 0 }, empty: 0)
    let zones = ScanStatistic(
      observed: map.values(counts.map { $0?.observed ?? 0 }, empty: 0),
      expected: expected,
      // Millionths are whole: they add up exactly in any order.
      zones: map.zones(
        sizes: expected.map { Int(exactly: ($0 * 1_000_000).rounded()) ?? 0 },
        atMost: search.atMost
      )
    ).hotZones(streams: streams, workers: workers)
    var number = [Int64](repeating: missingInteger, count: counts.count)
    var ratio = number
    var p = number
    for (place, zone) in zones.enumerated() {
      // A zone may reach across an area of which nothing is known.
      for row in zone.areas.compactMap({ map.rows[$0] }) where counts[row] != nil {
        number[row] = Int64(place)
        ratio[row] = millionths(zone.logLikelihoodRatio)
        p[row] = millionths(zone.p)
      }
    }
    return [
      words("zone", number, of: zones.indices.map { "\($0 + 1)" }),
      figure("zone_llr", ratio),
      figure("zone_p", p),
    ]
  }

  /// How high each area is with its neighbours.
  func neighbourFigures(_ map: AreaMap) -> [ProtectedTable.Figure] {
    // A ratio to next to nothing would outweigh all others.
    let ratios = counts.indices.map { row in
      isTested(row) ? counts[row].map { Double($0.observed) / $0.expected } : nil
    }
    let excess = getisOrd(map.values(ratios, empty: nil), neighbours: map.neighbours)
    let q = benjaminiHochberg(excess.map { $0.map { Normal.cdf(-$0) } })
    var values = [Int64](repeating: missingInteger, count: counts.count)
    var qValues = values
    for (number, row) in map.rows.enumerated() {
      guard let row else { continue }
      values[row] = millionths(excess[number])
      qValues[row] = millionths(q[number])
    }
    return [figure("gi", values), figure("gi_q", qValues)]
  }

  /// A figure in millionths; missing where there is no such number.
  private func figure(
    _ name: String,
    _ values: [Int64],
    _ companions: [CellTable.Companion] = [],
    isFew: [Bool] = []
  ) -> ProtectedTable.Figure {
    ProtectedTable.Figure(
      name: name,
      unit: .millionths,
      values: values,
      marks: values.indices.map { row in
        if counts[row] == nil { return marks[row] }
        if isFew.indices.contains(row), isFew[row] { return .few }
        return values[row] == missingInteger ? .missing : marks[row]
      },
      companions: companions
    )
  }

  /// A figure of words; where it says nothing there is none to say, and a word is not changed.
  private func words(
    _ name: String,
    _ values: [Int64],
    of texts: [String],
    isFew: [Bool] = []
  ) -> ProtectedTable.Figure {
    ProtectedTable.Figure(
      name: name,
      unit: .text,
      values: values,
      marks: values.indices.map { row in
        if counts[row] != nil, isFew.indices.contains(row), isFew[row] { return .few }
        return marks[row] == .changed ? .none : marks[row]
      },
      texts: texts
    )
  }
}
