import PipelineFile
import TestSupport
import Testing

@testable import Linkage
@_spi(Pseudonymisation) @testable import Tabular

@Suite("BlockChoice")
struct BlockChoiceTests {
  /// Columns of so many values each, drawn evenly; `name/part` has a part of a tenth of its values.
  private func columns(_ valueCounts: [(name: String, count: Int)], rows: Int) -> [ComparedColumn] {
    var random = SeededGenerator(seed: 7)
    var names: [String] = []
    var columns: [Column] = []
    for (name, count) in valueCounts {
      let values = (0..<rows).map { _ in Int64(random.next() % UInt64(count)) }
      names += [name, "\(name)_year"]
      columns += [.integers(values, .year), .integers(values.map { $0 / 10 }, .year)]
    }
    let side = ComparedSide(
      PseudonymisedTable(vouchingFor: Table(names: names, columns: columns, rowCount: rows))
    )
    return valueCounts.compactMap {
      ComparedColumn(
        Comparison(column: $0.name, levels: [.exact, .part(column: "\($0.name)_year")]),
        left: side,
        right: side
      )
    }
  }

  private func rules(_ valueCounts: [(name: String, count: Int)], rows: Int = 5000) -> [[String]] {
    BlockChoice.rules(for: columns(valueCounts, rows: rows), isWithin: true).map(\.columns)
  }

  @Test("A part that few records share blocks alone, and no rule narrows it down")
  func fewShare() {
    #expect(rules([("birth", 2000), ("sex", 2)]) == [["birth_year"]])
  }

  @Test("A column that many records share blocks with others only")
  func manyShare() {
    let rules = rules([("surname", 50), ("given", 40), ("sex", 2)])
    #expect(rules.contains(["surname", "sex"]) && rules.contains(["surname", "given_year"]))
    #expect(!rules.contains { $0.count == 1 })
  }

  @Test("A rule and all rules together make no more pairs than can be afforded")
  func isAffordable() {
    for rows in [100, 1000, 10_000] {
      let columns = columns(
        [("a", 300), ("b", 200), ("c", 100), ("d", 90), ("e", 60), ("f", 30)],
        rows: rows
      )
      let rules = BlockChoice.rules(for: columns, isWithin: true)
      #expect(!rules.isEmpty && rules.count <= BlockChoice.ruleLimit)
      var together = 0.0
      for rule in rules {
        let pairs = rule.columns.reduce(Double(rows)) { pairs, name in
          let whole = columns.first { $0.name == name || "\($0.name)_year" == name }
          guard let whole else { return pairs }
          let codes = whole.name == name ? whole.codes : whole.parts[0]
          return pairs * Coincidence.equalShare(codes, isWithin: true)
        }
        #expect(pairs <= BlockChoice.pairsPerRule, "\(rule.columns)")
        together += pairs
      }
      #expect(together <= BlockChoice.pairsTogether)
    }
  }

  @Test("Nothing that everybody shares is a rule")
  func nothingTells() {
    #expect(rules([("sex", 1), ("town", 1)]).isEmpty)
  }
}
