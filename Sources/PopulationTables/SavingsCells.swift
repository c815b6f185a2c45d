package import PipelineFile
import Statistics
package import Tabular

/// Puts what was counted of a period beside what it would have cost at the costs of a baseline.
///
/// Each stratum of persons costs what it did a person-year in the baseline, and more by the trend
/// (indirect standardisation of costs). One that had no person-years then takes the cost of all, and
/// the baseline is marked `pooled`; above 10 % of the person-years it is missing.
///
/// It is computed before protection, of strata that are never shown. A cell is shown as any sum is,
/// by the fewest persons who have costs of one of its sources, now or in the baseline.
///
/// - Parameters:
///   - name: of the table.
///   - savings: what it tells.
///   - now: of `AggregateStage.counting(savingsOf:)`, of the period.
///   - before: the same of each period of the baseline.
/// - Returns: `baseline` and `actual`, in cents: a row a payer, then all together.
/// - Throws: `overflow` with a source.
package func savingsCells(
  named name: String,
  _ savings: SavingsDefinition,
  now: CellTable,
  before: [CellTable]
) throws(PopulationTablesError) -> CellTable {
  let costs = try savings.costs.map { (source) throws(PopulationTablesError) in
    try SourceCosts(source.name, savings, now: now, before: before)
  }
  let parts = savings.payers?.parts ?? []
  let investors = parts.isEmpty ? [] : savings.invested.map { Array($0.cents.keys) } ?? []
  let payers = Set(parts.map(\.payer) + investors).sorted {
    $0.utf8.lexicographicallyPrecedes($1.utf8)
  }
  var cells: [PaidCosts] = []
  for payer in payers {
    var paid = PaidCosts()
    for cost in costs {
      let own = parts.filter { $0.source == cost.source }
      guard let place = own.firstIndex(where: { $0.payer == payer }) else { continue }
      let start = own[..<place].reduce(0) { $0 + $1.hundredths }
      try paid.add(cost, from: start, to: start + own[place].hundredths)
    }
    cells.append(paid)
  }
  var all = PaidCosts()
  for cost in costs { try all.add(cost, from: 0, to: SourceCosts.whole) }
  cells.append(all)
  return CellTable(
    name: name,
    dimensions: [
      CellTable.Dimension(
        name: "payer",
        labels: payers,
        codes: payers.indices.map { Int32($0) } + [CellTable.total]
      )
    ],
    figures: [
      figure("baseline", cells, \.baseline, marks: cells.map { $0.isPooled ? .pooled : .none }),
      figure("actual", cells, \.actual, marks: []),
    ],
    persons: cells.map { _ in now.persons.reduce(0, +) },
    scope: .alone
  )
}

private func figure(
  _ name: String,
  _ cells: [PaidCosts],
  _ value: (PaidCosts) -> Int64?,
  marks: [CellTable.Figure.Mark]
) -> CellTable.Figure {
  CellTable.Figure(
    name: name,
    kind: .group(least: cells.map(\.least)),
    unit: .cents,
    values: cells.map { value($0) ?? missingInteger },
    marks: marks
  )
}

/// What a payer, or all together, would have paid and pays, in cents.
private struct PaidCosts {
  private(set) var baseline: Int64? = 0
  private(set) var actual: Int64? = 0
  private(set) var isPooled = false
  /// The fewest persons with costs of one source; 0 without costs.
  private(set) var least: Int64 = 0

  /// Adds the costs of a source from one hundredth of a per cent to another.
  mutating func add(
    _ cost: SourceCosts,
    from start: Int64,
    to end: Int64
  ) throws(PopulationTablesError) {
    guard end > start else { return }
    baseline = try sum(baseline, cost.baseline, from: start, to: end, cost.source)
    actual = try sum(actual, cost.actual, from: start, to: end, cost.source)
    isPooled = isPooled || cost.isPooled
    if cost.least > 0 { least = least == 0 ? cost.least : min(least, cost.least) }
  }

