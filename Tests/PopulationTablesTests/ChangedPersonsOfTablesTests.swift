import Diagnostics
import TestSupport
import Testing

@testable import PipelineFile
@testable import PopulationTables
@testable import Tabular

@Suite("Persons of whom numbers of tables changed")
struct ChangedPersonsOfTablesTests {
  /// A number of a table: where it stands, and which; the persons of the cell are the first.
  private struct Number: Hashable {
    let place: [String?]
    let figure: Int
  }

  private static let minimum = 5

  @Test(
    "Between two nights as many as moved, left or pay otherwise in it, below the minimum",
    arguments: 0..<60 as Range<UInt64>
  )
  func counts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(random: &random)
    let stage = smallStage(random: &random)
    let keys = region.persons.map { _ in
      SetKey(hash: (0..<24).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    var chosen = region.persons.indices.shuffled(using: &random)
      .prefix(Int.random(in: 0...9, using: &random))
    var events = SmallRegion.Events()
    while let person = chosen.popFirst() {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: events.leaving.insert(person)
      case 1: events.moving.insert(person)
      case 2: events.paying.insert(person)
      default:
        events.moving.insert(person)
        events.paying.insert(person)
      }
    }
    let (later, earlier) = region.later(events)
    let before = try numbers(of: region, stage, keys: keys, workers: 1)
    let after = try numbers(of: later, stage, keys: earlier.map { keys[$0] }, workers: 8)
    let plainBefore = parts(of: region, stage, persons: Array(keys.indices))
    let plainAfter = parts(of: later, stage, persons: earlier)
    let none = [UInt64](
      repeating: 0,
      count: PowerSums.termCount(minimum: Int64(Self.minimum))
    )
    for (table, definition) in stage.tables.enumerated() {
      #expect(Set(before[table].keys) == Set(plainBefore[table].keys), "seed \(seed)")
      #expect(Set(after[table].keys) == Set(plainAfter[table].keys), "seed \(seed)")
      for number in Set(before[table].keys).union(after[table].keys) {
        let (old, new) = (plainBefore[table][number] ?? [:], plainAfter[table][number] ?? [:])
        let differing = keys.indices.filter { (old[$0] ?? 0) != (new[$0] ?? 0) }
        let changed = ChangedPersons(
          from: before[table][number] ?? none,
          to: after[table][number] ?? none
        )
        let words = "seed \(seed), \(definition.name) by \(definition.by), \(number)"
        #expect(changed.count == min(differing.count, Self.minimum), "\(words)")
        #expect(Set(differing).isSubset(of: events.persons), "\(words)")
        if differing.count < Self.minimum {
          for person in differing {
            #expect(
              changed.part(of: keys[person]) == (new[person] ?? 0) - (old[person] ?? 0),
              "\(words)"
            )
          }
        }
      }
    }
  }

  /// The power sums of every number of the tables.
  private func numbers(
    of region: SmallRegion,
    _ stage: AggregateStage,
    keys: [SetKey],
    workers: Int
  ) throws -> [[Number: [UInt64]]] {
    let terms = PowerSums.termCount(minimum: Int64(Self.minimum))
    return try aggregate(
      stage,
      residents: region.residents,
      sources: region.sources,
      keys: keys,
      powerTerms: terms,
      workers: workers
    ).map { table in
      let all = [table.powerSums] + table.figures.filter { !$0.sets.isEmpty }.map(\.powerSums)
      var found: [Number: [UInt64]] = [:]
      for cell in 0..<table.cellCount {
        let place = table.dimensions.map { dimension -> String? in
          let code = dimension.codes[cell]
          return code == CellTable.total ? nil : dimension.labels[Int(code)]
        }
        for (figure, sums) in all.enumerated() where !sums.isEmpty {
          found[Number(place: place, figure: figure)] =
            Array(sums[cell * terms..<(cell + 1) * terms])
        }
      }
      return found
    }
  }

  /// What each person brings to every number of the tables.
  private func parts(
    of region: SmallRegion,
    _ stage: AggregateStage,
    persons: [Int]
  ) -> [[Number: [Int: Int64]]] {
    let plain = PlainTables(stage, persons: region.persons, rows: region.rows)
    return stage.tables.map { definition in
      var found: [Number: [Int: Int64]] = [:]
      for (place, all) in plain.contributors(definition) {
        for (figure, contributors) in all.enumerated() where !contributors.isOfCodes {
          found[Number(place: place, figure: figure)] = Dictionary(
            uniqueKeysWithValues: contributors.parts.map { (persons[$0], $1) }
          )
        }
      }
      return found
    }
  }
}
