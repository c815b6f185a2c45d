import TestSupport
import Testing

@testable import PipelineFile
@testable import PopulationTables
@testable import Tabular

@Suite("Providers behind sums")
struct ProviderTotalsTests {
  @Test(
    "What providers bring agrees with what is found row by row, for any workers",
    arguments: 0..<60 as Range<UInt64>
  )
  func agreesWithPlain(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(unused: seed % 10 == 9 ? 300 : 0, random: &random)
    var protect = Protection(minimum: 5, method: .suppress)
    protect.dominance = .prior(share: 0.1)
    protect.contributors = [.person, .provider]
    let stage = smallStage(random: &random).protected(by: protect)
    let keys = region.persons.indices.map {
      SetKey(name: UInt128($0 + 1), countDraw: 0, sumDraw: 0)
    }
    let plain = PlainTables(stage, persons: region.persons, rows: region.rows)
    for workers in [1, 8] {
      let tables = try aggregate(
        stage,
        residents: region.residents,
        sources: region.sources,
        keys: keys,
        workers: workers
      )
      for (table, definition) in zip(tables, stage.tables) {
        for (figure, measure) in zip(table.figures, definition.measures) {
          let found = Self.shares(of: figure, in: table, isOfRows: !definition.rows.isEmpty)
          let expected = plain.shares(definition, measure)?.filter { !$0.value.isEmpty }
          #expect(
            found ?? [:] == expected ?? [:],
            "seed \(seed), \(workers) workers, \(definition.name) by \(definition.by), \(measure.name)"
          )
        }
      }
      let asked = try aggregate(
        smallStageUnasked(stage),
        residents: region.residents,
        sources: region.sources,
        keys: keys,
        workers: workers
      )
      #expect(asked.map(\.plain) == tables.map(\.plain), "seed \(seed)")
      #expect(asked.allSatisfy { $0.figures.allSatisfy { $0.providers == nil } })
    }
  }

  @Test("A sum over persons is told to be one of rows, or to be none")
  func findsRowSums() {
    let care = Expression.accumulator(Accumulator.sum("care"))
    let support = Expression.accumulator(Accumulator.sum("support"))
    let persons = [
      derived("both", .arithmetic(.add, care, support), .money),
      derived("less", .arithmetic(.subtract, .column("both"), care), .money),
      derived("age", .column("years"), .integer),
    ]
    func sums(_ expression: Expression) -> [RowSum] {
      AggregateStage.rowSums(of: expression, persons)
    }
    #expect(
      sums(.column("less")) == [
        RowSum(accumulator: .sum("care"), factor: 1),
        RowSum(accumulator: .sum("support"), factor: 1),
        RowSum(accumulator: .sum("care"), factor: -1),
      ]
    )
    #expect(
      sums(.arithmetic(.multiply, .integer(3), .negate(care)))
        == [RowSum(accumulator: .sum("care"), factor: -3)]
    )
    #expect(sums(.column("age")) == [])
    #expect(sums(.arithmetic(.multiply, .column("age"), care)) == [])
    #expect(sums(.arithmetic(.add, care, .integer(1))) == [])
    #expect(sums(.maximum([care, support])) == [])
  }

  private func smallStageUnasked(_ stage: AggregateStage) -> AggregateStage {
    stage.protected(by: Protection(minimum: 5, method: .suppress))
  }

  private static func shares(
    of figure: CellTable.Figure,
    in table: CellTable,
    isOfRows: Bool
  ) -> [[String?]: [String: PlainShare]]? {
    figure.providers.map { providers in
      var found: [[String?]: [String: PlainShare]] = [:]
      for cell in 0..<table.cellCount where !providers.range(of: cell).isEmpty {
        let place = table.dimensions.map { dimension -> String? in
          let code = dimension.codes[cell]
          return code == CellTable.total ? nil : dimension.labels[Int(code)]
        }
        for share in providers.range(of: cell) {
          found[place, default: [:]][providers.names[Int(providers.providers[share])]] =
            PlainShare(
              amount: providers.amounts[share],
              persons: isOfRows ? providers.persons[share] : 0
            )
        }
      }
      return found
    }
  }
}

extension Accumulator {
  fileprivate static func sum(_ source: String) -> Accumulator {
    Accumulator(source: source, function: .sum, column: "amount", condition: nil)
  }
}

extension AggregateStage {
  /// The same tables under another policy.
  fileprivate func protected(by policy: Protection) -> AggregateStage {
    AggregateStage(
      persons: persons,
      tables: tables,
      protect: policy,
      period: period,
      population: population,
      time: time,
      covers: covers,
      segments: segments
    )
  }
}
