import Diagnostics
import TestSupport
import Testing

@testable import PipelineFile
@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite struct RiskTableTests {
  @Test(
    "Strata agree with persons that are scored and followed one by one, for any number of workers",
    arguments: 0..<100 as Range<UInt64>
  )
  func agreesWithPlainStrata(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(random: &random)
    let small = smallStage(random: &random)
    let strata = smallStrata(random: &random)
    let stage = AggregateStage(
      persons: small.persons,
      tables: [table(of: strata)],
      protect: Protection(minimum: Int64.random(in: 1...3, using: &random), method: .hide),
      period: small.period,
      population: small.population,
      time: small.time,
      segments: small.segments,
      strata: [strata]
    )
    let plain = PlainStrata(strata, stage, persons: region.persons, rows: region.rows)
    for workers in [1, 2, 8] {
      let table = try #require(
        try aggregate(
          stage,
          residents: region.residents,
          sources: region.sources,
          workers: workers
        ).first
      )
      var found: [[String?]: [String: Int64]] = [:]
      for cell in table.persons.indices {
        let place = table.dimensions.map { dimension -> String? in
          let code = dimension.codes[cell]
          return code == CellTable.total ? nil : dimension.labels[Int(code)]
        }
        found[place] = table.figures.reduce(into: [:]) { figures, figure in
          // The slope has known answers of its own.
          if figure.name != "slope", !figure.values.isEmpty, figure.values[cell] != missingInteger {
            figures[figure.name] = figure.values[cell]
          }
        }
      }
      #expect(found == plain.rows(), "seed \(seed), \(workers) workers")
    }
  }

  @Test("The known scores have the known worth, and too few persons none")
  func knownAnswers() throws {
    let (with, without) = ([3, 5, 9, 8], [60, 40, 25, 5])
    var scores: [Int64] = []
    var outcomes: [Int64] = []
    for score in 0..<4 {
      for (count, outcome) in [(with[score], 1), (without[score], 0)] {
        scores += Array(repeating: Int64(score), count: count)
        outcomes += Array(repeating: Int64(outcome), count: count)
      }
    }
    let known = try figures(scores, outcomes, minimum: 10)
    #expect(known["high"] == 47 && known["high_outcomes"] == 17 && known["outcomes"] == 25)
    #expect(known["c"] == 776_154)
    #expect(known["calibration"] == 1_102_779)
    #expect(known["slope"] == 1_019_318)
    let fewer = try figures(scores, outcomes, minimum: 16)
    #expect(fewer["high"] == 47 && fewer["c"] == nil && fewer["slope"] == nil)
  }

  private func figures(
    _ scores: [Int64],
    _ outcomes: [Int64],
    minimum: Int64
  ) throws -> [String: Int64] {
    let points = (1...3).map { score in
      Stratification.Points(
        TypedExpression(
          .comparison(.greaterOrEqual, .column("points"), .integer(Int64(score))),
          type: .boolean
        ),
        1
      )
    }
    let strata = Stratification(
      name: "risk",
      isWithinSegments: false,
      outcome: TypedExpression(
        .comparison(.equal, .column("ill"), .integer(1)),
        type: .boolean
      ),
      monthsAhead: 0,
      score: .points(points),
      cuts: [:],
      otherwise: Stratification.Cut(middle: 1, high: 2),
      cost: nil,
      expected: .file(
        RiskFile(
          path: "risks.csv",
          place: Place(file: "test.yaml"),
          risks: [0: 0.04, 1: 0.1, 2: 0.25, 3: 0.55]
        )
      )
    )
    let stage = AggregateStage(
      persons: [],
      tables: [table(of: strata)],
      protect: Protection(minimum: minimum, method: .hide),
      strata: [strata]
    )
    let residents = Table(
      names: ["points", "ill"],
      columns: [.integers(scores, .number), .integers(outcomes, .number)],
      rowCount: scores.count
    )
    let tables = try aggregate(
      stage,
      residents: PseudonymisedTable(vouchingFor: residents),
      sources: [],
      workers: 2
    )
    #expect(tables[0].dimensions[0].labels == ["high", "low", "middle"])
    return tables[0].figures.reduce(into: [:]) { figures, figure in
      if let value = figure.values.last, value != missingInteger { figures[figure.name] = value }
    }
  }

  private func table(of strata: Stratification) -> TableDefinition {
    TableDefinition(
      name: strata.name,
      rows: [],
      by: (strata.isWithinSegments ? [Segment.column] : []) + [strata.name],
      totals: [strata.name],
      content: .strata(name: strata.name),
      place: Place(file: "test.yaml")
    )
  }
}
