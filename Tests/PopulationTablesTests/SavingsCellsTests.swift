import Diagnostics
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile
@testable import PopulationTables
@testable import Tabular

@Suite("Costs beside those of a baseline")
struct SavingsCellsTests {
  private func savings(
    _ costs: [Measure],
    adjust: [String],
    trend: Double,
    payers: [PayerFile.Part] = [],
    invested: [String: Int64] = [:]
  ) -> SavingsDefinition {
    let place = Place(file: "test.yaml")
    return SavingsDefinition(
      costs: costs,
      baseline: [],
      adjust: adjust,
      trend: trend,
      corridor: 0.02,
      share: 0.5,
      cap: 0.1,
      quality: [],
      invested: InvestmentFile(path: "", place: place, cents: invested),
      payers: payers.isEmpty ? nil : PayerFile(path: "", place: place, parts: payers)
    )
  }

  private let care = Measure(
    name: "care",
    kind: .sum(TypedExpression(accumulator("care", .sum, "amount"), type: .money))
  )
  private let support = Measure(
    name: "support",
    kind: .sum(TypedExpression(accumulator("support", .sum, "amount"), type: .money))
  )

  /// Person-years and cents by age; each person-year of somebody, and of everybody costs.
  private func counts(_ years: [Double], cents: [Int64]) -> CellTable {
    let persons = years.map { Int64($0) }
    func figure(_ name: String, _ values: [Int64]) -> CellTable.Figure {
      CellTable.Figure(
        name: name,
        kind: .sum,
        unit: .number,
        values: values,
        contributors: persons
      )
    }
    return CellTable(
      name: "savings",
      dimensions: [
        .init(
          name: "age",
          labels: ["0-64", "65-84", "85+"],
          codes: years.indices.map { Int32($0) }
        )
      ],
      figures: [
        figure(SavingsDefinition.personYears, years.map { Int64($0 * 1e6) }),
        figure("care", cents),
      ],
      persons: persons
    )
  }

  @Test("the page's region would have cost what the page says")
  func knownAnswer() throws {
    // In two periods, which count together: 900, 2400 and 8200 euros a person-year.
    let before = [
      counts([1000, 500, 10], cents: [80_000_000, 130_000_000, 8_200_000]),
      counts([2000, 500, 30], cents: [190_000_000, 110_000_000, 24_600_000]),
    ]
    let now = counts([21_000, 9000, 2500], cents: [2_000_000_000, 2_000_000_000, 2_100_000_000])
    let table = try savingsCells(
      named: "savings",
      savings([care], adjust: ["age"], trend: 0.03),
      now: now,
      before: before
    )
    #expect(table.figures.map(\.name) == ["baseline", "actual"])
    #expect(table.figures.map(\.values) == [[6_283_000_000], [6_100_000_000]])
    #expect(table.dimensions[0].codes == [CellTable.total])
    #expect(table.persons == [32_500])
    // The baseline's second period has most persons, fewer than now.
    #expect(table.figures[0].kind == .group(least: [2530]))
  }

  @Test("strata that the baseline lacks cost what all did, up to a tenth of the person-years")
  func poolsStrata() throws {
    let before = counts([1000, 0, 0], cents: [90_000_000, 0, 0])
    func baseline(_ years: [Double]) throws -> CellTable.Figure {
      try savingsCells(
        named: "savings",
        savings([care], adjust: ["age"], trend: 0),
        now: counts(years, cents: [1, 1, 1]),
        before: [before]
      ).figures[0]
    }
    let pooled = try baseline([900, 100, 0])
    #expect(pooled.values == [90_000_000] && pooled.marks == [.pooled])
    #expect(try baseline([900, 0, 0]).marks == [.none])
    #expect(try baseline([899, 101, 0]).values == [missingInteger])
    let none = try savingsCells(
      named: "savings",
      savings([care], adjust: ["age"], trend: 0),
      now: counts([900, 0, 0], cents: [1, 1, 1]),
      before: [counts([0, 0, 0], cents: [0, 0, 0])]
    )
    #expect(none.figures[0].values == [missingInteger])
  }

  @Test("what payers pay adds up to the whole, whatever the parts; an investor may pay nothing")
  func cutsByPayer() throws {
    let parts = [("a", 3333), ("b", 3334), ("c", 3333)].map {
      PayerFile.Part(source: "care", payer: $0.0, hundredths: Int64($0.1))
    }
    let table = try savingsCells(
      named: "savings",
      savings([care], adjust: ["age"], trend: 0, payers: parts, invested: ["province": 5]),
      now: counts([10, 10, 10], cents: [1001, -4, 0]),
      before: [counts([10, 10, 10], cents: [500, 500, 1])]
    )
    #expect(table.dimensions[0].labels == ["a", "b", "c", "province"])
    #expect(table.dimensions[0].codes == [0, 1, 2, 3, CellTable.total])
    for (figure, whole) in zip(table.figures, [1001, 997] as [Int64]) {
      #expect(figure.values[4] == whole)
      #expect(figure.values[..<4].reduce(0, +) == whole)
      #expect(figure.values[3] == 0)
      #expect(figure.values[..<3].allSatisfy { abs($0 - whole / 3) <= 1 })
    }
  }

