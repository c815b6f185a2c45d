import Diagnostics
import Statistics
import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Hot spots of what is shown")
struct HotSpotTableTests {
  private static let codes = ["A", "B", "C", "D", "E", "F", "unknown"]
  private static let hide = Protection(minimum: 10, method: .hide)
  /// Of the first six areas; some are looked at with less or more expected.
  private static let expected: [Double] = [20, 31.25, 14.5, 9.75, 40, 28, 3]

  /// Areas in a row, each beside the next, or at places in a plane.
  private static func search(byPairs: Bool) -> HotSpotSearch {
    var near = AreaFile(path: "areas.csv", use: .near, place: Place(file: "test.yaml"))
    if byPairs {
      near.neighbours = zip(codes, codes.dropFirst()).dropLast().map { NeighbourPair($0, $1) }
    } else {
      near.areas = codes.dropLast().enumerated().map { number, code in
        Area(code: code, position: Area.Position(x: Double(number * 100), y: Double(number % 2)))
      }
    }
    return HotSpotSearch(
      measure: Measure(name: "often", kind: .count),
      expected: ["age_band"],
      find: HotSpotSearch.Method.allCases,
      near: near,
      atMost: 0.6
    )
  }

  private func cells(_ observed: [Int64], _ expected: [Double] = Self.expected) -> CellTable {
    CellTable(
      name: "spots",
      dimensions: [
        CellTable.Dimension(
          name: "area",
          labels: Self.codes,
          codes: Self.codes.indices.map { Int32($0) }
        )
      ],
      figures: [
        CellTable.Figure(
          name: "observed",
          kind: .part,
          unit: .number,
          values: observed,
          contributors: observed
        ),
        CellTable.Figure(
          name: "expected",
          kind: .fitted(of: []),
          unit: .millionths,
          values: expected.map { millionths($0) }
        ),
      ],
      persons: observed.map { _ in 500 }
    )
  }

