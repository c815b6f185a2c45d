import Tabular
import TestSupport

@testable import DisclosureControl

/// Made-up persons in areas of three levels.
struct RandomRegion {
  /// What is known of a person.
  struct Person {
    /// Of the first four dimensions; those of larger areas follow from the first.
    var labels: [Int]
    var isAdmitted: Bool
    /// 0 for who has none.
    var amount: Int64
    let key: SetKey
  }

  /// How a table is cut, and what it tells.
  struct Cut {
    let name: String
    let dimensions: [Int]
    /// One a dimension.
    let isTotalled: [Bool]
    let hasPart: Bool
    let hasAmount: Bool
  }

  static let names = ["neighbourhood", "age", "sex", "segment", "district", "municipality"]

  var persons: [Person]
  /// Of the first four dimensions.
  let sizes: [Int]
  /// One a neighbourhood.
  let districts: [Int]
  /// One a district.
  let municipalities: [Int]

  /// All of it follows from the random numbers.
  ///
  /// - Parameters:
  ///   - random: they are drawn from it.
  ///   - size: how many persons, and how many areas and labels.
  init(_ random: inout SeededGenerator, _ size: Size) {
    var districts: [Int] = []
    var municipalities: [Int] = []
    for municipality in 0..<Int.random(in: size.areas.municipalities, using: &random) {
      for _ in 0..<Int.random(in: size.areas.districts, using: &random) {
        let count = Int.random(in: size.areas.neighbourhoods, using: &random)
        districts += [Int](repeating: municipalities.count, count: count)
        municipalities.append(municipality)
      }
    }
    self.districts = districts
    self.municipalities = municipalities
    sizes = [
      districts.count, Int.random(in: 2...3, using: &random), 2,
      Int.random(in: 2...3, using: &random),
    ]
    persons = []
    for _ in 0..<Int.random(in: size.persons, using: &random) { join(&random) }
  }

  /// How large a region is.
  struct Size {
    let persons: ClosedRange<Int>
    let areas:
      (
        municipalities: ClosedRange<Int>, districts: ClosedRange<Int>,
        neighbourhoods: ClosedRange<Int>
      )

    static var flat: Size { Size(persons: 30...260, areas: (1...1, 1...1, 2...4)) }
    static var ofAreas: Size { Size(persons: 60...400, areas: (1...2, 1...3, 1...2)) }
    static var few: Size { Size(persons: 6...40, areas: (1...1, 1...2, 1...2)) }
  }

  /// Adds a person.
  mutating func join(_ random: inout SeededGenerator) {
    // Some labels are rare, so that there are small cells.
    let labels = sizes.map { size in
      min(Int.random(in: 0..<size, using: &random), Int.random(in: 0..<size, using: &random))
    }
    persons.append(
      Person(
        labels: labels,
        isAdmitted: Int.random(in: 0..<4, using: &random) == 0,
        amount: Self.amount(&random),
        key: SetKey(
          name: UInt128(random.next()) << 64 | UInt128(random.next()),
          countDraw: 0,
          sumDraw: 0
        )
      )
    )
  }

  /// A few persons have most of the money.
  static func amount(_ random: inout SeededGenerator) -> Int64 {
    let size = Int.random(in: 0..<5, using: &random)
    return size == 0
      ? 0 : Int64.random(in: 1...(size == 4 ? 900_000 : 9_000), using: &random)
  }

  /// A label of any dimension, by those of the first four.
  func label(of dimension: Int, _ labels: [Int]) -> Int {
    switch dimension {
    case 4: districts[labels[0]]
    case 5: municipalities[districts[labels[0]]]
    default: labels[dimension]
    }
  }

  private func labels(of dimension: Int) -> [String] {
    func digits(_ number: Int) -> String { number < 9 ? "0\(number + 1)" : "\(number + 1)" }
    let areas = municipalities.indices.map { district in
      "77\(digits(municipalities[district]))\(digits(district))"
    }
    switch dimension {
    case 0: return districts.indices.map { "BU\(areas[districts[$0]])\(digits($0))" }
    case 4: return areas.map { "WK\($0)" }
    case 5: return (0...(municipalities.last ?? 0)).map { "GM77\(digits($0))" }
    default: return (0..<sizes[dimension]).map { "\(Self.names[dimension])\($0)" }
    }
  }

  /// Counts a table.
  func table(_ cut: Cut) -> CellTable {
    var cells: [[Int32]: [Int]] = [:]
    for (number, person) in persons.enumerated() {
      for choice in 0..<1 << cut.dimensions.count {
        let isTotal = cut.dimensions.indices.map { choice >> $0 & 1 == 1 }
        if zip(isTotal, cut.isTotalled).contains(where: { $0 && !$1 }) { continue }
        let place = zip(cut.dimensions, isTotal).map { dimension, isTotal in
          isTotal ? CellTable.total : Int32(label(of: dimension, person.labels))
        }
        cells[place, default: []].append(number)
      }
    }
    let places = cells.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let all = places.map { cells[$0] ?? [] }
    func sets(_ groups: [[Int]]) -> [SetKey] {
      groups.map { $0.reduce(SetKey.empty) { $0 &+ persons[$1].key } }
    }
    func counts(_ groups: [[Int]]) -> [Int64] { groups.map { Int64($0.count) } }
    let allSets = sets(all)
    var figures = [
      CellTable.Figure(
        name: "residents",
        kind: .count,
        unit: .number,
        values: counts(all),
        sets: allSets,
        identity: "count"
      )
    ]
    if cut.hasPart {
      let part = all.map { $0.filter { persons[$0].isAdmitted } }
      figures.append(
        CellTable.Figure(
          name: "admitted",
          kind: .part,
          unit: .number,
          values: counts(part),
          sets: sets(part),
          identity: "count where admitted"
        )
      )
    }
    if cut.hasAmount {
      let own = all.map { $0.filter { persons[$0].amount != 0 } }
      let sorted = own.map { $0.map { persons[$0].amount }.sorted(by: >) + [0, 0, 0] }
      figures.append(
        CellTable.Figure(
          name: "amount",
          kind: .sum,
          unit: .cents,
          values: own.map { $0.reduce(0) { $0 + persons[$1].amount } },
          contributors: counts(own),
          sets: sets(own),
          largest: (0..<3).map { rank in sorted.map { $0[rank] } },
          identity: "sum amount"
        )
      )
    }
    return CellTable(
      name: cut.name,
      dimensions: cut.dimensions.enumerated().map { place, dimension in
        CellTable.Dimension(
          name: Self.names[dimension],
          labels: labels(of: dimension),
          codes: places.map { $0[place] }
        )
      },
      figures: figures,
      persons: counts(all),
      sets: allSets
    )
  }

  /// What joins tables of these cuts where they form a cycle.
  func pieces(of cuts: [Cut]) -> [CellTable] {
    // The condition is a dimension of the tables that ask for it.
    let edges = cuts.map { cut in
      cut.dimensions.map { Self.names[$0] } + (cut.hasPart ? ["admitted"] : [])
    }
    let hasAmount = cuts.contains { $0.hasAmount }
    return cyclicCores(of: edges).map { core in
      let dimensions = Self.names.indices.filter { core.contains(Self.names[$0]) }
      return table(
        Cut(
          name: core.joined(separator: " "),
          dimensions: dimensions,
          isTotalled: dimensions.map { _ in false },
          hasPart: core.contains("admitted"),
          hasAmount: hasAmount
        )
      )
    }
  }
}
