import Diagnostics
import Statistics
import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Tables of savings")
struct SavingsTableTests {
  private let place = Place(file: "test.yaml")

  /// An agreement on targets of so many tables; `invested` in cents, by payer.
  private func savings(_ targets: Int, invested: [String: Int64]) -> SavingsDefinition {
    SavingsDefinition(
      costs: [],
      baseline: [],
      adjust: [],
      trend: 0.03,
      corridor: 0.02,
      share: 0.5,
      cap: 0.1,
      quality: (0..<targets).map {
        TableDefinition(
          name: "target-\($0)",
          rows: [],
          by: [],
          totals: [],
          content: .measures([]),
          place: place
        )
      },
      invested: InvestmentFile(path: "", place: place, cents: invested),
      payers: nil
    )
  }

  /// What payers would have cost and cost, all together last; `least` persons with costs.
  private func table(
    _ payers: [String],
    baseline: [Int64],
    actual: [Int64],
    least: [Int64]? = nil,
    _ method: Protection.Method = .hide
  ) throws -> ProtectedTable {
    let least = least ?? baseline.map { _ in 100 }
    func figure(_ name: String, _ values: [Int64]) -> CellTable.Figure {
      CellTable.Figure(name: name, kind: .group(least: least), unit: .cents, values: values)
    }
    return try protect(
      CellTable(
        name: "savings",
        dimensions: [
          .init(
            name: "payer",
            labels: payers,
            codes: payers.indices.map { Int32($0) } + [CellTable.total]
          )
        ],
        figures: [figure("baseline", baseline), figure("actual", actual)],
        persons: baseline.map { _ in 1000 }
      ),
      Protection(minimum: 10, method: method)
    )
  }

  /// A table of progress whose last period has this verdict; the comparator's row is before it.
  private func progress(_ verdict: String?) -> ProtectedTable {
    let texts = ["behind", "on course", "reached"]
    let last = verdict.flatMap(texts.firstIndex).map { Int64($0) } ?? missingInteger
    return ProtectedTable(
      name: "target",
      dimensions: [
        .init(name: "period", labels: ["2024", "2025"], codes: [0, 0, 1, 1]),
        .init(name: "side", labels: ["comparator", "region"], codes: [0, 1, 0, 1]),
      ],
      figures: [
        .init(
          name: "verdict",
          unit: .text,
          values: [missingInteger, 0, missingInteger, last],
          marks: [.missing, .none, .missing, verdict == nil ? .missing : .none],
          texts: texts
        )
      ],
      cellCount: 4
    )
  }

  private func figures(
    _ table: ProtectedTable,
    _ savings: SavingsDefinition,
    _ verdicts: [String?]
  ) -> [String: ProtectedTable.Figure] {
    let table = savingsTable(table, savings, quality: verdicts.map { progress($0) })
    let names = table.figures.map(\.name)
    #expect(
      names == ["baseline", "actual", "brings", "takes", "net", "roi", "quality", "payout"]
    )
    return Dictionary(uniqueKeysWithValues: table.figures.map { ($0.name, $0) })
  }

  private let fourOfFive = ["reached", "reached", "reached", "reached", "behind"]

  @Test("the page's region saves and pays out what the page says")
  func knownAnswer() throws {
    let found = figures(
      try table([], baseline: [6_283_000_000], actual: [6_100_000_000]),
      savings(5, invested: ["town": 40_000_000, "insurer": 20_000_000]),
      fourOfFive
    )
    #expect(found["brings"]?.values == [60_000_000])
    #expect(found["takes"]?.values == [183_000_000])
    #expect(found["net"]?.values == [123_000_000])
    #expect(found["roi"]?.values == [2_050_000])
    #expect(found["quality"]?.values == [800_000])
    #expect(found["payout"]?.values == [73_200_000])
    #expect(found.values.allSatisfy { $0.marks == [.none] })
  }

  @Test("who brings and who takes need not be the same, and together they are the region")
  func payers() throws {
    let found = figures(
      try table(
        ["insurer", "province", "town"],
        baseline: [900, 0, 100, 1000],
        actual: [700, 0, 130, 830]
      ),
      savings(1, invested: ["town": 60, "province": 25]),
      ["reached"]
    )
    #expect(found["brings"]?.values == [0, 25, 60, 85])
    #expect(found["takes"]?.values == [200, 0, -30, 170])
    #expect(found["net"]?.values == [200, -25, -90, 85])
    // Who brings nothing has no return; it is one payout, whoever pays which part of it.
    #expect(found["roi"]?.values == [missingInteger, -1_000_000, -1_500_000, 1_000_000])
    #expect(found["roi"]?.marks == [.missing, .none, .none, .none])
    #expect(found["payout"]?.values.dropLast().allSatisfy { $0 == missingInteger } == true)
    #expect(found["payout"]?.values.last == 85)
  }

  @Test("nothing is told of costs that are hidden, but what was invested is")
  func keepsHidden() throws {
    let found = figures(
      try table(
        ["insurer"],
        baseline: [900, 1000],
        actual: [700, 830],
        least: [9, 10]
      ),
      savings(1, invested: ["insurer": 60]),
      ["reached"]
    )
    for name in ["baseline", "actual", "takes", "net", "roi"] {
      #expect(found[name]?.values[0] == missingInteger && found[name]?.marks[0] == .hidden)
    }
    #expect(found["brings"]?.values == [60, 60])
    #expect(found["takes"]?.values[1] == 170)
  }

  @Test("what is rounded is computed of as it is shown")
  func keepsRounded() throws {
    let found = figures(
      try table([], baseline: [100_049], actual: [90_151], .round(base: 5)),
      savings(1, invested: [:]),
      ["reached"]
    )
    #expect(found["takes"]?.values == [100_000 - 90_000])
    #expect(found["takes"]?.marks == [.changed])
  }

  @Test("a target of which nothing can be told leaves no payout, one that is not reached no part")
  func needsVerdicts() throws {
    let cells = try table([], baseline: [1000], actual: [800])
    let untold = figures(cells, savings(2, invested: [:]), ["reached", nil])
    #expect(untold["quality"]?.marks == [.missing])
    #expect(untold["payout"]?.marks == [.missing])
    let missed = figures(cells, savings(2, invested: [:]), ["on course", "behind"])
    #expect(missed["quality"]?.values == [0] && missed["payout"]?.values == [0])
  }

  @Test("a baseline that is missing leaves all that is made of it missing")
  func needsBaseline() throws {
    let cells = try table([], baseline: [missingInteger], actual: [800])
    let found = figures(cells, savings(1, invested: ["a": 1]), ["reached"])
    for name in ["takes", "net", "roi", "payout"] {
      #expect(found[name]?.values == [missingInteger] && found[name]?.marks == [.missing])
    }
  }
}
