import Diagnostics
import Testing

@testable import PipelineFile
@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Outcomes for what they cost")
struct ValueTableTests {
  @Test("The value of six persons is that of the design, and those without an outcome stand apart")
  func computesValue() throws {
    let gains: [Int64] = [8, 12, 5, 15, 10, 6, missingInteger, missingInteger]
    let euros: [Int64] = [9000, 11000, 8000, 14000, 12000, 7000, 5000, missingInteger]
    let residents = PseudonymisedTable(
      vouchingFor: Table(
        names: ["gain", "cost"],
        columns: [
          .integers(gains, .number),
          .integers(euros.map { $0 == missingInteger ? $0 : $0 * 100 }, .cents),
        ],
        rowCount: 8
      )
    )
    let value = ValueDefinition(
      outcome: TypedExpression(.column("gain"), type: .integer),
      cost: TypedExpression(.column("cost"), type: .money),
      per: 1000
    )
    let stage = AggregateStage(
      persons: [],
      tables: [
        TableDefinition(
          name: "value",
          rows: [],
          by: [],
          totals: [],
          content: .value(value),
          place: Place(file: "test.yaml")
        )
      ],
      protect: Protection(minimum: 10, method: .hide)
    )
    let table = try aggregate(stage, residents: residents, sources: [], workers: 1)[0]
    let shown = Dictionary(
      uniqueKeysWithValues: table.figures.map { ($0.name, $0.values[0]) }
    )
    #expect(table.persons == [8])
    #expect(shown["n"] == 6)
    #expect(shown["value"] == 918_033)
    #expect(shown["without_outcome"] == 1)
    #expect(shown["cost_without_outcome"] == 5_000_000_000)
    let limits = table.figures[3].companions
    #expect(limits.map(\.suffix) == ["_lower", "_upper"])
    #expect(limits.map { $0.values[0] } == [781_681, 1_054_384])
  }
}
