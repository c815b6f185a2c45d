import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile

/// The attack on rounded and moved tables, and the reasons of what is hidden.
@Suite("Audit of changed tables") struct ChangedAuditTests {
  static func table(_ counts: [Int64], sums: [Int64]? = nil) -> CellTable {
    let total = counts.reduce(0, +)
    let values = counts + [total]
    var figures = [
      CellTable.Figure(name: "n", kind: .count, unit: .number, values: values, identity: "count")
    ]
    if let sums {
      let all = sums + [sums.reduce(0, +)]
      figures.append(
        CellTable.Figure(
          name: "cost",
          kind: .sum,
          unit: .number,
          values: all,
          contributors: values,
          largest: [all, all.map { _ in 0 }, all.map { _ in 0 }],
          identity: "sum cost"
        )
      )
    }
    return CellTable(
      name: "use",
      dimensions: [
        CellTable.Dimension(
          name: "area",
          labels: counts.indices.map { "a\($0)" },
          codes: counts.indices.map(Int32.init) + [CellTable.total]
        )
      ],
      figures: figures,
      persons: values
    )
  }

  /// What a table would say if nothing of it were hidden.
  static func written(_ table: CellTable, toMultipleOf base: Int64) -> ProtectedTable {
    ProtectedTable(
      name: table.name,
      dimensions: table.dimensions,
      figures: table.figures.map { figure in
        ProtectedTable.Figure(
          name: figure.name,
          unit: figure.unit,
          values: figure.values.map { rounded($0, toMultipleOf: base) },
          marks: figure.values.map { _ in .changed }
        )
      },
      cellCount: table.cellCount
    )
  }

  @Test("four zeros of base 5 with a total of 10 prove 2 2 2 2")
  func fourTwos() throws {
    let table = Self.table([2, 2, 2, 2])
    let policy = Protection(minimum: 3, method: .round(base: 5))
    let audit = try DisclosureControl.audit(
      [table],
      published: [Self.written(table, toMultipleOf: 5)],
      policy,
      listing: true
    )
    #expect(audit.measures.map(\.outsider) == [4])
    #expect(audit.measures.first?.narrowest == AttackedInterval(lower: 2, upper: 2))
    #expect(audit.cells.map(\.labels) == [["a0"], ["a1"], ["a2"], ["a3"]])
    #expect(audit.cells.allSatisfy { $0.who == [.outsider] })
  }

  @Test("a rounded total leaves a hidden number as much as both may have been rounded")
  func oneHidden() throws {
    let table = Self.table([4, 30, 41])
    let policy = Protection(minimum: 10, method: .round(base: 5))
    let audit = try DisclosureControl.audit(
      [table],
      published: try protect([table], policy),
      policy
    )
    // 75 − 30 − 40, each ±2: 0 to 11.
    #expect(audit.measures.first?.narrowest == AttackedInterval(lower: 0, upper: 11))
    #expect(audit.measures.first?.hidden == 1)
    #expect(audit.atRisk == 0)
    let few = Self.table([2, 33, 43])
    #expect(
      try DisclosureControl.audit([few], published: try protect([few], policy), policy).atRisk == 1
    )
  }

  @Test("who is alone in a cell tells more of the rest")
  func insider() throws {
    let table = Self.table([1, 5, 30, 40])
    // 75±2 − 30±2 − 40±2: 0 to 11 for both together, and 0 to 10 for the 5 beside the 1.
    func audit(minimum: Int64) throws -> ReleaseAudit {
      let policy = Protection(minimum: minimum, method: .round(base: 5))
      return try DisclosureControl.audit(
        [table],
        published: try protect([table], policy),
        policy,
        listing: true
      )
    }
    #expect(try audit(minimum: 10).atRisk == 0)
    let told = try audit(minimum: 11)
    #expect(told.measures.map(\.outsider) == [0])
    #expect(told.measures.map(\.insider) == [1])
    #expect(told.cells.filter { $0.who == [.insider] }.map(\.labels) == [["a1"]])
  }

  @Test("of a shown number no more is asked than what was done to it leaves open")
  func shownSmall() throws {
    let table = Self.table([2, 30, 41])
    let policy = Protection(minimum: 10, method: .round(base: 5))
    let published = [Self.written(table, toMultipleOf: 5)]
    #expect(try DisclosureControl.audit([table], published: published, policy).atRisk == 0)
  }

  @Test("each number that is hidden is listed, with an interval whether a rule asked or not")
  func listing() throws {
    let table = Self.table([4, 30, 41, 25])
    let policy = Protection(minimum: 10, method: .suppress)
    let published = try protect([table], policy)
    let audit = try DisclosureControl.audit([table], published: published, policy, listing: true)
    #expect(audit.cells.map(\.labels) == [["a0"], ["a3"]])
    #expect(
      audit.cells.map(\.interval) == [.init(lower: 0, upper: 29), .init(lower: 0, upper: 29)]
    )
    #expect(audit.cells.allSatisfy { $0.who.isEmpty })
    #expect(try DisclosureControl.audit([table], published: published, policy).cells.isEmpty)
  }

  @Test("each hidden number has its rule, the cheapest the first rank")
  func reasons() throws {
    var found: [ProtectedNumber] = []
    _ = try protect(
      [Self.table([4, 30, 41, 25])],
      Protection(minimum: 10, method: .suppress),
      explain: { found = $0 }
    )
    #expect(found.map(\.rule) == [.minimum, .secondary])
    #expect(found.first?.labels == ["a0"])
    #expect(found.map(\.rank) == [1, 2])
    _ = try protect(
      [Self.table([4, 30, 41, 25])],
      Protection(minimum: 10, method: .hide),
      explain: { found = $0 }
    )
    #expect(found.map(\.rule) == [.minimum])
    #expect(found.first?.rank == nil)
  }
}
