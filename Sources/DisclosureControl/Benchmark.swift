package import PipelineFile
package import Statistics
import Tabular

extension PublishedRegion {
  /// This region: what a protected table shows of everyone.
  init(
    name: String,
    of table: ProtectedTable,
    _ benchmark: BenchmarkDefinition,
    coverage: Double?
  ) {
    let cell = (0..<table.cellCount).first { cell in
      table.dimensions.allSatisfy { $0.codes[cell] == CellTable.total }
    }
    func shown(_ part: Int) -> Double? {
      guard let cell, benchmark.parts.indices.contains(part),
        let figure = table.figures.first(where: { $0.name == benchmark.parts[part].name }),
        figure.marks[cell] != .hidden, figure.values[cell] != missingInteger
      else { return nil }
      // As it is published: amounts in cents.
      let unit = figure.unit == .cents ? 1 : figure.unit.perWhole
      return Double(figure.values[cell]) / Double(unit)
    }
    self.init(
      name: name,
      events: shown(0),
      base: shown(1),
      coverage: coverage,
      strata: Self.strata(of: table, benchmark)
    )
  }

  /// What the table shows of each stratum, whatever else it is cut by.
  private static func strata(
    of table: ProtectedTable,
    _ benchmark: BenchmarkDefinition
  ) -> [[String]: Counts] {
    let cuts = benchmark.strata.compactMap { name in table.dimensions.first { $0.name == name } }
    let others = table.dimensions.filter { !benchmark.strata.contains($0.name) }
    let parts = benchmark.parts.compactMap { part in table.figures.first { $0.name == part.name } }
    guard !cuts.isEmpty, cuts.count == benchmark.strata.count, parts.count == 2 else { return [:] }
    var strata: [[String]: Counts] = [:]
    for cell in 0..<table.cellCount
    where others.allSatisfy({ $0.codes[cell] == CellTable.total })
      && !cuts.contains(where: { $0.codes[cell] == CellTable.total })
    {
      let shown = parts.map { $0.marks[cell] == .hidden ? missingInteger : $0.values[cell] }
      guard !shown.contains(missingInteger) else { continue }
      strata[cuts.map { $0.labels[Int($0.codes[cell])] }] = Counts(
        events: Double(shown[0]),
        persons: Double(shown[1])
      )
    }
    return strata
  }
}

/// Compares regions by what they published, and shows between which limits one lies that has the rate
/// of all.
///
/// Nothing is read but published numbers: whoever has them can compute the same. The rate of all is
/// that of the regions that are compared. A ratio is of what a region counts for what it would with
/// the rates of all, stratum by stratum (indirect standardisation). The limits of a share of persons are normal, those of other
/// events exact Poisson limits (Spiegelhalter, 2005); 95 and 99.8 %. Amounts of money have none, for
/// nothing tells how they vary, and so no verdict.
///
/// - Parameters:
///   - name: of the table.
///   - benchmark: what is compared.
///   - own: the name of this region, its protected table that has the rate, and its coverage.
///   - others: distinct by name.
///   - levels: of the limits of each rate.
/// - Returns: a row a region, by name.
package func benchmarkTable(
  named name: String,
  _ benchmark: BenchmarkDefinition,
  own: (name: String, table: ProtectedTable, coverage: Double?),
  others: [PublishedRegion],
  levels: [Confidence]
) -> ProtectedTable {
  let here = PublishedRegion(name: own.name, of: own.table, benchmark, coverage: own.coverage)
  return benchmarkTable(named: name, benchmark, of: [here] + others, levels: levels)
}

func benchmarkTable(
  named name: String,
  _ benchmark: BenchmarkDefinition,
  of regions: [PublishedRegion],
  levels: [Confidence]
) -> ProtectedTable {
  let table = BenchmarkTable(benchmark, regions)
  return ProtectedTable(
    name: name,
    dimensions: [table.dimension],
    figures: table.figures(levels),
    cellCount: regions.count
  )
}

private struct BenchmarkTable {
  /// What the limits of the rate are made of.
  private enum Spread {
    /// Persons of persons.
    case share
    case events
    case unknown

    init(_ parts: [Measure]) {
      let isOfCovered = parts.last?.countsCovered == true
      switch (parts.first?.kind, isOfCovered ? .count : parts.last?.kind) {
      case (.count?, .count?), (.countWhere?, .count?): self = .share
      case (let events?, .count?), (let events?, .personYears?):
        self = events.isOfEvents ? .events : .unknown
      default: self = .unknown
      }
    }
  }

  private let benchmark: BenchmarkDefinition
  private let regions: [PublishedRegion]
  private let per: Double
  private let spread: Spread
  /// Events for one of the base, over all regions that are compared; nil when there are none.
  private let overall: Double?