  @Test(
    "costs agree with those counted person by person, for any number of workers",
    arguments: 0..<60 as Range<UInt64>
  )
  func agreesWithPlain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(random: &random)
    var stage = smallStage(random: &random)
    let dimensions = ["sex", "age_band", "segment", "neighbourhood"].shuffled(using: &random)
    let definition = savings(
      [care, support],
      adjust: Array(dimensions.prefix(Int.random(in: 1...2, using: &random))),
      trend: 0.03,
      payers: [
        .init(source: "care", payer: "insurer", hundredths: 6_250),
        .init(source: "care", payer: "town", hundredths: 3_750),
        .init(source: "support", payer: "town", hundredths: 10_000),
      ],
      invested: ["insurer": 0, "town": Int64.random(in: 1...1000, using: &random)]
    )
    stage.tables = [
      TableDefinition(
        name: "savings",
        rows: [],
        by: [],
        totals: [],
        content: .savings(definition),
        place: Place(file: "test.yaml")
      )
    ]
    let stages = try smallPeriods.map { period in
      var stage = stage
      stage.period = period
      return try #require(stage.counting(savingsOf: "savings"))
    }
    let plain = stages.map { stage in
      PlainTables(stage, persons: region.persons, rows: region.rows).cells(stage.tables[0])
    }
    let expected = PlainSavings(now: plain[0], before: Array(plain[1...]), trend: 0.03)
    for workers in [1, 2, 8] {
      let counts = try stages.map { stage in
        try aggregate(
          stage,
          residents: region.residents,
          sources: region.sources,
          workers: workers
        )[0]
      }
      let table = try savingsCells(
        named: "savings",
        definition,
        now: counts[0],
        before: Array(counts[1...])
      )
      #expect(table.dimensions[0].labels == ["insurer", "town"])
      let actual = (0...1).map { expected.actual($0) }
      #expect(table.figures[1].values[2] == actual[0] + actual[1], "seed \(seed)")
      let baselines = (0...1).map { expected.baseline($0) }
      let found = table.figures[0].values
      if let care = baselines[0], let support = baselines[1] {
        let wanted = [
          care.cents * 0.625, care.cents * 0.375 + support.cents, care.cents + support.cents,
        ]
        for (value, cents) in zip(found, wanted) {
          #expect(abs(Double(value) - cents) <= 2, "seed \(seed)")
        }
        #expect(found[0] + found[1] == found[2], "seed \(seed)")
        #expect((table.figures[0].marks[2] == .pooled) == (care.isPooled || support.isPooled))
      } else {
        #expect(found[2] == missingInteger, "seed \(seed)")
        #expect((found[0] == missingInteger) == (baselines[0] == nil), "seed \(seed)")
      }
      let least = (0...1).map { expected.least($0) }
      let both = least.filter { $0 > 0 }.min() ?? 0
      #expect(table.figures[1].kind == .group(least: [least[0], both, both]), "seed \(seed)")
      try checkShown(table, definition, least: [least[0], both, both], "seed \(seed)")
    }
  }

  /// What leaves: hidden with fewer than four persons, else made of both costs.
  private func checkShown(
    _ cells: CellTable,
    _ savings: SavingsDefinition,
    least: [Int64],
    _ comment: Comment
  ) throws {
    let shown = savingsTable(
      try protect(cells, Protection(minimum: 4, method: .hide)),
      savings,
      quality: []
    )
    let figures = Dictionary(uniqueKeysWithValues: shown.figures.map { ($0.name, $0) })
    let brings = [0, savings.invested?.cents["town"] ?? 0]
    for (row, brings) in (brings + [brings[1]]).enumerated() {
      let isHidden = 1..<4 ~= least[row] || 1..<4 ~= cells.persons[row]
      let (baseline, actual) = (cells.figures[0].values[row], cells.figures[1].values[row])
      #expect(figures["brings"]?.values[row] == brings, comment)
      let names = ["actual", "takes", "net"]
      for (name, value) in zip(names, [actual, baseline &- actual, baseline &- actual &- brings]) {
        let isMissing = isHidden || name != "actual" && baseline == missingInteger
        #expect(figures[name]?.values[row] == (isMissing ? missingInteger : value), comment)
        #expect((figures[name]?.marks[row] == .hidden) == isHidden, comment)
      }
      let isMissing = isHidden || baseline == missingInteger || brings == 0
      let roi = Double(baseline &- actual &- brings) / Double(brings) * 1e6
      #expect(
        figures["roi"]?.values[row] == (isMissing ? missingInteger : Int64(roi.rounded())),
        comment
      )
    }
  }
}
