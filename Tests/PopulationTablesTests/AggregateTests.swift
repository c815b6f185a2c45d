import Diagnostics
import TestSupport
import Testing

@testable import PipelineFile
@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite struct AggregateTests {
  @Test(
    "Tables agree with those made record by record, for any number of workers",
    arguments: 0..<150 as Range<UInt64>
  )
  func agreesWithPlainTables(seed: UInt64) throws {
    try compare(seed: seed, unused: 0)
  }

  @Test(
    "Tables agree when their cells are too many to stand in flat arrays",
    arguments: 1_000..<1_024 as Range<UInt64>
  )
  func agreesWhenSparse(seed: UInt64) throws {
    try compare(seed: seed, unused: 300)
  }

  private func compare(seed: UInt64, unused: Int) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(unused: unused, random: &random)
    let stage = smallStage(random: &random)
    let plain = PlainTables(stage, persons: region.persons, rows: region.rows)
    for workers in [1, 2, 8] {
      let tables = try aggregate(
        stage,
        residents: region.residents,
        sources: region.sources,
        workers: workers
      )
      #expect(tables.map(\.name) == stage.tables.map(\.name))
      for (table, definition) in zip(tables, stage.tables) {
        #expect(
          table.plain == plain.cells(definition),
          "seed \(seed), \(workers) workers, \(definition.name) by \(definition.by)"
        )
        #expect(isSorted(table), "seed \(seed), \(definition.name)")
      }
    }
  }

  @Test("A person with several identities in two sources counts once")
  func countsPersonsOnce() throws {
    let care = source("care", persons: [0, 0, 1], types: ["ggz", "wmo"], codes: [0, 0, 1])
    let support = source("support", persons: [0, 1, -1], types: ["wmo"], codes: [0, 0, 0])
    let stage = AggregateStage(
      persons: [],
      tables: [
        TableDefinition(
          name: "use",
          rows: ["care", "support"],
          by: ["care_type"],
          totals: ["care_type"],
          content: .measures([
            Measure(name: "persons", kind: .count), Measure(name: "n", kind: .rows),
          ]),
          place: Place(file: "test.yaml")
        )
      ],
      protect: Protection(minimum: 10, method: .hide)
    )
    let tables = try aggregate(
      stage,
      residents: staged([], [], rowCount: 3),
      sources: [care, support],
      workers: 2
    )
    #expect(tables[0].dimensions[0].labels == ["ggz", "wmo"])
    #expect(tables[0].dimensions[0].codes == [0, 1, CellTable.total])
    #expect(tables[0].persons == [1, 2, 2])
    #expect(tables[0].figures[1].values == [2, 3, 5])
  }

  @Test("Rows are cut by the domain of their source, and persons in both count in both")
  func cutsByDomain() throws {
    var care = source("care", persons: [0, 0, 1], types: ["ggz"], codes: [0, 0, 0])
    var support = source("support", persons: [0, -1], types: ["wmo"], codes: [0, 0])
    care = SourceRows(care, domain: "care")
    support = SourceRows(support, domain: "social")
    let stage = AggregateStage(
      persons: [],
      tables: [
        TableDefinition(
          name: "chain",
          rows: ["care", "support"],
          by: ["domain"],
          totals: ["domain"],
          content: .measures([
            Measure(name: "persons", kind: .count), Measure(name: "n", kind: .rows),
          ]),
          place: Place(file: "test.yaml")
        )
      ],
      protect: Protection(minimum: 10, method: .hide)
    )
    let table = try aggregate(
      stage,
      residents: staged([], [], rowCount: 2),
      sources: [care, support],
      workers: 2
    )[0]
    #expect(table.dimensions[0].labels == ["care", "social"])
    #expect(table.dimensions[0].codes == [0, 1, CellTable.total])
    #expect(table.persons == [2, 1, 2])
    #expect(table.figures[1].values == [3, 1, 4])
  }

  @Test("A sum beyond 64 bits stops the run with the column's name, whatever the workers")
  func stopsAtOverflow() {
    let groups = [Int64.max, 1].map { [$0] }
    let care = source("care", persons: [0, 0], amounts: groups)
    let stage = AggregateStage(
      persons: [derived("cost", accumulator("care", .sum, "amount"), .money)],
      tables: [],
      protect: Protection(minimum: 10, method: .hide)
    )
    for workers in [1, 2, 8] {
      let error = #expect(throws: PopulationTablesError.self) {
        try aggregate(
          stage,
          residents: staged([], [], rowCount: 1),
          sources: [care],
          workers: workers
        )
      }
      guard case .overflow("care.sum(amount)") = error else {
        Issue.record("found \(String(describing: error))")
        continue
      }
    }
  }

  @Test("A group that does not fit its counts is refused, and so is one that cannot be read")
  func refusesFaultyGroups() {
    struct Torn: Error {}
    let good = source("care", persons: [0, 0], amounts: [[1], [2]])
    let table = staged(["amount"], [.integers([1], .cents)], rowCount: 1)
    let faulty: [@Sendable (Int) throws -> RowGroup] = [
      { _ in RowGroup(firstIdentity: 0, rowCounts: [2], rows: table) },
      { _ in RowGroup(firstIdentity: 2, rowCounts: [1], rows: table) },
      { _ in RowGroup(firstIdentity: .max, rowCounts: [1], rows: table) },
      { _ in RowGroup(firstIdentity: 0, rowCounts: [2, -1], rows: table) },
      { number in
        guard number == 1 else { return try good.group(0) }
        throw Torn()
      },
    ]
    let stage = AggregateStage(
      persons: [derived("cost", accumulator("care", .sum, "amount"), .money)],
      tables: [],
      protect: Protection(minimum: 10, method: .hide)
    )
    for group in faulty {
      #expect(throws: PopulationTablesError.self) {
        try aggregate(
          stage,
          residents: staged([], [], rowCount: 1),
          sources: [
            SourceRows(
              name: "care",
              identities: good.identities,
              links: good.links,
              groupCount: 2,
              group: group
            )
          ],
          workers: 2
        )
      }
    }
  }

  /// Labels in byte order, dimension by dimension, a total after the labels it adds up.
  private func isSorted(_ table: CellTable) -> Bool {
    let keys = table.persons.indices.map { cell in
      table.dimensions.map { $0.codes[cell] == CellTable.total ? Int32.max : $0.codes[cell] }
    }
    let labelsAreSorted = table.dimensions.allSatisfy { dimension in
      zip(dimension.labels, dimension.labels.dropFirst()).allSatisfy {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
    }
    return labelsAreSorted
      && zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
  }

  private func source(
    _ name: String,
    persons: [Int32],
    types: [String],
    codes: [Int32]
  ) -> SourceRows {
    let rows = staged(
      ["care_type"],
      [.codes(codes, dictionary: types)],
      rowCount: codes.count
    )
    let group = RowGroup(
      firstIdentity: 0,
      rowCounts: persons.map { _ in 1 },
      rows: rows
    )
    return linked(name, persons: persons, groups: [group])
  }

  private func source(_ name: String, persons: [Int32], amounts: [[Int64]]) -> SourceRows {
    let groups = amounts.enumerated().map { number, amounts in
      RowGroup(
        firstIdentity: number,
        rowCounts: [Int32(amounts.count)],
        rows: staged(["amount"], [.integers(amounts, .cents)], rowCount: amounts.count)
      )
    }
    return linked(name, persons: persons, groups: groups)
  }

  private func linked(_ name: String, persons: [Int32], groups: [RowGroup]) -> SourceRows {
    SourceRows(
      name: name,
      identities: staged([], [], rowCount: persons.count),
      links: Links(
        persons: persons,
        passes: persons.map { _ in 0 },
        reasons: persons.map { $0 < 0 ? .noBlock : nil }
      ),
      groupCount: groups.count
    ) { groups[$0] }
  }

  private func staged(_ names: [String], _ columns: [Column], rowCount: Int) -> PseudonymisedTable {
    PseudonymisedTable(vouchingFor: Table(names: names, columns: columns, rowCount: rowCount))
  }
}

extension SourceRows {
  fileprivate init(_ rows: SourceRows, domain: String) {
    self.init(
      name: rows.name,
      domain: domain,
      identities: rows.identities,
      links: rows.links,
      groupCount: rows.groupCount,
      group: rows.group
    )
  }
}
