import Tabular
import TestSupport

@testable import NightlyRun

/// Tables of made-up nights.
struct RandomReleases {
  private var random: SeededGenerator
  private let sizes: [Int]

  init(seed: UInt64, sizes: [Int] = [3, 8]) {
    random = SeededGenerator(seed: seed)
    self.sizes = sizes
  }

  static func facts(day: Int32, release: String) -> ReleaseFacts {
    ReleaseFacts(
      run: "run \(day)",
      day: day,
      period: "",
      release: release,
      root: "root",
      persons: "run 1",
      pipeline: "pipeline",
      policy: "policy",
      minimum: 5,
      dominance: ""
    )
  }

  /// The same tables, published a day later.
  func again(_ tables: [RememberedTable], day: Int32) -> [RememberedTable] {
    tables.map { table in
      RememberedTable(
        table.counted,
        seen: table.seen,
        published: table.published.map { published in
          PublishedTable(
            name: published.name,
            dimensions: published.dimensions,
            figures: published.figures.map { figure in
              PublishedTable.Figure(
                name: figure.name,
                values: figure.values,
                days: figure.days.map { _ in day },
                companions: figure.companions
              )
            }
          )
        }
      )
    }
  }

  mutating func tables(day: Int32) -> [RememberedTable] {
    sizes.enumerated().map { place, size in table("t\(place)", size, day, isPiece: false) }
      + [table("piece", 2, day, isPiece: true)]
  }

  private mutating func numbers(_ count: Int, _ range: ClosedRange<Int64>) -> [Int64] {
    (0..<count).map { _ in Int64.random(in: range, using: &random) }
  }

  private mutating func sets(_ count: Int) -> [SetKey] {
    (0..<count).map { _ in
      SetKey(
        name: UInt128(random.next()) << 64 | UInt128(random.next()),
        countDraw: UInt32(truncatingIfNeeded: random.next()),
        sumDraw: UInt32(truncatingIfNeeded: random.next())
      )
    }
  }

  private mutating func sums(_ count: Int) -> [UInt64] {
    (0..<count * 9).map { _ in random.next() % PowerSums.modulus }
  }

  /// What providers bring, some of whom come and go.
  private mutating func shares(_ cellCount: Int) -> ProviderShares {
    let names = (0..<5).filter { _ in Int.random(in: 0..<8, using: &random) > 0 }
      .map { "provider \($0)" }
    var shares: [ProviderShares.Share] = []
    for cell in 0..<cellCount {
      for provider in names.indices where Bool.random(using: &random) {
        shares.append(
          ProviderShares.Share(
            cell: Int32(cell),
            provider: Int32(provider),
            amount: numbers(1, -2...2)[0] &* numbers(1, .min ... .max)[0],
            persons: numbers(1, 0...40)[0]
          )
        )
      }
    }
    return ProviderShares(shares, names: names, cellCount: cellCount)
  }

  private mutating func table(
    _ name: String,
    _ size: Int,
    _ day: Int32,
    isPiece: Bool
  ) -> RememberedTable {
    let labels = (0..<size).filter { _ in Int.random(in: 0..<8, using: &random) > 0 }
      .map { "area \($0)" }
    let codes = (0..<Int32(labels.count)) + [CellTable.total]
    let count = codes.count
    let dimension = CellTable.Dimension(name: "area", labels: labels, codes: Array(codes))
    let values = numbers(count, -5...900)
    let companion = CellTable.Companion.persons(numbers(count, 0...9))
    let figures = [
      CellTable.Figure(name: "residents", kind: .count, unit: .number, values: values),
      CellTable.Figure(
        name: "part",
        kind: .part,
        unit: .number,
        values: numbers(count, 0...40),
        companions: [companion],
        sets: sets(count),
        powerSums: sums(count),
        identity: "count where x"
      ),
      CellTable.Figure(
        name: "ratio",
        kind: .ratio(of: 0, expected: [], .unknown),
        unit: .millionths,
        values: []
      ),
      CellTable.Figure(
        name: "cost",
        kind: .sum,
        unit: .cents,
        values: numbers(count, .min ... .max),
        contributors: numbers(count, 0...40),
        sets: sets(count),
        powerSums: sums(count),
        largest: [numbers(count, 0...900), numbers(count, 0...90)],
        hasCredits: Bool.random(using: &random),
        adding: .exact(numbers(count, 0...9), perStored: 2.5)
      ),
      CellTable.Figure(
        name: "mean",
        kind: .mean(known: numbers(count, 0...40), .unknown),
        unit: .tenThousandths,
        values: numbers(count, 0...40)
      ),
      CellTable.Figure(
        name: "median",
        kind: .quantile(known: numbers(count, 0...40)),
        unit: .tenThousandths,
        values: numbers(count, 0...40).map { $0 == 0 ? missingInteger : $0 },
        adding: .never
      ),
    ]
    var told = ["cost": shares(count)]
    if Bool.random(using: &random) { told["residents"] = shares(count) }
    let counted = CellTable(
      name: name,
      dimensions: [dimension],
      figures: figures,
      persons: numbers(count, 1...90),
      sets: sets(count),
      powerSums: sums(count),
      scope: isPiece ? .apart("in 2026") : .population,
      days: 3...9
    ).marking(sensitive: ["part"], together: ["cost"]).telling(isPiece ? [:] : told)
    guard !isPiece else { return RememberedTable(counted) }
    return RememberedTable(
      counted,
      seen: (0..<4).map { _ in codes.map { _ in Bool.random(using: &random) } },
      published: PublishedTable(
        name: name,
        dimensions: [dimension],
        figures: [
          PublishedTable.Figure(
            name: "residents",
            values: values.map { $0 < 50 ? missingInteger : $0 },
            days: values.map { _ in day },
            companions: [companion]
          )
        ]
      )
    )
  }
}
