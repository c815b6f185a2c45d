import Tabular
import TestSupport
import Testing

@testable import DisclosureControl

@Suite("The change of segments since the period before")
struct ChangeTests {
  @Test(
    "It is what anyone could subtract, and nothing where either is not shown",
    arguments: 0..<60 as Range<UInt64>
  )
  func subtracts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let labels = ["a", "b", "c"]
    let marks: [CellMark] = (0..<4).map { _ in
      [.none, .changed, .hidden, .missing].randomElement(using: &random) ?? .none
    }
    let values = marks.map {
      [.hidden, .missing].contains($0) ? missingInteger : Int64.random(in: 0...90, using: &random)
    }
    let none = [CellMark](repeating: .none, count: 4)
    let table = ProtectedTable(
      name: "segments-report",
      dimensions: [.init(name: "segment", labels: labels, codes: [0, 1, 2, CellTable.total])],
      figures: [
        .init(name: "persons", unit: .number, values: values, marks: marks),
        .init(name: "proof", unit: .text, values: [0, 0, 0, 0], marks: none, texts: ["yes"]),
      ],
      cellCount: 4
    )
    var before: [String: Int64] = [:]
    for label in labels + ["total"] where Bool.random(using: &random) {
      before[label] = Int64.random(in: 0...90, using: &random)
    }
    let figures = table.withChange(since: before).figures
    #expect(figures.map(\.name) == ["persons", "change", "proof"])
    for (cell, label) in (labels + ["total"]).enumerated() {
      let change = figures[1]
      if marks[cell] == .hidden {
        #expect(change.marks[cell] == .hidden && change.values[cell] == missingInteger)
      } else if let then = before[label], values[cell] != missingInteger {
        #expect(change.values[cell] == values[cell] - then && change.marks[cell] == marks[cell])
      } else {
        #expect(change.marks[cell] == .missing && change.values[cell] == missingInteger)
      }
    }
  }
}
