import Statistics
import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Tables of the Triple Aim")
struct LensTableTests {
  /// Three areas and their total: persons, those admitted, and a score of some.
  private func protected() throws -> ProtectedTable {
    let cells = CellTable(
      name: "aims",
      dimensions: [
        CellTable.Dimension(
          name: "area",
          labels: ["A", "B", "C"],
          codes: [0, 1, 2, CellTable.total]
        )
      ],
      figures: [
        figure("residents", .count, [1000, 1000, 12, 2012]),
        figure("admitted", .part, [50, 200, 3, 253]),
        CellTable.Figure(
          name: "rate",
          kind: .quotient(of: 1, per: 1000, by: 0, .share),
          unit: .millionths,
          values: []
        ),
        CellTable.Figure(
          name: "score",
          kind: .mean(known: [400, 500, 0, 900], .deviations([2, 2, .nan, 2])),
          unit: .number,
          values: [2800, 3500, 0, 6300],
          contributors: [400, 500, 0, 900]
        ),
      ],
      persons: [1000, 1000, 12, 2012]
    )
    let lenses = [
      Lens(aim: .health, indicators: [("rate", .lower)]),
      Lens(aim: .experience, indicators: [("score", .higher)]),
      Lens(aim: .cost, indicators: []),
    ]
    let table = try protect(cells, Protection(minimum: 10, method: .hide))
    return laidOut(table, of: cells, as: .lenses([], lenses))
  }

  private func figure(
    _ name: String,
    _ kind: CellTable.Figure.Kind,
    _ values: [Int64]
  ) -> CellTable.Figure {
    CellTable.Figure(
      name: name,
      kind: kind,
      unit: .number,
      values: values,
      contributors: values
    )
  }

  private func texts(_ figure: ProtectedTable.Figure) -> [String] {
    figure.values.map { $0 == missingInteger ? "" : figure.texts[Int($0)] }
  }

  @Test("All three aims stand in every cell, and one without a source says so")
  func showsEveryAim() throws {
    let table = try protected()
    #expect(table.cellCount == 12)
    #expect(table.dimensions.map(\.name) == ["area", "lens", "indicator"])
    let lens = table.dimensions[1]
    #expect(
      lens.codes.prefix(3).map { lens.labels[Int($0)] } == ["cost", "experience", "health"]
    )
    let verdicts = texts(table.figures[2])
    #expect([0, 3, 6, 9].allSatisfy { verdicts[$0] == "no source" })
    #expect(table.figures[0].marks[0] == .missing)
  }

  @Test("A verdict is given where the limits exclude the region's value, the better way round")
  func judges() throws {
    let table = try protected()
    let verdicts = texts(table.figures[2])
    // 50 and 200 of 1000 against 125.7: fewer is better.
    #expect(verdicts[2] == "better")
    #expect(verdicts[5] == "worse")
    #expect(verdicts[1] == "as the region")
    // Hidden, and the region itself.
    #expect(verdicts[8] == "")
    #expect(table.figures[0].marks[8] == .hidden)
    #expect(verdicts[11] == "")
    #expect(table.figures[1].values[2] == millionths(253.0 * 1000 / 2012))
  }

  @Test("The response is who answered of all, and stands only beside what not everybody answers")
  func tellsResponse() throws {
    let responses = try protected().figures[3].values
    #expect(responses[1] == 400_000)
    #expect(responses[4] == 500_000)
    #expect(responses[2] == missingInteger)
  }
}
