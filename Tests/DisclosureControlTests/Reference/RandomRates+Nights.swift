import Tabular
import TestSupport

@testable import DisclosureControl

/// A region in a night to come.
extension RandomRates {
  /// What can happen to a person in a night.
  private enum Event: CaseIterable {
    case joins
    case leaves
    /// To another area.
    case moves
    /// Is of another stratum of the same area.
    case ages
    /// Is counted, or no longer.
    case turns
    case isCounted
  }

  /// The same region some nights later: who came, left, moved, or is counted since.
  ///
  /// Sometimes nothing happened, sometimes one kind of thing alone, in one area or stratum.
  ///
  /// - Parameter seed: all that happens follows from it.
  /// - Returns: a region of the same areas and strata.
  func later(seed: UInt64) -> RandomRates {
    var random = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ 17)
    let count = Self.eventCount(seed, &random)
    let kinds: [Event] =
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: Event.allCases
      case 2: [.isCounted]
      case 3: [.ages]
      case 4: [.joins, .isCounted]
      default: [.ages, .turns]
      }
    let isOfOneArea = Int.random(in: 0..<3, using: &random) == 0
    let isOfOneStratum = Int.random(in: 0..<4, using: &random) == 0
    let area = Int.random(in: 0..<areaCount, using: &random)
    let stratum = Int.random(in: 0..<strataCount, using: &random)
    var persons = self.persons
    for _ in 0..<count {
      let kind = kinds[Int.random(in: kinds.indices, using: &random)]
      let own = persons.indices.filter { place in
        let person = persons[place]
        return (!isOfOneArea || person.area == area)
          && (!isOfOneStratum || person.stratum == stratum)
          && (kind != .isCounted || !person.isCounted)
      }
      guard let place = own.randomElement(using: &random) else { continue }
      happen(kind, to: place, of: &persons, &random)
    }
    return RandomRates(
      persons,
      areaCount: areaCount,
      bandCount: bandCount,
      standard: standard,
      isOpen: tables.count > 1,
      minimum: minimum
    )
  }

  private static func eventCount(_ seed: UInt64, _ random: inout SeededGenerator) -> Int {
    switch seed % 8 {
    case 0: Int.random(in: 0...1, using: &random)
    case 1, 2, 3: Int.random(in: 1...5, using: &random)
    case 4, 5: Int.random(in: 6...14, using: &random)
    default: Int.random(in: 15...30, using: &random)
    }
  }

  private func happen(
    _ event: Event,
    to place: Int,
    of persons: inout [Person],
    _ random: inout SeededGenerator
  ) {
    let person = persons[place]
    // No area may be left by all.
    let isLast = persons.count { $0.area == person.area } <= 5
    switch event {
    case .joins:
      persons.append(
        Person(
          area: person.area,
          stratum: person.stratum,
          isCounted: Int.random(in: 0..<4, using: &random) == 0,
          key: SetKey(
            name: UInt128(random.next()) << 64 | UInt128(random.next()),
            countDraw: 0,
            sumDraw: 0
          )
        )
      )
    case .leaves: if !isLast { persons.remove(at: place) }
    case .moves:
      let other = Int.random(in: 1..<areaCount, using: &random)
      if !isLast { persons[place].area = (person.area + other) % areaCount }
    case .ages:
      let other = Int.random(in: 1..<strataCount, using: &random)
      persons[place].stratum = (person.stratum + other) % strataCount
    case .turns: persons[place].isCounted.toggle()
    case .isCounted: persons[place].isCounted = true
    }
  }
}

extension RatesShown {
  /// What a table of a night shows that no night before did.
  static func rows(renewedIn table: ProtectedTable, _ region: RandomRates) -> [RatesShown] {
    rows(of: renewed(in: table), region)
  }

  /// A table without what is held: it is of another night.
  static func renewed(in table: ProtectedTable) -> ProtectedTable {
    ProtectedTable(
      name: table.name,
      dimensions: table.dimensions,
      figures: table.figures.map { figure in
        func own(_ values: [Int64]) -> [Int64] {
          zip(values, figure.marks).map { $1 == .held ? missingInteger : $0 }
        }
        return ProtectedTable.Figure(
          name: figure.name,
          unit: figure.unit,
          values: own(figure.values),
          marks: figure.marks.map { $0 == .held ? .hidden : $0 },
          companions: figure.companions.map {
            CellTable.Companion(suffix: $0.suffix, unit: $0.unit, values: own($0.values))
          }
        )
      },
      cellCount: table.cellCount
    )
  }
}
