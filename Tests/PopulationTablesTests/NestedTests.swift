import Diagnostics
import Testing

@testable import PipelineFile
@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Dimensions that nest")
struct NestedTests {
  @Test("Codes of CBS tell the areas above, and a code that is none is unknown at every level")
  func nestsCodes() throws {
    let areas = ["BU00010101", "BU00010102", "BU00010201", "BU00020101", "elsewhere"]
    let residents = PseudonymisedTable(
      vouchingFor: Table(
        names: ["area", "sex"],
        columns: [
          .codes([0, 0, 1, 2, 3, 4, missingCode], dictionary: areas),
          .codes([0, 1, 0, 0, 0, 0, 0], dictionary: ["female", "male"]),
        ],
        rowCount: 7
      )
    )
    let table = TableDefinition(
      name: "use",
      rows: [],
      by: ["area", "district", "municipality", "sex"],
      totals: ["sex"],
      content: .measures([Measure(name: "persons", kind: .count)]),
      place: Place(file: "test.yaml"),
      nests: [["area", "district", "municipality"]]
    )
    let stage = AggregateStage(
      persons: [],
      tables: [table],
      protect: Protection(minimum: 10, method: .hide)
    )
    let found = try aggregate(stage, residents: residents, sources: [], workers: 1)[0]
    var cells: [String: Int64] = [:]
    for cell in found.persons.indices {
      let labels = found.dimensions.map { dimension in
        let code = dimension.codes[cell]
        return code == CellTable.total ? "*" : dimension.labels[Int(code)]
      }
      cells[labels.joined(separator: " ")] = found.persons[cell]
    }
    #expect(cells["BU00010101 WK000101 GM0001 male"] == 1)
    #expect(cells["BU00010101 WK000101 GM0001 *"] == 2)
    #expect(cells["* WK000101 GM0001 *"] == 3)
    #expect(cells["* * GM0001 female"] == 3)
    #expect(cells["* * GM0002 *"] == 1)
    #expect(cells["elsewhere unknown unknown *"] == 1)
    #expect(cells["unknown unknown unknown *"] == 1)
    #expect(cells["* * unknown *"] == 2)
    #expect(cells["* * * *"] == nil)
    #expect(cells.keys.allSatisfy { !$0.hasPrefix("BU00010101 *") })
  }

  @Test("All levels are added up where one of them stands in the totals")
  func totalsNests() {
    let shape = TableShape(
      name: "use",
      by: ["sex", "area", "district"],
      totals: ["area"],
      nests: [["area", "district"]]
    )
    #expect(
      shape.totalSets
        == [[false, false, false], [false, true, false], [false, true, true]]
    )
  }

  @Test(
    "A code tells each level above it and none below",
    arguments: [
      ("BU12220101", ["BU12220101", "WK122201", "GM1222"]),
      ("WK122201", [nil, "WK122201", "GM1222"]),
      ("GM1222", [nil, nil, "GM1222"]), ("BU1222010", [nil, nil, nil]), ("", [nil, nil, nil]),
    ] as [(String, [String?])]
  )
  func cutsCodes(area: String, levels: [String?]) {
    #expect(AreaLevel.allCases.map { $0.code(of: area) } == levels)
  }
}
