import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Suppression over all tables of a release") struct ReleaseSuppressionTests {
  static let policy = Protection(
    minimum: 5,
    method: .suppress,
    dominance: .prior(share: 0.1)
  )

  @Test("the cuts of a cycle are found, and those of a chain are none")
  func cycles() {
    #expect(cyclicCores(of: [["a", "b"], ["b", "c"], ["a", "c"]]) == [["a", "b", "c"]])
    #expect(cyclicCores(of: [["a", "b"], ["b", "c"], ["c", "d"]]) == [])
    #expect(cyclicCores(of: [["a", "b", "c"], ["a", "b"], ["b", "c"], ["a", "c"]]) == [])
    #expect(
      cyclicCores(of: [["a", "b"], ["b", "c"], ["c", "d"], ["d", "a"], ["x", "a"]])
        == [["a", "b", "c", "d"]]
    )
    // A neighbourhood tells its district.
    let nested = [["neighbourhood", "age"], ["district", "sex"], ["age", "sex"]]
    #expect(cyclicCores(of: nested) == [["age", "district", "sex"]])
  }

  @Test(
    "a pattern in which one needed cell is shown again does not pass the audit",
    arguments: 0..<200 as Range<UInt64>
  )
  func refusesWhatIsNeeded(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // Not every region has cells that are hidden for others.
    for attempt in 0..<20 as Range<UInt64> {
      let release = RandomRelease(seed: 1000 * seed + attempt)
      let suppression = try ReleaseSuppression(release.tables, pieces: release.pieces, Self.policy)
      let states = suppression.states
      let variables = suppression.release.variables
      let secondary = states.indices.filter {
        states[$0] == .hidden && variables.isPrinted[$0] && suppression.required[$0] == nil
      }
      guard let shown = secondary.randomElement(using: &random) else { continue }
      var seen = states.map { $0 != .hidden }
      let whole = ReleaseAudit(suppression.release, Self.policy, seen: seen)
      #expect(whole.atRisk == 0, "seed \(seed) \(attempt)")
      seen[shown] = true
      let torn = ReleaseAudit(suppression.release, Self.policy, seen: seen)
      #expect(torn.atRisk > 0, "seed \(seed) \(attempt), cell \(shown)")
      return
    }
    Issue.record("seed \(seed): nothing is hidden for others")
  }

  @Test("a measure that is the sum of two others does not tell the one of them that is hidden")
  func sumsOfMeasures() throws {
    func sum(_ name: String, _ values: [Int64], of contributors: [Int64]) -> CellTable.Figure {
      CellTable.Figure(
        name: name,
        kind: .sum,
        unit: .cents,
        values: values,
        contributors: contributors,
        largest: [values.map { $0 / 2 }, values.map { $0 / 4 }, values.map { $0 / 8 }],
        identity: "sum \(name)"
      )
    }
    let persons: [Int64] = [40, 50, 60]
    let table = CellTable(
      name: "costs",
      dimensions: [
        CellTable.Dimension(name: "municipality", labels: ["a", "b", "c"], codes: [0, 1, 2])
      ],
      figures: [
        sum("care", [9000, 8000, 7000], of: persons),
        sum("support", [300, 4000, 5000], of: [3, 20, 30]),
        sum("both", [9300, 12000, 12000], of: persons),
      ],
      persons: persons
    )
    let policy = Protection(minimum: 10, method: .suppress)
    let protected = try protect([table], policy)[0]
    #expect(protected.figures[1].marks[0] == .hidden)
    #expect(protected.figures[0].marks[0] == .hidden || protected.figures[2].marks[0] == .hidden)
    #expect(protected.figures.allSatisfy { $0.marks[1] == .none && $0.marks[2] == .none })
  }

  @Test("two tables of a cycle tell the third by its pieces, not by its margins")
  func piecesOfThePage() throws {
    // A × C 25 0; 12 40 and B × C 17 10; 20 30: all of the first A are of the first C.
    let byMargins = CellSystem(
      cellCount: 8,
      equations: [
        // The first A by B, the first B by A; cells 0 and 1 are A × B, 2 and 3 the other A.
        CellSystem.Equation(total: 4, parts: [0, 1]), CellSystem.Equation(total: 5, parts: [2, 3]),
        CellSystem.Equation(total: 6, parts: [0, 2]), CellSystem.Equation(total: 7, parts: [1, 3]),
      ]
    )
    let margins: [Int64] = [0, 0, 0, 0, 25, 52, 27, 50]
    let known = margins.enumerated().map { $0 < 4 ? KnownRange.hidden : .exactly($1) }
    #expect(
      IntervalAttack(byMargins, known: known).intervals(of: [0])
        == [AttackedInterval(lower: 0, upper: 25)]
    )
    // Pieces A × B × C: 0...7 by C, then B, then A; 8...11 A × C, 12...15 B × C, 16 the cell.
    let byPieces = CellSystem(
      cellCount: 17,
      equations: [
        CellSystem.Equation(total: 8, parts: [0, 2]), CellSystem.Equation(total: 9, parts: [1, 3]),
        CellSystem.Equation(total: 10, parts: [4, 6]),
        CellSystem.Equation(total: 11, parts: [5, 7]),
        CellSystem.Equation(total: 12, parts: [0, 1]),
        CellSystem.Equation(total: 13, parts: [2, 3]),
        CellSystem.Equation(total: 14, parts: [4, 5]),
        CellSystem.Equation(total: 15, parts: [6, 7]),
        CellSystem.Equation(total: 16, parts: [0, 4]),
      ]
    )
    let shown: [Int64] = [25, 12, 0, 40, 17, 20, 10, 30]
    let pieces =
      [KnownRange](repeating: .hidden, count: 8) + shown.map { KnownRange.exactly($0) }
      + [KnownRange.hidden]
    #expect(
      IntervalAttack(byPieces, known: pieces).intervals(of: [16])
        == [AttackedInterval(lower: 5, upper: 17)]
    )
  }
}