  private func sum(
    _ sum: Int64?,
    _ amount: Int64?,
    from start: Int64,
    to end: Int64,
    _ source: String
  ) throws(PopulationTablesError) -> Int64? {
    guard let sum, let amount else { return nil }
    // Cut where the parts meet, so that they add up to the whole.
    let cuts = [start, end].map { Int128(amount) * Int128($0) / Int128(SourceCosts.whole) }
    guard let total = Int64(exactly: Int128(sum) + cuts[1] - cuts[0]), total != missingInteger
    else { throw .overflow(column: source) }
    return total
  }
}

/// The costs of a source, now and at the costs of the baseline.
private struct SourceCosts {
  /// Hundredths of a per cent.
  static let whole: Int64 = 10_000

  let source: String
  let actual: Int64
  /// Nil where too many persons have no like in the baseline.
  let baseline: Int64?
  let isPooled: Bool
  /// The fewest persons with such costs, now or in the baseline; 0 without costs.
  let least: Int64

  init(
    _ source: String,
    _ savings: SavingsDefinition,
    now: CellTable,
    before: [CellTable]
  ) throws(PopulationTablesError) {
    self.source = source
    let now = try StratumCosts(source, [now])
    let before = try StratumCosts(source, before)
    actual = now.total.cents
    let groups = [now.persons, before.persons].filter { $0 > 0 }
    least = groups.min() ?? 0
    guard before.total.years > 0 else {
      baseline = nil
      isPooled = false
      return
    }
    var costs: [Double] = []
    var years: [Double] = []
    var pooled = 0.0
    for stratum in now.strata.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let today = now.strata[stratum], today.years > 0 else { continue }
      var then = before.strata[stratum] ?? Amount()
      if then.years == 0 {
        then = before.total
        pooled += Double(today.years)
      }
      costs.append(Double(then.cents) / Double(then.years) * 1_000_000)
      years.append(Double(today.years) / 1_000_000)
    }
    isPooled = pooled > 0
    guard pooled <= 0.1 * Double(now.total.years) else {
      baseline = nil
      return
    }
    let agreement = SavingsAgreement(
      trend: savings.trend,
      corridor: savings.corridor,
      share: savings.share,
      cap: savings.cap
    )
    guard let cents = agreement.baseline(costs: costs, personYears: years) else {
      throw .overflow(column: source)
    }
    baseline = Int64(cents)
  }
}

/// The costs of a source by stratum, over some periods.
private struct StratumCosts {
  private(set) var strata: [[String]: Amount] = [:]
  private(set) var total = Amount()
  /// Those with costs, in the period that has most.
  private(set) var persons: Int64 = 0

  init(_ source: String, _ tables: [CellTable]) throws(PopulationTablesError) {
    for table in tables {
      guard let costs = table.figures.first(where: { $0.name == source }),
        let years = table.figures.first(where: { $0.name == SavingsDefinition.personYears })
      else { throw .noColumn(name: source) }
      persons = max(persons, costs.contributors.reduce(0, +))
      for cell in 0..<table.cellCount {
        let labels = table.dimensions.map { $0.labels[Int($0.codes[cell])] }
        try strata[labels, default: Amount()].add(costs, years, cell)
        try total.add(costs, years, cell)
      }
    }
  }
}

private struct Amount {
  private(set) var cents: Int64 = 0
  /// In millionths.
  private(set) var years: Int64 = 0

  mutating func add(
    _ costs: CellTable.Figure,
    _ years: CellTable.Figure,
    _ cell: Int
  ) throws(PopulationTablesError) {
    let cents = self.cents.addingReportingOverflow(costs.values[cell])
    let time = self.years.addingReportingOverflow(years.values[cell])
    guard !cents.overflow, !time.overflow else { throw .overflow(column: costs.name) }
    (self.cents, self.years) = (cents.partialValue, time.partialValue)
  }
}
