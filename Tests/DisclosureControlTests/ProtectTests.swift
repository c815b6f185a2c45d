import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Protect")
struct ProtectTests {
  private func table(
    persons: [Int64],
    _ figures: [CellTable.Figure]
  ) -> CellTable {
    CellTable(
      name: "use",
      dimensions: [
        CellTable.Dimension(
          name: "area",
          labels: persons.indices.map { "A\($0)" },
          codes: persons.indices.map { Int32($0) }
        )
      ],
      figures: figures,
      persons: persons
    )
  }

  private let hide = Protection(minimum: 10, method: .hide)
  private let round = Protection(minimum: 10, method: .round(base: 5))

  @Test("a cell of 1 to 9 persons shows nothing, one of 0 or 10 shows everything")
  func hidesSmallCells() throws {
    let persons: [Int64] = [0, 1, 9, 10, 11]
    let result = try protect(
      table(
        persons: persons,
        [
          figure(.count, persons),
          figure(.sum, [0, 100, 900, 1000, 1100], contributors: persons, unit: .cents),
        ]
      ),
      hide
    )
    #expect(result.figures[0].values == [0, missingInteger, missingInteger, 10, 11])
    #expect(result.figures[1].values == [0, missingInteger, missingInteger, 1000, 1100])
    #expect(result.figures[0].marks == [.none, .hidden, .hidden, .none, .none])
    #expect(result.hiddenCellCount == 2)
    #expect(result.shownCellCount == 3)
    #expect(result.figures[1].count(of: .hidden) == 2)
  }

  @Test("a part is hidden when it, or what it leaves out, is 1 to 9 persons")
  func hidesComplements() throws {
    let persons = [Int64](repeating: 50, count: 6)
    let result = try protect(
      table(persons: persons, [figure(.part, [0, 9, 10, 40, 41, 50])]),
      hide
    )
    #expect(result.figures[0].marks == [.none, .hidden, .none, .none, .hidden, .none])
  }

  @Test("a group is hidden when the least that would follow from it is 1 to 9 persons")
  func hidesWhatFollows() throws {
    let result = try protect(
      table(
        persons: [50, 50, 50, 5, 50],
        [
          figure(.group(least: [0, 9, 10, 10, 0]), [60, 60, 60, 60, missingInteger])
        ]
      ),
      hide
    )
    #expect(result.figures[0].marks == [.none, .hidden, .none, .hidden, .missing])
    #expect(result.figures[0].values[1] == missingInteger)
  }

  @Test("a sum is hidden when 1 to 9 persons contribute to it, however many are in the cell")
  func hidesThinSums() throws {
    let result = try protect(
      table(
        persons: [50, 50, 50, 50],
        [figure(.sum, [0, 7, -7, 7], contributors: [0, 1, 9, 10])]
      ),
      hide
    )
    #expect(result.figures[0].values == [0, missingInteger, missingInteger, 7])
  }

  @Test("counts round to 5, cents to 5 euros, and every figure that is left is marked")
  func roundsAfterHiding() throws {
    let result = try protect(
      table(
        persons: [12, 13, 9, 0],
        [
          figure(.count, [12, 13, 9, 0]),
          figure(.sum, [1249, -1250, 10, 0], contributors: [12, 13, 9, 0], unit: .cents),
          figure(.sum, [1249, 1251, 10, 0], contributors: [12, 13, 9, 0]),
        ]
      ),
      round
    )
    #expect(result.figures[0].values == [10, 15, missingInteger, 0])
    #expect(result.figures[0].marks == [.changed, .changed, .hidden, .changed])
    #expect(result.figures[1].values == [1000, -1500, missingInteger, 0])
    #expect(result.figures[2].values == [1250, 1250, missingInteger, 0])
  }

  @Test("a sum without value stays without value and is marked as missing")
  func keepsMissing() throws {
    let result = try protect(
      table(persons: [20], [figure(.sum, [missingInteger], contributors: [0])]),
      round
    )
    #expect(result.figures[0].values == [missingInteger])
    #expect(result.figures[0].marks == [.missing])
  }

  @Test("a figure shorter than its table stays hidden where it has no value")
  func hidesWhatIsNotThere() throws {
    let result = try protect(table(persons: [20, 20], [figure(.count, [20])]), hide)
    #expect(result.figures[0].marks == [.none, .hidden])
  }

  @Test(
    "protect agrees with the rules as the design words them",
    arguments: 0..<200 as Range<UInt64>
  )
  func agreesWithRules(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let cellCount = Int.random(in: 0...40, using: &random)
    let policy = Protection(
      minimum: Int64.random(in: 1...15, using: &random),
      method: Bool.random(using: &random)
        ? .hide : .round(base: Int64.random(in: 1...12, using: &random))
    )
    let persons = (0..<cellCount).map { _ in Int64.random(in: 0...60, using: &random) }
    let figures = (0..<4).map { number in
      let kind: CellTable.Figure.Kind = [.count, .part, .sum, .sum][number]
      let contributors = persons.map { Int64.random(in: 0...$0, using: &random) }
      let values =
        switch kind {
        case .count: persons
        case .part: contributors
        case .sum: contributors.map { $0 * Int64.random(in: -5000...5000, using: &random) }
        case .group, .mean, .quantile, .quotient, .ratio, .open, .fitted: [Int64]()
        }
      return figure(
        kind,
        values,
        contributors: kind == .count ? persons : contributors,
        unit: number == 3 ? .cents : .number
      )
    }
    let result = try protect(table(persons: persons, figures), policy)
    var expectedHidden: Set<Int> = []
    for (number, figure) in figures.enumerated() {
      for cell in 0..<cellCount {
        let expected = slowProtect(figure, cell: cell, persons: persons[cell], policy)
        if expected.mark == .hidden { expectedHidden.insert(cell) }
        #expect(result.figures[number].values[cell] == expected.value, "seed \(seed)")
        #expect(result.figures[number].marks[cell] == expected.mark, "seed \(seed)")
      }
    }
    #expect(result.hiddenCellCount == expectedHidden.count, "seed \(seed)")
  }

  /// The rules in the words of the design, one cell at a time, in floating point where it rounds.
  private func slowProtect(
    _ figure: CellTable.Figure,
    cell: Int,
    persons: Int64,
    _ policy: Protection
  ) -> (value: Int64, mark: CellMark) {
    let value = figure.values[cell]
    let forbidden = 1..<max(1, policy.minimum)
    var groups = [persons]
    switch figure.kind {
    case .count: groups.append(value)
    case .part: groups += [value, persons - value]
    case .sum: groups.append(figure.contributors[cell])
    case .group, .mean, .quantile, .quotient, .ratio, .open, .fitted: break
    }
    if groups.contains(where: { forbidden.contains($0) }) { return (missingInteger, .hidden) }
    guard case .round(let base) = policy.method else { return (value, .none) }
    let step = Double(base) * (figure.kind == .sum && figure.unit == .cents ? 100 : 1)
    let nearest = (Double(value) / step).rounded(.toNearestOrAwayFromZero) * step
    return (Int64(nearest), .changed)
  }
}