  private func spots(_ table: ProtectedTable, byPairs: Bool, workers: Int = 1) -> ProtectedTable {
    hotSpotTable(
      table,
      Self.search(byPairs: byPairs),
      levels: [.ninetyFive],
      streams: (1...99).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 },
      workers: workers
    )
  }

  private func spots(
    _ observed: [Int64],
    _ policy: Protection = Self.hide,
    byPairs: Bool = true,
    workers: Int = 1
  ) throws -> ProtectedTable {
    spots(try protect(cells(observed), policy), byPairs: byPairs, workers: workers)
  }

  /// Everything that is published of a table.
  private func told(_ table: ProtectedTable) -> [String] {
    table.figures.map { figure in
      "\(figure.name) \(figure.unit) \(figure.values) \(figure.marks) \(figure.texts) "
        + "\(figure.companions.map { ($0.suffix, $0.values) })"
    }
  }

  @Test("no figure of any area depends on a count that is hidden", arguments: [true, false])
  func nothingOfHidden(byPairs: Bool) throws {
    let tables = try (1...9 as ClosedRange<Int64>).map { hidden in
      try spots([38, 52, hidden, 12, 30, 25, 4], byPairs: byPairs)
    }
    let first = told(tables[0])
    for table in tables { #expect(told(table) == first) }
    // What is compared is told: areas beside the hidden one are in a zone and have their Gi*.
    for name in ["smr", "p", "q", "verdict", "zone", "zone_llr", "zone_p", "gi", "gi_q"] {
      let figure = try #require(tables[0].figures.first { $0.name == name })
      #expect(figure.values[1] != missingInteger, "\(name)")
      #expect(figure.marks[2] == .hidden && figure.values[2] == missingInteger, "\(name)")
      #expect(figure.companions.allSatisfy { $0.values[2] == missingInteger }, "\(name)")
    }
  }

  @Test("a hidden count would tell in the figures of others, were it not left out")
  func wouldTell() throws {
    let nobody = Protection(minimum: 0, method: .hide)
    let tables = try [1, 9].map { try spots([38, 52, $0, 12, 30, 25, 4], nobody) }
    for name in ["zone_llr", "gi", "gi_q"] {
      let values = tables.map { table in
        table.figures.first { $0.name == name }.map { [$0.values[0], $0.values[1]] }
      }
      #expect(values[0] != values[1], "\(name)")
    }
  }

  @Test("an area of which nothing is known is one where nobody is counted or expected")
  func likeNobody() throws {
    let hidden = try spots([38, 52, 4, 12, 30, 25, 4])
    let nobody = spots(
      try protect(
        cells([38, 52, 0, 12, 30, 25, 0], Self.expected.enumerated().map { $0 == 2 ? 0 : $1 }),
        Self.hide
      ),
      byPairs: true
    )
    for (figure, other) in zip(hidden.figures, nobody.figures).dropFirst(2) {
      for cell in [0, 1, 3, 4, 5] {
        #expect(figure.values[cell] == other.values[cell], "\(figure.name) of \(cell)")
        #expect(figure.marks[cell] == other.marks[cell], "\(figure.name) of \(cell)")
      }
    }
  }

  @Test("where expected is hidden too, or either is of an earlier night, nothing is made of it")
  func hiddenOrHeld() throws {
    let shown = try protect(cells([38, 52, 17, 12, 30, 25, 14]), Self.hide)
    let marks = [(0, CellMark.hidden), (0, .held), (1, .hidden), (1, .held)]
    let tables = marks.map { place, mark in
      spots(marking(shown, figure: place, cell: 2, mark), byPairs: true)
    }
    let first = told(tables[0]).dropFirst(2)
    for table in tables {
      #expect(told(table).dropFirst(2) == first)
      for figure in table.figures.dropFirst(2) { #expect(figure.marks[2] == .hidden) }
    }
  }

  private func marking(
    _ table: ProtectedTable,
    figure place: Int,
    cell: Int,
    _ mark: CellMark
  ) -> ProtectedTable {
    var figures = table.figures
    let old = figures[place]
    var (values, marks) = (old.values, old.marks)
    marks[cell] = mark
    if mark == .hidden { values[cell] = missingInteger }
    figures[place] = ProtectedTable.Figure(
      name: old.name,
      unit: old.unit,
      values: values,
      marks: marks
    )
    return ProtectedTable(
      name: table.name,
      dimensions: table.dimensions,
      figures: figures,
      cellCount: table.cellCount
    )
  }

  @Test("of rounded counts, figures are made as they are shown, and say so")
  func ofRounded() throws {
    let observed: [Int64] = [38, 52, 4, 12, 30, 26, 14]
    let rounded = try spots(observed, Protection(minimum: 10, method: .round(base: 5)))
    let shown = rounded.figures[0].values
    #expect(shown == [40, 50, missingInteger, 10, 30, 25, 15])
    let smr = try #require(rounded.figures.first { $0.name == "smr" })
    for cell in [0, 1, 3, 4, 5, 6] {
      let expected = Double(rounded.figures[1].values[cell]) / 1e6
      #expect(smr.values[cell] == millionths(Double(shown[cell]) / expected))
      #expect(smr.marks[cell] == .changed)
    }
    let names = ["p", "q", "zone_llr", "zone_p", "gi", "gi_q"]
    for figure in rounded.figures where names.contains(figure.name) {
      #expect(figure.marks[0] == .changed, "\(figure.name)")
    }
    let words = rounded.figures.filter { $0.unit == .text }
    #expect(words.map(\.name) == ["verdict", "zone"])
    #expect(words.allSatisfy { $0.marks[0] == .none })
  }

  @Test("the table is the same for any number of workers", arguments: [2, 3, 8])
  func workers(count: Int) throws {
    let observed: [Int64] = [38, 52, 4, 12, 30, 25, 14]
    for byPairs in [true, false] {
      #expect(
        told(try spots(observed, byPairs: byPairs, workers: count))
          == told(try spots(observed, byPairs: byPairs))
      )
    }
  }
}
