import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Figures that are computed of others")
struct FittedTests {
  private let observed = CellTable.Figure(
    name: "observed",
    kind: .part,
    unit: .number,
    values: [4, 12, 0, 30],
    contributors: [4, 12, 0, 30]
  )

  private func protected(
    _ figures: [CellTable.Figure],
    _ method: Protection.Method = .hide
  ) throws -> [ProtectedTable.Figure] {
    let table = CellTable(
      name: "spots",
      dimensions: [],
      figures: [observed] + figures,
      persons: [100, 100, 100, 100]
    )
    return try protect(table, Protection(minimum: 10, method: method)).figures
  }

  @Test(
    "They and what stands beside them are hidden where a part is, and keep their marks elsewhere"
  )
  func hidesWithItsParts() throws {
    let ratio = CellTable.Figure(
      name: "smr",
      kind: .fitted(of: [0]),
      unit: .millionths,
      values: [400_000, 1_200_000, missingInteger, 3_000_000],
      marks: [.none, .pooled, .few, .none],
      companions: [
        CellTable.Companion(suffix: "_lower", unit: .millionths, values: [1, 2, missingInteger, 4])
      ]
    )
    let found = try protected([ratio])[1]
    #expect(found.values == [missingInteger, 1_200_000, missingInteger, 3_000_000])
    #expect(found.marks == [.hidden, .pooled, .few, .none])
    #expect(found.companions[0].values == [missingInteger, 2, missingInteger, 4])
  }

  @Test("What is fitted to fitted figures is hidden with them")
  func followsChains() throws {
    let first = CellTable.Figure(
      name: "p",
      kind: .fitted(of: [0]),
      unit: .millionths,
      values: [1, 2, 3, missingInteger]
    )
    let verdict = CellTable.Figure(
      name: "verdict",
      kind: .fitted(of: [1]),
      unit: .text,
      values: [0, 0, missingInteger, missingInteger],
      texts: ["high"]
    )
    let found = try protected([first, verdict])
    #expect(found[1].marks == [.hidden, .none, .none, .missing])
    #expect(found[2].marks == [.hidden, .none, .none, .none])
    #expect(found[2].values == [missingInteger, 0, missingInteger, missingInteger])
  }

  @Test("One that names no figure of the table stays hidden")
  func hidesTheLost() throws {
    let lost = CellTable.Figure(
      name: "p",
      kind: .fitted(of: [7]),
      unit: .millionths,
      values: [1, 2, 3, 4]
    )
    #expect(try protected([lost])[1].marks.allSatisfy { $0 == .hidden })
  }

  @Test("Under round they keep three digits, and texts stay")
  func coarsens() throws {
    let ratio = CellTable.Figure(
      name: "smr",
      kind: .fitted(of: [0]),
      unit: .millionths,
      values: [1, 1_234_567, 1_234_567, 1_234_567],
      companions: [
        CellTable.Companion(suffix: "_n", unit: .number, values: [1, 98_765, 2, 3])
      ]
    )
    let verdict = CellTable.Figure(
      name: "verdict",
      kind: .fitted(of: [0]),
      unit: .text,
      values: [0, 0, 0, 0],
      texts: ["high"]
    )
    let found = try protected([ratio, verdict], .round(base: 5))
    #expect(found[1].values == [missingInteger, 1_230_000, 1_230_000, 1_230_000])
    #expect(found[1].marks == [.hidden, .changed, .changed, .changed])
    #expect(found[1].companions[0].values[1] == 98_800)
    #expect(found[2].marks == [.hidden, .none, .none, .none])
  }

  @Test("What is told of the cell alone is shown unless its persons are few")
  func showsOpenFigures() throws {
    let table = CellTable(
      name: "spots",
      dimensions: [],
      figures: [
        CellTable.Figure(name: "expected", kind: .open, unit: .millionths, values: [5, 6, 7])
      ],
      persons: [9, 0, 10]
    )
    let found = try protect(table, Protection(minimum: 10, method: .hide)).figures[0]
    #expect(found.marks == [.hidden, .none, .none])
    #expect(found.values == [missingInteger, 6, 7])
  }
}
