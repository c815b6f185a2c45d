import PipelineFile
import Tabular
import TestSupport

@testable import DisclosureControl

/// A region of which some persons move, come, leave or cost another amount from night to night.
struct RandomNights {
  struct Person {
    var key: SetKey
    var labels: [Int]
    var isAdmitted: Bool
    var amount: Int64

    /// Whoever gives them care, every night the same.
    var provider: Int { Int(key.name % 5) }
  }

  private(set) var persons: [Person] = []
  private var random: SeededGenerator
  let sizes = [3, 3, 2]
  static let names = ["neighbourhood", "age", "sex", "district"]
  /// The dimension that follows from the neighbourhood: one of two neighbourhoods, one of a single one.
  static let district = 3
  private static let districtCount = 2

  /// The label of a dimension, by the labels that persons have.
  static func label(_ dimension: Int, of labels: [Int]) -> Int {
    dimension == district ? labels[0] % districtCount : labels[dimension]
  }

  init(seed: UInt64, personCount: Int) {
    random = SeededGenerator(seed: seed)
    for _ in 0..<personCount { add() }
  }

  /// Gives everyone another key, as another release of pseudonyms does.
  mutating func changeKeys() {
    for person in persons.indices { persons[person].key = key() }
  }

  private mutating func key() -> SetKey {
    SetKey(
      name: UInt128(random.next()) << 64 | UInt128(random.next()),
      countDraw: 0,
      sumDraw: 0
    )
  }

  private mutating func add() {
    let key = key()
    let labels = sizes.map { size in
      min(Int.random(in: 0..<size, using: &random), Int.random(in: 0..<size, using: &random))
    }
    persons.append(
      Person(
        key: key,
        labels: labels,
        isAdmitted: Int.random(in: 0..<3, using: &random) == 0,
        amount: amount()
      )
    )
  }

  private mutating func amount() -> Int64 {
    Int.random(in: 0..<3, using: &random) == 0 ? 0 : Int64.random(in: 1...9_000, using: &random)
  }

  /// Lets so many things happen.
  mutating func pass(_ count: Int) {
    for _ in 0..<count {
      let person = Int.random(in: persons.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: add()
      case 1: persons.remove(at: person)
      case 2:
        let dimension = Int.random(in: 0..<sizes.count, using: &random)
        persons[person].labels[dimension] = Int.random(in: 0..<sizes[dimension], using: &random)
      default: persons[person].amount = amount()
      }
    }
  }

  /// A table of tonight.
  func table(
    _ name: String,
    _ cut: [Int],
    minimum: Int64,
    hasPart: Bool,
    hasAmounts: Bool
  ) -> CellTable {
    var cells: [[Int32]: [Person]] = [:]
    for person in persons {
      for choice in 0..<1 << cut.count {
        let place = cut.enumerated().map { place, dimension in
          choice >> place & 1 == 1
            ? CellTable.total : Int32(Self.label(dimension, of: person.labels))
        }
        // A neighbourhood stands with its district.
        if let district = cut.firstIndex(of: Self.district),
          let neighbourhood = cut.firstIndex(of: 0),
          place[district] == CellTable.total, place[neighbourhood] != CellTable.total
        {
          continue
        }
        cells[place, default: []].append(person)
      }
    }
    let places = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let members = places.map { cells[$0] ?? [] }
    let terms = PowerSums.termCount(minimum: minimum)
    func sums(_ persons: [[Person]], _ part: (Person) -> Int64) -> [UInt64] {
      persons.flatMap { persons in
        var sums = [UInt64](repeating: 0, count: terms)
        for person in persons {
          PowerSums.add(part(person), of: person.key, to: &sums, at: 0, termCount: terms)
        }
        return sums
      }
    }
    func sets(_ persons: [[Person]]) -> [SetKey] {
      persons.map { $0.reduce(SetKey.empty) { $0 &+ $1.key } }
    }
    func count(
      _ name: String,
      _ kind: CellTable.Figure.Kind,
      _ persons: [[Person]],
      _ identity: String
    ) -> CellTable.Figure {
      CellTable.Figure(
        name: name,
        kind: kind,
        unit: .number,
        values: persons.map { Int64($0.count) },
        sets: sets(persons),
        powerSums: sums(persons) { _ in 1 },
        identity: identity
      )
    }
    var figures = [count("residents", .count, members, "count")]
    if hasPart {
      let part = members.map { $0.filter(\.isAdmitted) }
      figures.append(count("admitted", .part, part, "count where admitted"))
    }
    if hasAmounts {
      let own = members.map { $0.filter { $0.amount != 0 } }
      let sorted = own.map { $0.map(\.amount).sorted(by: >) + [0, 0, 0] }
      figures.append(
        CellTable.Figure(
          name: "amount",
          kind: .sum,
          unit: .cents,
          values: own.map { $0.reduce(0) { $0 + $1.amount } },
          contributors: own.map { Int64($0.count) },
          sets: sets(own),
          powerSums: sums(own, \.amount),
          largest: (0..<3).map { rank in sorted.map { $0[rank] } },
          identity: "sum amount"
        )
      )
    }
    return CellTable(
      name: name,
      dimensions: cut.enumerated().map { place, dimension in
        CellTable.Dimension(
          name: Self.names[dimension],
          labels: (0..<(dimension == Self.district ? Self.districtCount : sizes[dimension])).map {
            "\(Self.names[dimension])\($0)"
          },
          codes: places.map { $0[place] }
        )
      },
      figures: figures,
      persons: figures[0].values,
      sets: figures[0].sets,
      powerSums: figures[0].powerSums
    )
  }
}

extension RandomNights {
  /// A table of tonight of which it is told what providers bring to its amounts.
  func tellingProviders(_ table: CellTable, _ cut: [Int]) -> CellTable {
    var shares: [ProviderShares.Share] = []
    for cell in 0..<table.cellCount {
      let own = persons.filter { person in
        person.amount != 0
          && zip(table.dimensions, cut).allSatisfy { dimension, place in
            let code = dimension.codes[cell]
            return code == CellTable.total || Int(code) == Self.label(place, of: person.labels)
          }
      }
      for (provider, persons) in Dictionary(grouping: own, by: \.provider) {
        shares.append(
          ProviderShares.Share(
            cell: Int32(cell),
            provider: Int32(provider),
            amount: persons.reduce(0) { $0 + $1.amount },
            persons: Int64(persons.count)
          )
        )
      }
    }
    let names = (0..<5).map { "P\($0)" }
    return table.telling(
      ["amount": ProviderShares(shares, names: names, cellCount: table.cellCount)]
    )
  }
}

/// Publishes tables of a night; nil where they cannot be protected, so that they are not released.
func published(
  _ tables: [CellTable],
  pieces: [CellTable] = [],
  _ policy: Protection,
  since releases: [EarlierRelease],
  day: Int32
) throws -> (tables: [ProtectedTable], release: EarlierRelease)? {
  let published: [ProtectedTable]
  do throws(DisclosureControlError) {
    published = try protect(tables, pieces: pieces, policy, since: releases)
  } catch {
    guard case .unprotected = error else { throw error }
    return nil
  }
  let release = try record(
    tables,
    pieces: pieces,
    published: published,
    policy,
    since: releases,
    day: day
  )
  return (published, release)
}

extension EarlierRelease {
  /// The same under another release of pseudonyms.
  var apart: EarlierRelease {
    EarlierRelease(
      day: day,
      isJoinable: false,
      minimum: minimum,
      dominance: dominance,
      tables: tables,
      pieces: pieces,
      seen: seen,
      published: published
    )
  }
}
