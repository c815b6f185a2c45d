import Diagnostics
import TestSupport
import Testing

@testable import PipelineFile
@testable import PopulationTables
@testable import Tabular

@Suite("Persons behind figures")
struct ContributorsTests {
  @Test(
    "Sets and largest contributions agree with those found person by person, for any workers",
    arguments: 0..<60 as Range<UInt64>
  )
  func agreesWithPlain(seed: UInt64) throws { try compare(seed: seed, unused: 0) }

  @Test(
    "They agree when cells are too many to stand in flat arrays",
    arguments: 1_000..<1_012 as Range<UInt64>
  )
  func agreesWhenSparse(seed: UInt64) throws { try compare(seed: seed, unused: 300) }

  private func compare(seed: UInt64, unused: Int) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(unused: unused, random: &random)
    let stage = smallStage(random: &random)
    let keys = region.persons.map { _ in
      SetKey(hash: (0..<24).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    let plain = PlainTables(stage, persons: region.persons, rows: region.rows)
    let terms = PowerSums.termCount(minimum: Int64(2 + seed % 4))
    for workers in [1, 2, 8] {
      let tables = try aggregate(
        stage,
        residents: region.residents,
        sources: region.sources,
        keys: keys,
        powerTerms: terms,
        workers: workers
      )
      for (table, definition) in zip(tables, stage.tables) {
        let found = Self.found(in: table)
        let expected = plain.contributors(definition).mapValues { all in
          all.map { Told($0, keys: keys, powerTerms: terms) }
        }
        #expect(
          found == expected,
          "seed \(seed), \(workers) workers, \(definition.name) by \(definition.by)"
        )
        let cut = definition.by.map { !definition.rows.isEmpty && Self.isOfRows($0) }
        #expect(table.dimensions.map(\.isOfRows) == cut)
        #expect(table.figures.allSatisfy { !$0.identity.isEmpty })
      }
      let asked = try aggregate(
        stage,
        residents: region.residents,
        sources: region.sources,
        workers: workers
      )
      #expect(asked.map(\.plain) == tables.map(\.plain), "seed \(seed)")
      let setsAlone = try aggregate(
        stage,
        residents: region.residents,
        sources: region.sources,
        keys: keys,
        workers: workers
      )
      #expect(setsAlone.map(\.plain) == tables.map(\.plain), "seed \(seed)")
      #expect(setsAlone.map(\.sets) == tables.map(\.sets), "seed \(seed)")
      #expect(
        setsAlone.map { $0.figures.map(\.largest) } == tables.map { $0.figures.map(\.largest) },
        "seed \(seed)"
      )
      #expect(
        (asked + setsAlone).allSatisfy { table in
          table.powerSums.isEmpty && table.figures.allSatisfy(\.powerSums.isEmpty)
        }
      )
      #expect(
        asked.allSatisfy { table in
          table.sets.isEmpty && table.figures.allSatisfy { $0.sets.isEmpty && $0.largest.isEmpty }
        }
      )
    }
  }

  @Test("Some person's credit is told of a sum, and of no other figure")
  func tellsCredits() throws {
    var seen: Set<Bool> = []
    for seed in 0..<40 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let region = SmallRegion(random: &random)
      let stage = smallStage(random: &random)
      let keys = region.persons.map { _ in SetKey(name: 1, countDraw: 1, sumDraw: 1) }
      let plain = PlainTables(stage, persons: region.persons, rows: region.rows)
      let tables = try aggregate(
        stage,
        residents: region.residents,
        sources: region.sources,
        keys: keys,
        workers: 2
      )
      for (table, definition) in zip(tables, stage.tables) {
        // Whoever is below zero in a total is so in a cell of it.
        let cells = plain.contributors(definition).values
        let figures = table.figures.filter { !$0.sets.isEmpty }
        for (place, figure) in figures.enumerated() {
          let isBelow = cells.contains {
            $0[place + 1].numbers?.values.contains { $0 < 0 } ?? false
          }
          #expect(figure.hasCredits == isBelow, "seed \(seed), \(table.name), \(figure.name)")
          seen.insert(isBelow)
        }
      }
    }
    #expect(seen == [true, false])
  }

  @Test("The same measure has the same identity in any table, whatever its name")
  func identifies() {
    let adults = Measure.Kind.countWhere(
      TypedExpression(.comparison(.greater, .column("age"), .integer(17)), type: .boolean)
    )
    let persons = definition([("adults", adults), ("all", .count), ("rate", .quotient("adults"))])
    let rows = definition(
      rows: ["support", "care"],
      [("n", .rows), ("cost", .sumColumn("amount")), ("persons", .count)]
    )
    #expect(
      persons.measures.map { persons.identity(of: $0) } == [
        "count where (age > 17)", "count", "count where (age > 17) per 1000 count",
      ]
    )
    #expect(
      rows.measures.map { rows.identity(of: $0) } == [
        "sum (care.count + support.count)", "sum (care.sum(amount) + support.sum(amount))", "count",
      ]
    )
  }

  private func definition(
    rows: [String] = [],
    _ measures: [(name: String, kind: Measure.Kind)]
  ) -> TableDefinition {
    TableDefinition(
      name: "table",
      rows: rows,
      by: [],
      totals: [],
      content: .measures(measures.map { Measure(name: $0.name, kind: $0.kind) }),
      place: Place(file: "test.yaml")
    )
  }

  /// Columns of the rows of `SmallRegion` that persons do not have.
  private static func isOfRows(_ name: String) -> Bool {
    ["care_type", "provider", "visits"].contains(name)
  }

  /// A figure of one cell as it is told.
  private struct Told: Equatable {
    let set: SetKey
    let largest: [Int64]
    let powerSums: [UInt64]

    init(set: SetKey, largest: [Int64], powerSums: [UInt64]) {
      self.set = set
      self.largest = largest
      self.powerSums = powerSums
    }

    init(_ plain: PlainContributors, keys: [SetKey], powerTerms: Int) {
      let numbers = plain.numbers?.values.map { Int64($0.magnitude) }.sorted(by: >)
      self.init(
        set: plain.persons.reduce(.empty) { $0 &+ keys[$1] },
        largest: numbers.map { Array(($0 + [0, 0, 0]).prefix(3)) } ?? [],
        powerSums: plain.isOfCodes
          ? [] : plainPowerSums(plain.parts, keys: keys, termCount: powerTerms)
      )
    }
  }

  private static func found(in table: CellTable) -> [[String?]: [Told]] {
    var found: [[String?]: [Told]] = [:]
    for cell in table.persons.indices {
      let place = table.dimensions.map { dimension -> String? in
        let code = dimension.codes[cell]
        return code == CellTable.total ? nil : dimension.labels[Int(code)]
      }
      found[place] =
        [
          Told(
            set: table.sets[cell],
            largest: [],
            powerSums: powerSums(table.powerSums, of: cell, in: table)
          )
        ]
        + table.figures.filter { !$0.sets.isEmpty }.map { figure in
          Told(
            set: figure.sets[cell],
            largest: figure.largest.map { $0[cell] },
            powerSums: powerSums(figure.powerSums, of: cell, in: table)
          )
        }
    }
    return found
  }

  private static func powerSums(
    _ sums: [UInt64],
    of cell: Int,
    in table: CellTable
  ) -> [UInt64] {
    let count = sums.count / table.cellCount
    return Array(sums[cell * count..<(cell + 1) * count])
  }
}

extension Measure.Kind {
  fileprivate static func quotient(_ name: String) -> Measure.Kind {
    .quotient(of: name, per: 1000, by: "all")
  }
}
