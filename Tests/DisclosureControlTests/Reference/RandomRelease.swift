import Tabular
import TestSupport

@testable import DisclosureControl

/// Random persons, and tables of them that hang together.
struct RandomRelease {
  /// Dimension by dimension, one label a person; the last is a condition, 0 or 1.
  let labels: [[Int]]
  let sizes: [Int]
  var tables: [CellTable]
  /// One a person; 0 for who has none.
  let amounts: [Int64]
  /// What joins the tables, where their cuts form a cycle.
  let pieces: [CellTable]
  /// By table: the dimensions it is cut by.
  let cuts: [[Int]]

  static let names = ["neighbourhood", "age", "sex", "segment"]

  /// All of it follows from the seed.
  ///
  /// - Parameters:
  ///   - seed: of the random numbers.
  ///   - given: for each table its dimensions; random ones unless given.
  init(seed: UInt64, cuts given: [[Int]]? = nil) {
    var random = SeededGenerator(seed: seed)
    let sizes = [
      Int.random(in: 2...4, using: &random), Int.random(in: 2...3, using: &random), 2,
      Int.random(in: 2...3, using: &random), 2,
    ]
    let personCount = Int.random(in: 30...260, using: &random)
    // Some labels are rare, so that there are small cells.
    labels = sizes.map { size in
      (0..<personCount).map { _ in
        min(
          Int.random(in: 0..<size, using: &random),
          Int.random(in: 0..<size, using: &random)
        )
      }
    }
    self.sizes = sizes
    let choices = [[0, 1], [0, 2], [0, 1, 2], [1, 3], [0], [3], [0, 3], [2, 3]]
    cuts =
      given
      ?? Array(choices.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)))
    var keys: [SetKey] = []
    for _ in 0..<personCount {
      keys.append(
        SetKey(
          name: UInt128(random.next()) << 64 | UInt128(random.next()),
          countDraw: 0,
          sumDraw: 0
        )
      )
    }
    // A few persons have most of the money.
    amounts = (0..<personCount).map { _ in
      let size = Int.random(in: 0..<5, using: &random)
      return size == 0
        ? 0 : Int64.random(in: 1...(size == 4 ? 900_000 : 9_000), using: &random)
    }
    var tables: [CellTable] = []
    for (number, cut) in cuts.enumerated() {
      let isTotalled = cut.map { _ in Bool.random(using: &random) }
      let hasPart = Bool.random(using: &random)
      tables.append(
        Self.table(
          "table\(number)",
          cut,
          isTotalled,
          labels: labels,
          keys: keys,
          hasPart: hasPart,
          amounts: Bool.random(using: &random) ? amounts : nil
        )
      )
    }
    self.tables = tables
    // The condition is a dimension of the tables that ask for it.
    let edges = zip(cuts, tables).map { cut, table in
      cut.map { Self.names[$0] } + (table.figures.contains { $0.kind == .part } ? ["admitted"] : [])
    }
    let labels = labels
    let hasAmounts = tables.contains { $0.figures.contains { $0.kind == .sum } }
    let amounts = hasAmounts ? amounts : nil
    pieces = cyclicCores(of: edges).map { core in
      Self.table(
        core.joined(separator: " "),
        Self.names.indices.filter { core.contains(Self.names[$0]) },
        core.map { _ in false },
        labels: labels,
        keys: keys,
        hasPart: core.contains("admitted"),
        amounts: amounts
      )
    }
  }

  private static func table(
    _ name: String,
    _ cut: [Int],
    _ isTotalled: [Bool],
    labels: [[Int]],
    keys: [SetKey],
    hasPart: Bool,
    amounts: [Int64]? = nil
  ) -> CellTable {
    var cells: [[Int32]: (persons: [Int], part: [Int])] = [:]
    for person in labels[0].indices {
      for choice in 0..<1 << cut.count {
        let isTotal = cut.indices.map { choice >> $0 & 1 == 1 }
        if zip(isTotal, isTotalled).contains(where: { $0 && !$1 }) { continue }
        let place = zip(cut, isTotal).map { dimension, isTotal in
          isTotal ? CellTable.total : Int32(labels[dimension][person])
        }
        cells[place, default: ([], [])].persons.append(person)
        if labels[4][person] == 1 { cells[place, default: ([], [])].part.append(person) }
      }
    }
    let places = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }
    func sets(_ persons: [Int]) -> SetKey {
      persons.reduce(SetKey.empty) { $0 &+ keys[$1] }
    }
    var figures = [
      CellTable.Figure(
        name: "residents",
        kind: .count,
        unit: .number,
        values: places.map { Int64(cells[$0]?.persons.count ?? 0) },
        sets: places.map { sets(cells[$0]?.persons ?? []) },
        identity: "count"
      )
    ]
    if hasPart {
      figures.append(
        CellTable.Figure(
          name: "admitted",
          kind: .part,
          unit: .number,
          values: places.map { Int64(cells[$0]?.part.count ?? 0) },
          sets: places.map { sets(cells[$0]?.part ?? []) },
          identity: "count where admitted"
        )
      )
    }
    if let amounts {
      let own = places.map { place in
        (cells[place]?.persons ?? []).filter { amounts[$0] != 0 }
      }
      let sorted = own.map { $0.map { amounts[$0] }.sorted(by: >) + [0, 0, 0] }
      figures.append(
        CellTable.Figure(
          name: "amount",
          kind: .sum,
          unit: .cents,
          values: own.map { $0.reduce(0) { $0 + amounts[$1] } },
          contributors: own.map { Int64($0.count) },
          sets: own.map(sets),
          largest: (0..<3).map { rank in sorted.map { $0[rank] } },
          identity: "sum amount"
        )
      )
    }
    return CellTable(
      name: name,
      dimensions: cut.enumerated().map { place, dimension in
        CellTable.Dimension(
          name: names[dimension],
          labels: (0..<8).map { "\(names[dimension])\($0)" },
          codes: places.map { $0[place] }
        )
      },
      figures: figures,
      persons: figures[0].values,
      sets: figures[0].sets
    )
  }
}
