import PipelineFile
import Statistics
import Tabular
import Testing

@testable import DisclosureControl

@Suite("Tables of progress")
struct ProgressTests {
  private let progress: ProgressDefinition
  private let protection: Protection

  init() throws {
    let text = """
      koppel: 1
      pipeline: small
      sample: true
      period: {unit: month, default: 2025-04}
      keys: {region: {file: demo.key}}
      ingest:
        register: {read: csv, files: r.csv, columns: {bsn: {type: bsn}, area: {type: text}}}
        care: {read: csv, files: c.csv, columns: {bsn: {type: bsn}, date: {type: date}}}
      pseudonymise:
        {key: region, release: "{pipeline}", columns: {bsn: {token: person}, area: keep, date: keep}}
      link: {spine: register, exact: [{on: [bsn]}]}
      aggregate:
        time: {care: date}
        tables:
          use:
            by: [area]
            measure: {residents: count, ill: count where care.count > 0, rate: ill per 1000 residents}
          less:
            progress:
              of: rate
              periods: 2025-01..2025-04
              changed: 2025-03
              comparator: area = B
              target: {value: 40, by: 2025-05, better: lower, owner: region}
        protect: {minimum: 10, method: hide}
      publish: {to: out, tables: [less]}
      """
    let stage = try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "p.yaml",
      today: CivilDate(dayNumber: 20_700)
    ).aggregate
    guard case .progress(let progress)? = stage.tables.last?.content else {
      throw PipelineFileError.faulty([])
    }
    self.progress = progress
    protection = stage.protect
  }

  /// One period: ill and residents of the region, then of the comparator.
  private func table(_ region: (Int64, Int64), _ comparator: (Int64, Int64)) throws
    -> ProtectedTable
  {
    let counts = [region, comparator]
    return try protect(
      CellTable(
        name: "less",
        dimensions: [.init(name: "is comparator", labels: ["no", "yes"], codes: [0, 1])],
        figures: [
          .init(
            name: "ill",
            kind: .part,
            unit: .number,
            values: counts.map(\.0),
            contributors: counts.map(\.0)
          ),
          .init(
            name: "residents",
            kind: .count,
            unit: .number,
            values: counts.map(\.1),
            contributors: counts.map(\.1)
          ),
          .init(
            name: "rate",
            kind: .quotient(of: 0, per: 1000, by: 1, .share),
            unit: .millionths,
            values: []
          ),
        ],
        persons: counts.map(\.1)
      ),
      protection,
      levels: [.ninetyFive]
    )
  }

  private func figures(_ tables: [ProtectedTable]) -> [String: ProtectedTable.Figure] {
    let table = progressTable(named: "less", progress, of: tables, levels: [.ninetyFive])
    #expect(table.dimensions.map(\.name) == ["period", "side"])
    return Dictionary(uniqueKeysWithValues: table.figures.map { ($0.name, $0) })
  }

  @Test("the effect is the change for that of the comparator, with the limits of the design")
  func effect() throws {
    let found = figures([
      try table((120, 2000), (150, 2600)), try table((120, 2000), (150, 2600)),
      try table((180, 4100), (285, 5250)), try table((0, 4100), (285, 5250)),
    ])
    let effect = try #require(found["effect"])
    // Rows: comparator and region of each period.
    #expect(effect.values[5] == 777_624)
    #expect(effect.companions.map { $0.values[5] } == [604_252, 1_000_741])
    // No events: no effect; and none before the change or beside the comparator.
    #expect(effect.values[7] == missingInteger && effect.marks[7] == .missing)
    #expect([0, 1, 2, 3, 4, 6].allSatisfy { effect.values[$0] == missingInteger })
  }

  @Test("the path begins at the mean before and ends at the target; a verdict takes the limits")
  func path() throws {
    let found = figures([
      try table((100, 2000), (50, 1000)), try table((108, 2000), (50, 1000)),
      try table((120, 2000), (50, 1000)), try table((70, 2000), (50, 1000)),
    ])
    let path = try #require(found["path"])
    // 50 and 54 a thousand before; two months to 40.
    #expect([5, 7].map { path.values[$0] } == [52_000_000, 46_000_000])
    #expect([0, 1, 2, 3, 4, 6].allSatisfy { path.values[$0] == missingInteger })
    let verdict = try #require(found["verdict"])
    #expect([5, 7].map { verdict.texts[Int(verdict.values[$0])] } == ["on course", "reached"])
    #expect(verdict.values[3] == missingInteger)
    let late = figures([
      try table((100, 2000), (50, 1000)), try table((108, 2000), (50, 1000)),
      try table((160, 2000), (50, 1000)), try table((70, 2000), (50, 1000)),
    ])
    #expect(late["verdict"].map { $0.texts[Int($0.values[5])] } == "behind")
  }

  @Test("nothing is told of what is hidden, in the row or in one that it is compared with")
  func keepsHidden() throws {
    let found = figures([
      try table((9, 2000), (150, 2600)), try table((120, 2000), (150, 2600)),
      try table((180, 4100), (285, 5250)), try table((9, 4100), (285, 5250)),
    ])
    for name in ["path", "verdict", "effect"] {
      let figure = try #require(found[name])
      #expect(figure.values.allSatisfy { $0 == missingInteger })
    }
    #expect(found["rate"]?.marks[1] == .hidden && found["rate"]?.marks[7] == .hidden)
  }
}
