import PipelineFile
import Statistics
import Tabular

/// Makes a table of the areas in which more persons are counted than expected.
struct HotSpotTable {
  private let definition: TableDefinition
  private let search: HotSpotSearch
  private let counts: AreaCounts
  /// Of the limits beside the ratios.
  private let levels: [Confidence]
  /// A seed for each run of the scan.
  private let streams: [UInt64]
  private let workers: Int

  /// Fewer events than this tell nothing of one area.
  private static let fewestObserved = 10
  /// An area of which less is expected is not tested.
  private static let leastExpected = 1.0
  /// The place of the persons counted among the figures; all others follow from them.
  private static let observedPlace = 0

  /// - Throws: `noColumn`, `typeMismatch`.
  init(
    _ definition: TableDefinition,
    _ search: HotSpotSearch,
    columns: PersonColumns,
    levels: [Confidence],
    streams: [UInt64],
    workers: Int
  ) throws(PopulationTablesError) {
    self.definition = definition
    self.search = search
    self.levels = levels
    self.streams = streams
    self.workers = workers
    counts = try AreaCounts(search, by: definition.by.first ?? "", columns)
  }

  func table() -> CellTable {
    let observed = counts.observed.map { Int64($0) }
    var figures = [
      CellTable.Figure(
        name: "observed",
        kind: .part,
        unit: .number,
        values: observed,
        contributors: observed
      ),
      CellTable.Figure(
        name: "expected",
        kind: .open,
        unit: .millionths,
        values: counts.expected.map { millionths($0) }
      ),
    ]
    figures += ratioFigures()
    if let near = search.near {
      let map = AreaMap(counts.areas, near: near)
      if search.find.contains(.scan) { figures += zoneFigures(map) }
      if search.find.contains(.gi) { figures += neighbourFigures(map) }
    }
    return CellTable(
      name: definition.name,
      dimensions: [
        CellTable.Dimension(
          name: definition.by.first ?? "",
          labels: counts.areas,
          codes: counts.areas.indices.map { Int32($0) }
        )
      ],
      figures: figures,
      persons: counts.persons.map { Int64($0) }
    )
  }

  /// Whether an area is tested: not by what was counted there, which would favour chance.
  private func isTested(_ area: Int) -> Bool {
    counts.areas[area] != unknownLabel && counts.expected[area] >= Self.leastExpected
  }

  /// What each area tells by itself.
  private func ratioFigures() -> [CellTable.Figure] {
    let areas = counts.areas.indices
    func ratio(_ area: Int, _ level: Confidence) -> Estimate {
      standardisedRatio(
        observed: counts.observed[area],
        expected: counts.expected[area],
        level
      )
    }
    let p = areas.map { area in
      isTested(area)
        ? Poisson.upperTail(from: counts.observed[area], mean: counts.expected[area]) : nil
    }
    let q = benjaminiHochberg(p)
    let marks = areas.map { area -> CellTable.Figure.Mark in
      isTested(area) && counts.observed[area] >= Self.fewestObserved ? .none : .few
    }
    func told(_ values: [Double?]) -> [Int64] {
      areas.map { marks[$0] == .none ? millionths(values[$0]) : missingInteger }
    }
    let verdicts = areas.map { area -> Int64 in
      guard marks[area] == .none, let q = q[area], q <= search.falseDiscoveryRate else {
        return missingInteger
      }
      return 0
    }
    return [
      fitted(
        "smr",
        areas.map { millionths(ratio($0, .ninetyFive).value) },
        companions: limitColumns(levels, cellCount: areas.count) { ratio($0, $1).interval }
      ),
      fitted("p", told(p), marks: marks),
      fitted("q", told(q), marks: marks),
      fitted("verdict", verdicts, texts: ["high"], marks: marks),
    ]
  }

  /// The zone that each area is in, the best one being the first.
  private func zoneFigures(_ map: AreaMap) -> [CellTable.Figure] {
    let zones = ScanStatistic(
      observed: map.values(counts.observed, empty: 0),
      expected: map.values(counts.expected, empty: 0),
      zones: map.zones(persons: counts.persons, atMost: search.atMost)
    ).hotZones(streams: streams, workers: workers)
    var number = [Int64](repeating: missingInteger, count: counts.areas.count)
    var ratio = number
    var p = number
    for (place, zone) in zones.enumerated() {
      for row in zone.areas.compactMap({ map.rows[$0] }) {
        number[row] = Int64(place)
        ratio[row] = millionths(zone.logLikelihoodRatio)
        p[row] = millionths(zone.p)
      }
    }
    return [
      fitted("zone", number, texts: zones.indices.map { "\($0 + 1)" }),
      fitted("zone_llr", ratio),
      fitted("zone_p", p),
    ]
  }

  /// How high each area is with its neighbours.
  private func neighbourFigures(_ map: AreaMap) -> [CellTable.Figure] {
    // A ratio to next to nothing would outweigh all others.
    let ratios = counts.areas.indices.map { area in
      isTested(area) ? Double(counts.observed[area]) / counts.expected[area] : nil
    }
    let excess = getisOrd(map.values(ratios, empty: nil), neighbours: map.neighbours)
    let q = benjaminiHochberg(excess.map { $0.map { Normal.cdf(-$0) } })
    var values = [Int64](repeating: missingInteger, count: counts.areas.count)
    var qValues = values
    for (number, row) in map.rows.enumerated() {
      guard let row else { continue }
      values[row] = millionths(excess[number])
      qValues[row] = millionths(q[number])
    }
    return [fitted("gi", values), fitted("gi_q", qValues)]
  }

  /// A figure that follows from who is counted, here and elsewhere.
  private func fitted(
    _ name: String,
    _ values: [Int64],
    texts: [String] = [],
    marks: [CellTable.Figure.Mark] = [],
    companions: [CellTable.Companion] = []
  ) -> CellTable.Figure {
    CellTable.Figure(
      name: name,
      kind: .fitted(of: [Self.observedPlace]),
      unit: texts.isEmpty ? .millionths : .text,
      values: values,
      texts: texts,
      marks: marks,
      companions: companions
    )
  }
}
