import PipelineFile
import Statistics
import Tabular
import Testing

@testable import DisclosureControl

@Suite("Tables that compare regions")
struct BenchmarkTests {
  private func benchmark(
    coverage: String,
    ill: String = "count where care.count > 0",
    rate: String = "ill per 1000 residents"
  ) throws -> BenchmarkDefinition {
    let text = """
      koppel: 1
      pipeline: small
      sample: true
      keys: {region: {file: demo.key}}
      ingest:
        register: {read: csv, files: r.csv, columns: {bsn: {type: bsn}, area: {type: text}}}
        care: {read: csv, files: c.csv, columns: {bsn: {type: bsn}}}
      pseudonymise: {key: region, release: "{pipeline}", columns: {bsn: {token: person}, area: keep}}
      link: {spine: register, exact: [{on: [bsn]}]}
      aggregate:
        tables:
          use:
            by: [area]
            totals: [area]
            measure: {residents: count, ill: \(ill), rate: "\(rate)"}
          regions: {benchmark: {of: use.rate, from: [../other/out], coverage: \(coverage)}}
        protect: {minimum: 10, method: hide}
      publish: {to: out, tables: [use, regions]}
      """
    let pipeline = try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "folder/p.yaml",
      today: CivilDate(dayNumber: 20_700)
    )
    guard case .benchmark(let benchmark)? = pipeline.aggregate.tables.last?.content else {
      throw PipelineFileError.faulty([])
    }
    return benchmark
  }

  private func figures(
    _ benchmark: BenchmarkDefinition,
    _ regions: [PublishedRegion]
  ) -> [String: ProtectedTable.Figure] {
    let table = benchmarkTable(
      named: "regions",
      benchmark,
      of: regions,
      levels: [.ninetyFive]
    )
    return Dictionary(uniqueKeysWithValues: table.figures.map { ($0.name, $0) })
  }

  private func region(_ name: String, _ events: Double?, _ base: Double?, _ coverage: Double?)
    -> PublishedRegion
  {
    PublishedRegion(name: name, events: events, base: base, coverage: coverage)
  }

  @Test("a share lies between normal limits around the share of all that are compared")
  func shares() throws {
    let benchmark = try benchmark(coverage: "90 %")
    #expect(benchmark.from == ["folder/../other/out"])
    let found = figures(
      benchmark,
      [
        region("c", 150, 1000, 0.95), region("a", 100, 1000, 0.95), region("b", 300, 1000, 0.5),
        region("d", nil, 1000, 1), region("e", 50, 1000, nil),
      ]
    )
    let verdict = try #require(found["verdict"])
    // By name: a, b, c, d, e. Those that are covered too little count nowhere.
    #expect(
      verdict.values.map { verdict.texts[Int($0)] }
        == ["usual", "incomparable", "usual", "incomparable", "incomparable"]
    )
    let overall = try #require(found["overall"])
    #expect(overall.values == [Int64](repeating: 125_000_000, count: 5))
    let width = 1.959_963_984_540_054 * (0.125 * 0.875 / 1000).squareRoot()
    #expect(abs(Double(overall.companions[0].values[0]) / 1e9 - (0.125 - width)) < 1e-8)
    #expect(abs(Double(overall.companions[1].values[0]) / 1e9 - (0.125 + width)) < 1e-8)
    #expect(
      found["rate"]?.values == [100_000_000, 300_000_000, 150_000_000, missingInteger, 50_000_000]
    )
    #expect(found["rate"]?.marks[3] == .missing)
    #expect(found["coverage"]?.values[4] == missingInteger)
  }

  @Test("events lie between the Poisson limits of what is expected of them")
  func events() throws {
    let benchmark = try benchmark(coverage: "0 %", ill: "sum care.count")
    let found = figures(benchmark, [region("a", 20, 1000, 1), region("b", 20, 1000, 1)])
    let overall = try #require(found["overall"])
    // E 20: 0.610826 1.544419, around 20 a thousand.
    #expect(abs(Double(overall.companions[0].values[0]) / 1e6 - 20 * 0.610826) < 1e-4)
    #expect(abs(Double(overall.companions[1].values[0]) / 1e6 - 20 * 1.544419) < 1e-4)
  }

  @Test("a region far from the others is high or low, and none is judged alone")
  func judges() throws {
    let benchmark = try benchmark(coverage: "0 %")
    let found = figures(benchmark, [region("a", 10, 1000, 1), region("b", 300, 1000, 1)])
    #expect(
      found["verdict"].map { figure in figure.values.map { figure.texts[Int($0)] } } == [
        "low", "high",
      ]
    )
    let alone = figures(benchmark, [region("a", 0, 0, 1)])
    #expect(alone["verdict"].map { $0.texts[Int($0.values[0])] } == "incomparable")
    #expect(alone["overall"]?.values == [missingInteger])
  }

  @Test("what is hidden of the own region stays hidden")
  func keepsHidden() throws {
    let benchmark = try benchmark(coverage: "0 %")
    let table = ProtectedTable(
      name: "use",
      dimensions: [.init(name: "area", labels: ["A"], codes: [0, CellTable.total])],
      figures: [
        .init(name: "residents", unit: .number, values: [50, 50], marks: [.none, .none]),
        .init(name: "ill", unit: .number, values: [12, missingInteger], marks: [.none, .hidden]),
      ],
      cellCount: 2
    )
    let own = PublishedRegion(name: "own", of: table, benchmark, coverage: 1)
    #expect(own.events == nil && own.base == 50)
  }

  /// A region by three strata: persons and events of each, and what it shows of everyone.
  private func region(
    _ name: String,
    _ persons: [Double],
    _ events: [Double?],
    all: Double? = nil,
    coverage: Double? = 1
  ) -> PublishedRegion {
    var strata: [[String]: PublishedRegion.Counts] = [:]
    for (place, label) in ["0-64", "65-84", "85+"].enumerated() {
      guard let events = events[place] else { continue }
      strata[[label]] = PublishedRegion.Counts(events: events, persons: persons[place])
    }
    return PublishedRegion(
      name: name,
      events: events.compactMap(\.self).reduce(0, +),
      base: all ?? persons.reduce(0, +),
      coverage: coverage,
      strata: strata
    )
  }

  private func ratio(_ coverage: String) throws -> BenchmarkDefinition {
    try benchmark(coverage: coverage, rate: "ill, expected by area")
  }

  @Test("a ratio is of what the rates of all expect, with the limits of the design")
  func ratios() throws {
    // All together have the rates 0.004, 0.02 and 0.09 of the page; it is 31 where it expects 18.4.
    let found = figures(
      try ratio("0 %"),
      [
        region("a", [400, 300, 120], [2, 9, 20]),
        region("b", [99_600, 99_700, 99_880], [398, 1991, 8980]),
      ]
    )
    #expect(found["ill"]?.values == [31, 11_369])
    #expect(found["expected"]?.values.first == 18_400_000)
    #expect(found["rate"]?.values.first == 1_684_783)
    #expect(found["rate"]?.companions.map { $0.values[0] } == [1_144_519, 2_391_496])
    #expect(found["overall"]?.values == [1_000_000, 1_000_000])
    let funnel = try #require(ratioFunnel(expected: 18.4, .ninetyNineEight))
    #expect(found["overall"]?.companions[3].values.first == millionths(funnel.upper))
    #expect(found["verdict"].map { $0.texts[Int($0.values[0])] } == "usual")
  }

  @Test("a stratum that is not shown counts on neither side, and too many leave no ratio")
  func hiddenStrata() throws {
    let whole = region("a", [500, 400, 100], [5, 8, 10])
    let found = figures(
      try ratio("0 %"),
      [
        whole, region("b", [500, 400, 100], [15, 8, nil]),
        region("c", [500, 400, 101], [5, 8, nil]),
      ]
    )
    // Of the oldest only the first region tells; the third shows 900 of 1001 persons and counts nowhere.
    #expect(found["ill"]?.values == [23, 23, missingInteger])
    #expect(found["expected"]?.values == [28_000_000, 18_000_000, missingInteger])
    #expect(
      found["verdict"].map { figure in figure.values.map { figure.texts[Int($0)] } }
        == ["usual", "usual", "incomparable"]
    )
    let uncovered = figures(
      try ratio("90 %"),
      [whole, region("b", [500, 400, 100], [500, 8, 10], coverage: 0.5)]
    )
    #expect(uncovered["rate"]?.values.first == 1_000_000)
    #expect(uncovered["verdict"].map { $0.texts[Int($0.values[1])] } == "incomparable")
  }

  @Test("of the own region the strata count, whatever else the table is cut by")
  func ownStrata() throws {
    let total = CellTable.total
    let table = ProtectedTable(
      name: "use",
      dimensions: [
        .init(name: "town", labels: ["T"], codes: [0, 0, total, total, total]),
        .init(name: "area", labels: ["A", "B"], codes: [0, total, 0, 1, total]),
      ],
      figures: [
        .init(
          name: "residents",
          unit: .number,
          values: [20, 30, 40, 50, 90],
          marks: [.none, .none, .none, .none, .none]
        ),
        .init(
          name: "ill",
          unit: .number,
          values: [11, 12, 13, missingInteger, 27],
          marks: [.none, .none, .none, .hidden, .none]
        ),
      ],
      cellCount: 5
    )
    let own = PublishedRegion(name: "own", of: table, try ratio("0 %"), coverage: 1)
    #expect(own.events == 27 && own.base == 90)
    #expect(own.strata == [["A"]: PublishedRegion.Counts(events: 13, persons: 40)])
  }
}
