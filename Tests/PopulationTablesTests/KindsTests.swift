import Diagnostics
import TestSupport
import Testing

@testable import PipelineFile
@testable import Tabular

@Suite("Each kind of measure and of table has a plain reference")
struct KindsTests {
  /// The measures of the design, as a file writes them.
  private static let written: [(kind: MeasureKind, text: String)] = [
    (.count, "count"), (.countWhere, "count where care.count > 0"),
    (.countWhere, "persons in care"), (.sum, "sum care.amount"), (.sum, "sum visits"),
    (.mean, "mean visits"), (.quantile, "median visits"), (.quantile, "p90 visits"),
    (.distinct, "distinct care.provider"), (.personYears, "person-years"),
    (.quotient, "ill per 1000 residents"), (.quotient, "costs per residents"),
    (.standardised, "ill per 1000 residents, standardised by age_band and sex"),
    (.standardised, "ill per residents, standardised by sex to ../codes/standard-2026.csv"),
    (.ratio, "ill, expected by age_band and sex"),
  ]

  /// A pipeline with these tables; segments, strata and their tables stand there already.
  private static func pipeline(tables: String) throws -> Pipeline {
    let text = """
      koppel: 1
      pipeline: small
      sample: true
      period: {unit: month, default: 2026-08}
      keys: {region: {file: demo.key}}
      ingest:
        register:
          read: csv
          files: r.csv
          columns:
            bsn: {type: bsn}
            birth_date: {type: partial-date}
            sex: {type: code, values: {M: male, V: female}}
            area: {type: text}
            visits: {type: integer}
        care:
          read: csv
          files: c.csv
          columns:
            bsn: {type: bsn}
            date: {type: date}
            amount: {type: money}
            provider: {type: code, values: {a: a}}
      pseudonymise:
        key: region
        release: "{pipeline}"
        columns:
          bsn: {token: person}
          birth_date: {keep: year}
          sex: keep
          area: keep
          visits: keep
          date: keep
          amount: keep
          provider: keep
      link: {spine: register, exact: [{on: [bsn]}]}
      aggregate:
        time: {care: date}
        persons:
          age: years from birth_date_year to {period.end}
          age_band: band(age, 0, 18, 65)
        episodes: {hip: {starts: care, clean: 365 days, lasts: 90 days, takes: [care]}}
        segments: {old: age > 65, others: otherwise}
        strata:
          admission:
            outcome: (care.count over next 1 months) > 0
            points: {age > 65: 1, care.count > 1: 1}
            cut: {middle: 1, high: 2}
        tables:
      \(tables.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
        protect: {minimum: 10, method: hide}
      publish: {to: out, tables: [segments-report]}
      """
    return try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "folder/p.yaml",
      today: CivilDate(dayNumber: 20_700)
    )
  }

  @Test("Every measure of the design reads as its kind")
  func reads() throws {
    let measures = Self.written.enumerated().map { "m\($0): \"\($1.text)\"" }
    let pipeline = try Self.pipeline(
      tables: """
        use:
          by: [sex]
          measure: {residents: count, ill: persons in care, costs: sum care.amount,
            \(measures.joined(separator: ", "))}
        types: {rows: [care], by: [provider], measure: {n: rows, amount: sum amount}}
        """
    )
    let tables = pipeline.aggregate.tables
    #expect(pipeline.aggregate.standards.map(\.path) == ["folder/../codes/standard-2026.csv"])
    #expect(pipeline.aggregate.standards.map(\.strata) == [["sex"]])
    let persons = tables[0].measures.dropFirst(3).map { MeasureKind($0.kind) }
    #expect(persons == Self.written.map(\.kind))
    let rows = tables[1].measures.map { MeasureKind($0.kind) }
    #expect(rows == [.rows, .sumColumn])
    #expect(Set(persons + rows) == Set(MeasureKind.allCases))
  }

  @Test("Random stages have every kind of measure, so that each is recomputed")
  func meets() {
    var random = SeededGenerator(seed: 1)
    let stage = smallStage(random: &random)
    let met = stage.tables.flatMap(\.measures).map { MeasureKind($0.kind) }
    #expect(Set(met) == Set(MeasureKind.allCases))
  }

  @Test("Every kind of table that a file can ask for has a reference")
  func readsTables() throws {
    let pipeline = try Self.pipeline(
      tables: """
        use: {by: [sex], totals: [sex], measure: {residents: count, ill: persons in care, rate: ill per residents}}
        aims:
          by: [sex]
          measure: {residents: count, ill: persons in care, rate: ill per residents}
          lenses: {health: {rate: lower}}
        worth:
          by: [provider, sex]
          totals: [provider]
          value: {outcome: mean visits, cost: mean episodes.hip.amount, per: 1000}
        gain: {by: [sex], value: {outcome: mean visits, cost: mean care.sum(amount)}}
        spots:
          measure: {often: persons in care}
          hot_spots: {of: often, expected: [sex], by: area, find: [smr]}
        less:
          progress:
            of: use.rate
            periods: 2026-07..2026-08
            changed: 2026-08
            target: {value: 1, by: 2026-09, better: lower, owner: region}
        saved:
          savings: {of: sum care.amount, baseline: 2025, adjust: [sex], trend: 3 %, corridor: 2 %,
            share: 50 %, cap: 10 %, quality: [less]}
        regions: {benchmark: {of: use.rate, from: [../other]}}
        """
    )
    let met = pipeline.aggregate.tables.map { TableKind($0.content) }
    #expect(Set(met) == Set(TableKind.allCases))
    // Whom care began with is a column of the rows that started episodes.
    let worth = pipeline.aggregate.tables.first { $0.name == "worth" }
    #expect(worth?.episodes == "hip" && worth?.totals == ["provider"])
    #expect(pipeline.aggregate.tables.first { $0.name == "gain" }?.episodes == nil)
  }
}
