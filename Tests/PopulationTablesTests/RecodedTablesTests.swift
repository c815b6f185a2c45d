import Diagnostics
import Testing
import TestSupport

@testable import PipelineFile
@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Tables that were made coarser") struct RecodedTablesTests {
  /// Persons of four neighbourhoods in two districts, of all ages.
  private static func residents(seed: UInt64) -> PseudonymisedTable {
    var random = SeededGenerator(seed: seed)
    let areas = ["BU00010101", "BU00010102", "BU00010201", "BU00010202"]
    let count = 300
    func codes(_ size: Int) -> [Int32] {
      (0..<count).map { _ in Int32.random(in: 0..<Int32(size), using: &random) }
    }
    return PseudonymisedTable(
      vouchingFor: Table(
        names: ["neighbourhood", "sex", "age"],
        columns: [
          .codes(codes(4), dictionary: areas),
          .codes(codes(2), dictionary: ["female", "male"]),
          .integers((0..<count).map { _ in .random(in: 0...90, using: &random) }, .number),
        ],
        rowCount: count
      )
    )
  }

  private static func stage(
    by: [String],
    totals: [String],
    cuts: [Int64],
    nests: [[String]] = [],
    _ steps: [Recoding] = []
  ) -> AggregateStage {
    let age = TypedExpression(.column("age"), type: .integer)
    let old = Expression.comparison(.greater, .column("age"), .integer(40))
    let kinds: [Measure.Kind] = [
      .count, .countWhere(TypedExpression(old, type: .boolean)), .sum(age), .mean(age),
      .quantile(percent: 50, age),
    ]
    let table = TableDefinition(
      name: "use",
      rows: [],
      by: by,
      totals: totals,
      content: .measures(
        kinds.enumerated().map { Measure(name: "m\($0.offset)", kind: $0.element) }
      ),
      place: Place(file: "test.yaml"),
      nests: nests
    )
    var protection = Protection(minimum: 10, method: .suppress)
    protection.recode = steps
    let band = TypedExpression(.band(.column("age"), cuts), type: .text)
    return AggregateStage(
      persons: [DerivedColumn(name: "band", expression: band)],
      tables: [table],
      protect: protection
    )
  }

  private func rows(_ stage: AggregateStage, seed: UInt64) throws -> [String] {
    let table = try aggregate(
      stage,
      residents: Self.residents(seed: seed),
      sources: [],
      workers: 1
    )[0]
    return (0..<table.cellCount).map { cell in
      let labels = table.dimensions.filter { !$0.labels.isEmpty }.map { dimension in
        let code = dimension.codes[cell]
        return "\(dimension.name) " + (code == CellTable.total ? "*" : dimension.labels[Int(code)])
      }
      let values = table.figures.map { "\($0.values[cell]) \($0.contributors[cell])" }
      return (labels + values + ["\(table.persons[cell])"]).joined(separator: ", ")
    }
  }

  @Test(
    "a table after all steps is the one that a file with coarser dimensions has",
    arguments: 0..<10 as Range<UInt64>
  )
  func equalsCoarser(seed: UInt64) throws {
    let steps = [
      Recoding("band", .cuts([0, 18, 65])), Recoding("sex", .total),
      Recoding("neighbourhood", .level("district")), Recoding("band", .cuts([0, 65])),
    ]
    var stage = Self.stage(
      by: ["neighbourhood", "band", "sex"],
      totals: ["band"],
      cuts: [0, 18, 45, 65],
      steps
    )
    let direct = Self.stage(by: ["area", "band"], totals: ["band"], cuts: [0, 65])
    for _ in steps { stage = stage.recoded }
    let found = try rows(stage, seed: seed)
    var plain = direct
    plain.tables[0].by = ["neighbourhood", "district", "band"]
    plain.tables[0].nests = [["neighbourhood", "district"]]
    // Of the levels that nest, the coarser one.
    let expected = try rows(plain, seed: seed).filter { $0.hasPrefix("neighbourhood *, ") }
      .map { String($0.dropFirst("neighbourhood *, ".count)) }
    #expect(found == expected, "seed \(seed)")
    #expect(found.count == 2 * 3)
  }

  @Test("columns keep their names, and of a total no label stays") func keepsColumns() throws {
    let stage = Self.stage(
      by: ["neighbourhood", "band", "sex"],
      totals: [],
      cuts: [0, 18, 45, 65],
      [Recoding("band", .cuts([0, 45])), Recoding("sex", .total)]
    )
    let table = try aggregate(
      stage.recoded.recoded,
      residents: Self.residents(seed: 1),
      sources: [],
      workers: 1
    )[0]
    #expect(table.dimensions.map(\.name) == ["neighbourhood", "band", "sex"])
    #expect(table.dimensions[1].labels == ["0-44", "45+"])
    #expect(table.dimensions[2].labels.isEmpty)
    #expect(table.dimensions[2].codes.allSatisfy { $0 == CellTable.total })
    #expect(table.persons.reduce(0, +) == 300)
  }
}
