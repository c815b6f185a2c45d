import TestSupport
import Testing

@testable import Linkage
@testable import Tabular

@Suite("How many persons stand alone by what is kept")
struct UniquenessTests {
  private let columns = ["birth_date_year", "sex", "postcode_pc4"]

  @Test("it agrees with groups of plain texts", arguments: 0..<60 as Range<UInt64>)
  func agrees(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let persons = randomRecords(Int.random(in: 0...120, using: &random), random: &random)
    let clients = randomRecords(Int.random(in: 0...80, using: &random), random: &random)
    let links = clients.map { _ in
      persons.isEmpty ? -1 : Int32.random(in: -1..<Int32(persons.count), using: &random)
    }
    let found = Uniqueness(
      sides: [
        .init(spine: staged(persons, allColumns), columns: columns),
        .init(
          source: staged(clients, allColumns),
          links: Links(
            persons: links,
            passes: links.map { _ in 0 },
            reasons: links.map { _ in nil }
          ),
          columns: ["sex", "postcode_pc4"]
        ),
      ],
      personCount: persons.count
    )

    func text(_ record: PlainRecord, _ columns: [String]) -> String {
      columns.map { record[$0] ?? "-" }.joined(separator: " ")
    }
    let texts = persons.indices.map { person in
      let own = clients.indices.filter { links[$0] == Int32(person) }
        .map { text(clients[$0], ["sex", "postcode_pc4"]) }.sorted()
      return ([text(persons[person], columns)] + own).joined(separator: "|")
    }
    let sizes = Dictionary(grouping: texts, by: \.self).mapValues(\.count)
    func count(under limit: Int) -> Int { texts.count { sizes[$0, default: 0] < limit } }
    #expect(found.smallest == (sizes.values.min() ?? 0), "seed \(seed)")
    #expect(found.alone == count(under: 2), "seed \(seed)")
    #expect(found.underFive == count(under: 5), "seed \(seed)")
    #expect(found.underTen == count(under: 10), "seed \(seed)")
  }

  @Test("without columns all persons are alike")
  func noColumns() {
    var random = SeededGenerator(seed: 1)
    let persons = staged(randomRecords(12, random: &random), allColumns)
    let found = Uniqueness(sides: [.init(spine: persons, columns: [])], personCount: 12)
    #expect(found.smallest == 12)
    #expect(found.underTen == 0)
  }
}
