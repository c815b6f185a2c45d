import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Cells of nobody") struct EmptyCellsTests {
  private static func dimension(_ name: String, _ texts: [String]) -> CellTable.Dimension {
    let labels = Set(texts).subtracting(["total"]).sorted()
    return CellTable.Dimension(
      name: name,
      labels: labels,
      codes: texts.map { text in labels.firstIndex(of: text).map { Int32($0) } ?? CellTable.total }
    )
  }

  /// Two districts, three neighbourhoods, two sexes; not all of them in each.
  private static let table = CellTable(
    name: "t",
    dimensions: [
      dimension("neighbourhood", ["BU1", "BU1", "BU2", "BU3", "total", "total"]),
      dimension("district", ["WK1", "WK1", "WK1", "WK2", "WK1", "WK2"]),
      dimension("sex", ["f", "m", "m", "f", "total", "total"]),
    ],
    figures: [
      CellTable.Figure(
        name: "residents",
        kind: .count,
        unit: .number,
        values: [5, 6, 7, 8, 18, 8],
        contributors: [5, 6, 7, 8, 18, 8]
      ),
      CellTable.Figure(
        name: "cost",
        kind: .mean(known: [1, 2, 3, 4, 6, 4], .deviations([1, 2, 3, 4, 5, 6])),
        unit: .cents,
        values: [10, 20, 30, 40, 60, 40],
        contributors: [1, 2, 3, 4, 6, 4],
        companions: [.persons([1, 2, 3, 4, 6, 4])],
        powerSums: (0..<12).map { UInt64($0) },
        largest: [[9, 8, 7, 6, 9, 6]]
      ),
      CellTable.Figure(
        name: "age",
        kind: .quantile(known: [1, 1, 1, 1, 3, 1]),
        unit: .tenThousandths,
        values: [1, 2, 3, 4, 5, 6]
      ),
    ],
    persons: [5, 6, 7, 8, 18, 8]
  )

  @Test("every label meets every other, and a neighbourhood its own district alone")
  func meets() throws {
    let filled = try Self.table.withEmptyCells(
      limit: 100,
      together: [["neighbourhood", "district"]]
    )
    let rows = (0..<filled.cellCount).map { cell in
      filled.dimensions.map { dimension in
        let code = dimension.codes[cell]
        return code == CellTable.total ? "total" : dimension.labels[Int(code)]
      }.joined(separator: " ") + " \(filled.figures[0].values[cell])"
    }
    #expect(
      rows == [
        "BU1 WK1 f 5", "BU1 WK1 m 6", "BU2 WK1 f 0", "BU2 WK1 m 7", "BU3 WK2 f 8", "BU3 WK2 m 0",
        "total WK1 total 18", "total WK2 total 8",
      ]
    )
    let mean = filled.figures[1]
    #expect(mean.values == [10, 20, 0, 30, 40, 0, 60, 40])
    guard case .mean(let known, .deviations(let deviations)) = mean.kind else {
      Issue.record("no mean")
      return
    }
    #expect(known == [1, 2, 0, 3, 4, 0, 6, 4])
    #expect(deviations[2].isNaN && deviations[3] == 3)
    #expect(mean.companions[0].values == known)
    #expect(mean.largest == [[9, 8, 0, 7, 6, 0, 9, 6]])
    #expect(mean.powerSums == [0, 1, 2, 3, 0, 0, 4, 5, 6, 7, 0, 0, 8, 9, 10, 11])
    #expect(filled.figures[2].values[2] == missingInteger)
    #expect(filled.persons == filled.figures[0].values)
  }

  @Test("too many combinations are refused, and a table that has all stays as it is")
  func refusesMany() throws {
    let together = [["neighbourhood", "district"]]
    let error = #expect(throws: DisclosureControlError.self) {
      try Self.table.withEmptyCells(limit: 7, together: together)
    }
    guard case .tooManyCells("t", limit: 7)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let filled = try Self.table.withEmptyCells(limit: 8, together: together)
    #expect(try filled.withEmptyCells(limit: 8, together: together).cellCount == 8)
    #expect(try Self.table.counting(.alone).withEmptyCells(limit: 1, together: []).cellCount == 6)
  }

  private static var policy: Protection {
    var policy = Protection(minimum: 4, method: .suppress)
    policy.hidesZeros = true
    return policy
  }

  @Test("who sees random linked tables cannot tell which cells are empty")
  func survivesOutsider() throws {
    var (refused, attacked) = (0, 0)
    for seed in 0..<90 as Range<UInt64> {
      var release = RandomRelease(seed: 9_000 + seed, seed % 3 == 0 ? .ofAreas : .flat)
      release.tables = try release.tables.map {
        try $0.withEmptyCells(
          limit: 10_000,
          together: [["neighbourhood", "district", "municipality"]]
        )
      }
      guard let published = try published(release, Self.policy) else {
        refused += 1
        continue
      }
      #expect(
        try audit(release.tables, pieces: release.pieces, published: published, Self.policy).atRisk
          == 0
      )
      let attack = OutsiderAttack(release, published: published)
      for (target, required) in attack.sensitive(Self.policy) {
        attacked += required.lower == 0 ? 1 : 0
        let interval = try #require(attack.interval(of: target))
        #expect(interval.reaches(required), "seed \(seed) \(target) \(interval)")
      }
    }
    #expect(refused <= 6 && attacked > 80, "\(refused) refused, \(attacked) attacked")
  }

  /// Nil where it is refused.
  private func published(
    _ release: RandomRelease,
    _ policy: Protection
  ) throws -> [ProtectedTable]? {
    do {
      return try protect(release.tables, pieces: release.pieces, policy)
    } catch {
      guard case .unprotected = error else { throw error }
      return nil
    }
  }

  @Test("a pattern that shows an empty cell is at risk") func showsZero() throws {
    let table = CellTable(
      name: "t",
      dimensions: Self.table.dimensions,
      figures: [Self.table.figures[0]],
      persons: Self.table.persons
    )
    let filled = try table.withEmptyCells(
      limit: 100,
      together: [["neighbourhood", "district"]]
    )
    let plain = Protection(minimum: 2, method: .suppress)
    let shown = try protect([filled], plain)
    #expect(shown[0].figures[0].marks.allSatisfy { $0 == .none })
    #expect(try audit([filled], published: shown, plain).atRisk == 0)
    #expect(try audit([filled], published: shown, Self.policy).atRisk == 2)
  }

  @Test("zeros that everyone knows are shown, and those of nobody's choice are not")
  func showsKnownZeros() throws {
    let places = (0..<6).map { "GM000\($0)" } + ["total"]
    let persons: [Int64] = [40, 50, 60, 70, 80, 90, 390]
    func part(_ name: String) -> CellTable.Figure {
      CellTable.Figure(
        name: name,
        kind: .part,
        unit: .number,
        values: [0, 20, 20, 20, 20, 20, 100],
        identity: "count where \(name)"
      )
    }
    let table = CellTable(
      name: "t",
      dimensions: [Self.dimension("municipality", places)],
      figures: [
        CellTable.Figure(name: "residents", kind: .count, unit: .number, values: persons),
        part("ill"), part("of_an_age"),
      ],
      persons: persons
    ).marking(sensitive: [], together: ["of_an_age"])
    let protected = try protect([table], Self.policy)[0]
    #expect(protected.figures[1].marks[0] == .hidden)
    #expect(protected.figures[2].marks.allSatisfy { $0 == .none })
    #expect(protected.figures[0].marks.allSatisfy { $0 == .none })
  }

  @Test("'hide' hides them where they stand") func hides() throws {
    let filled = try Self.table.withEmptyCells(
      limit: 100,
      together: [["neighbourhood", "district"]]
    )
    var policy = Protection(minimum: 5, method: .hide)
    #expect(try protect([filled], policy)[0].figures[0].marks.allSatisfy { $0 == .none })
    policy.hidesZeros = true
    let hidden = try protect([filled], policy)[0].figures[0].marks.map { $0 == .hidden }
    #expect(hidden == [false, false, true, false, false, true, false, false])
  }
}
