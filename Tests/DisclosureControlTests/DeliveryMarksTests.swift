import PipelineFile
import Tabular
import Testing

@testable import DisclosureControl

@Suite("Tables of which a delivery has not come")
struct DeliveryMarksTests {
  private let stage: AggregateStage

  init() throws {
    let text = """
      koppel: 1
      pipeline: small
      sample: true
      keys: {region: {file: demo.key}}
      ingest:
        register: {read: csv, files: r.csv, columns: {bsn: {type: bsn}, area: {type: text}}}
        care: {read: csv, files: c.csv, columns: {bsn: {type: bsn}}}
      pseudonymise:
        {key: region, release: "{pipeline}", columns: {bsn: {token: person}, area: keep}}
      link: {spine: register, exact: [{on: [bsn]}]}
      aggregate:
        tables:
          use:
            by: [area]
            measure: {residents: count, rate: n per 10 residents, n: count where care.count > 0}
        protect: {minimum: 2, method: hide}
      publish: {to: out, tables: [use]}
      """
    stage = try PipelineLoader.load(
      bytes: Array(text.utf8),
      path: "p.yaml",
      today: CivilDate(dayNumber: 20_700)
    ).aggregate
  }

  private func figure(_ name: String, _ values: [Int64], _ marks: [CellMark])
    -> ProtectedTable.Figure
  {
    ProtectedTable.Figure(
      name: name,
      unit: .number,
      values: values,
      marks: marks,
      companions: [CellTable.Companion(suffix: "_n", unit: .number, values: values)]
    )
  }

  private func marked(absent: Set<String>, stale: Set<String>) -> [ProtectedTable.Figure] {
    ProtectedTable(
      name: "use",
      dimensions: [.init(name: "area", labels: ["A", "B", "C"], codes: [0, 1, 2])],
      figures: [
        figure("residents", [5, 9, missingInteger], [.none, .changed, .hidden]),
        figure("rate", [4, missingInteger, missingInteger], [.changed, .few, .hidden]),
        figure("n", [2, 3, missingInteger], [.snapshot, .none, .hidden]),
      ],
      cellCount: 3
    ).marking(
      stage.tables[0],
      absent: SourceNeeds(of: absent, in: stage),
      stale: SourceNeeds(of: stale, in: stage)
    ).figures
  }

  @Test("a figure that needs it has no value and no companion's, and no other figure changes")
  func takesValuesOut() {
    let figures = marked(absent: ["care"], stale: [])
    #expect(figures.map(\.name) == ["residents", "rate", "n"])
    #expect(figures[0].values == [5, 9, missingInteger])
    #expect(figures[0].marks == [.none, .changed, .hidden])
    for figure in figures[1...] {
      #expect(figure.values.allSatisfy { $0 == missingInteger })
      #expect(figure.marks == [.missing, .missing, .missing])
      #expect(figure.companions.map(\.suffix) == ["_n"])
      #expect(figure.companions[0].values.allSatisfy { $0 == missingInteger })
    }
  }

  @Test("what an earlier delivery tells is stale, unless it is hidden or means nothing")
  func marksStale() {
    let figures = marked(absent: [], stale: ["care"])
    #expect(figures[0].marks == [.none, .changed, .hidden])
    #expect(figures[1].marks == [.stale, .few, .hidden])
    #expect(figures[2].marks == [.stale, .stale, .hidden])
    #expect(figures[2].values == [2, 3, missingInteger])
  }
}