  init(_ benchmark: BenchmarkDefinition, _ regions: [PublishedRegion]) {
    let sorted = regions.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let regions = benchmark.strata.isEmpty ? sorted : expected(of: sorted, benchmark.coverage)
    self.benchmark = benchmark
    self.regions = regions
    if case .quotient(_, let per, _) = benchmark.rate.kind {
      self.per = Double(per)
    } else {
      per = 1
    }
    spread = benchmark.strata.isEmpty ? Spread(benchmark.parts) : .events
    let compared = regions.filter { Self.isComparable($0, benchmark) }
    let base = compared.reduce(0) { $0 + ($1.base ?? 0) }
    let events = compared.reduce(0) { $0 + ($1.events ?? 0) }
    overall = base > 0 ? events / base : nil
  }

  var dimension: CellTable.Dimension {
    CellTable.Dimension(
      name: "region",
      labels: regions.map(\.name),
      codes: regions.indices.map { Int32($0) }
    )
  }

  func figures(_ levels: [Confidence]) -> [ProtectedTable.Figure] {
    let words = ["high", "incomparable", "low", "usual"]
    let verdicts = regions.map { verdict(of: $0).flatMap(words.firstIndex).map { Int64($0) } }
    let limits = limitColumns(levels, cellCount: regions.count) { cell, level in
      interval(of: regions[cell], level)?.scaled(by: per)
    }
    let funnels = limitColumns(
      [.ninetyFive, .ninetyNineEight],
      cellCount: regions.count
    ) { cell, level in funnel(of: regions[cell], level)?.scaled(by: per) }
    let names = benchmark.parts.map(\.name)
    return [
      counted(names.first ?? "", benchmark.parts.first?.kind, regions.map(\.events)),
      benchmark.strata.isEmpty
        ? counted(names.last ?? "", benchmark.parts.last?.kind, regions.map(\.base))
        : figure("expected", .millionths, regions.map { millionths($0.base) }),
      figure(
        benchmark.rate.name,
        .millionths,
        regions.map { millionths(rate(of: $0).map { $0 * per }) },
        limits
      ),
      figure(
        "overall",
        .millionths,
        regions.map { _ in millionths(overall.map { $0 * per }) },
        funnels
      ),
      figure("coverage", .millionths, regions.map { millionths($0.coverage.map { $0 * 100 }) }),
      ProtectedTable.Figure(
        name: "verdict",
        unit: .text,
        values: verdicts.map { $0 ?? missingInteger },
        marks: verdicts.map { $0 == nil ? .missing : .none },
        texts: words
      ),
    ]
  }

  private static func isComparable(
    _ region: PublishedRegion,
    _ benchmark: BenchmarkDefinition
  ) -> Bool {
    guard let events = region.events, let base = region.base, events >= 0, base > 0 else {
      return false
    }
    return region.isCovered(benchmark.coverage)
  }

  private func rate(of region: PublishedRegion) -> Double? {
    guard let events = region.events, let base = region.base, base > 0 else { return nil }
    return events / base
  }

  private func interval(of region: PublishedRegion, _ level: Confidence) -> Interval? {
    guard let events = region.events, let base = region.base, events >= 0, base > 0 else {
      return nil
    }
    switch spread {
    case .share: return wilsonInterval(count: whole(events), of: whole(base), level)
    case .events:
      return poissonInterval(observed: whole(events), level).scaled(by: 1 / base)
    case .unknown: return nil
    }
  }

  private func funnel(of region: PublishedRegion, _ level: Confidence) -> Interval? {
    guard let overall, let base = region.base, base > 0 else { return nil }
    switch spread {
    case .share: return shareFunnel(share: overall, of: whole(base), level)
    case .events: return ratioFunnel(expected: overall * base, level)?.scaled(by: overall)
    case .unknown: return nil
    }
  }

  /// By the outer limits; nil where nothing is shown.
  private func verdict(of region: PublishedRegion) -> String? {
    guard Self.isComparable(region, benchmark) else { return "incomparable" }
    guard let rate = rate(of: region), let funnel = funnel(of: region, .ninetyNineEight) else {
      return nil
    }
    return rate > funnel.upper ? "high" : rate < funnel.lower ? "low" : "usual"
  }

  private func counted(
    _ name: String,
    _ kind: Measure.Kind?,
    _ values: [Double?]
  ) -> ProtectedTable.Figure {
    let isWhole = if case .personYears? = kind { false } else { kind?.expression?.type != .decimal }
    return isWhole
      ? figure(name, .number, values.map { $0.map { Int64(whole($0)) } ?? missingInteger })
      : figure(name, .millionths, values.map { millionths($0) })
  }

  private func whole(_ base: Double) -> Int { Int(exactly: base.rounded()) ?? 0 }

  private func figure(
    _ name: String,
    _ unit: FigureUnit,
    _ values: [Int64],
    _ companions: [CellTable.Companion] = []
  ) -> ProtectedTable.Figure {
    ProtectedTable.Figure(
      name: name,
      unit: unit,
      values: values,
      marks: values.map { $0 == missingInteger ? .missing : .none },
      companions: companions
    )
  }
}
