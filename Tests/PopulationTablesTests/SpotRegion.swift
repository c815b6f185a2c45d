import Diagnostics
@testable import DisclosureControl
@testable import PipelineFile
import PopulationTables
import Statistics
import TestSupport

@_spi(Pseudonymisation) @testable import Tabular

/// Persons of areas, in both forms.
struct SpotRegion {
  let people: [SpotPerson]

  var residents: PseudonymisedTable {
    func codes(_ values: [String?]) -> Column {
      let texts = Set(values.compactMap { $0 }).sorted()
      return .codes(
        values.map { value in value.flatMap { texts.firstIndex(of: $0) }.map { Int32($0) } ?? -1 },
        dictionary: texts
      )
    }
    return PseudonymisedTable(
      vouchingFor: Table(
        names: ["neighbourhood", "age", "sex", "counted"],
        columns: [
          codes(people.map(\.area)), codes(people.map(\.age)), codes(people.map(\.sex)),
          .integers(people.map { $0.isCounted ? 1 : 0 }, .yesNo),
        ],
        rowCount: people.count
      )
    )
  }

  /// A stage of one table of hot spots.
  static func stage(
    find: [HotSpotSearch.Method],
    near: AreaFile,
    runs: Int,
    atMost: Double = 0.5
  ) -> AggregateStage {
    AggregateStage(
      persons: [],
      tables: [
        TableDefinition(
          name: "spots",
          rows: [],
          by: ["neighbourhood"],
          totals: [],
          content: .hotSpots(
            HotSpotSearch(
              measure: Measure(
                name: "counted",
                kind: .countWhere(
                  TypedExpression(
                    .comparison(.equal, .column("counted"), .integer(1)),
                    type: .boolean
                  )
                )
              ),
              expected: ["age", "sex"],
              find: find,
              near: near,
              runs: runs,
              atMost: atMost
            )
          ),
          place: Place(file: "test.yaml")
        )
      ],
      protect: Protection(minimum: 10, method: .hide)
    )
  }

  /// The first table of a stage as it is shown.
  func shown(
    _ stage: AggregateStage,
    streams: [UInt64],
    workers: Int,
    _ policy: Protection = .ofNobody
  ) throws -> ProtectedTable {
    let cells = try aggregate(stage, residents: residents, sources: [], workers: workers)[0]
    let table = try protect(cells, policy)
    guard case .hotSpots(let search) = stage.tables[0].content else { return table }
    return hotSpotTable(
      table,
      search,
      levels: [.ninetyFive],
      streams: streams,
      workers: workers
    )
  }

  /// A file that is read already.
  static func near(_ areas: [Area], _ neighbours: [NeighbourPair] = []) -> AreaFile {
    var file = AreaFile(path: "areas.csv", use: .near, place: Place(file: "test.yaml"))
    file.areas = areas
    file.neighbours = neighbours
    return file
  }
}
