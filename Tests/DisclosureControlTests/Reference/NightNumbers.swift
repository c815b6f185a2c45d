import Tabular

@testable import DisclosureControl

/// The numbers of a region over nights, by who is behind them, and what anyone knows of how they go
/// together.
struct NightNumbers {
  enum Kind: CaseIterable {
    case counted, persons, others
  }

  /// A number of every night.
  struct Number: Hashable, CustomStringConvertible {
    /// An area, or all of them, which comes last.
    let row: Int
    /// Nil for all.
    let stratum: Int?
    let kind: Kind

    var description: String {
      "\(kind) of \(stratum.map { "stratum \($0)" } ?? "all") in area \(row)"
    }
  }

  /// What is known of a number in two nights.
  enum Link {
    /// Of the same persons.
    case same
    /// Nobody left.
    case noLess
    /// Nobody joined.
    case noMore

    func holds(_ earlier: Int, _ later: Int) -> Bool {
      switch self {
      case .same: earlier == later
      case .noLess: earlier <= later
      case .noMore: earlier >= later
      }
    }
  }

  /// One a night.
  let regions: [RandomRates]
  private let members: [Number: [Set<UInt128>]]

  /// - Parameter regions: one a night, of the same areas and strata.
  init(_ regions: [RandomRates]) {
    self.regions = regions
    let (rowCount, strataCount) = (regions[0].rowCount, regions[0].strataCount)
    var members: [Number: [Set<UInt128>]] = [:]
    for (night, region) in regions.enumerated() {
      for person in region.persons {
        for row in [person.area, rowCount - 1] {
          for stratum in [person.stratum, nil] {
            for kind in [.persons, person.isCounted ? .counted : .others] as [Kind] {
              let number = Number(row: row, stratum: stratum, kind: kind)
              members[number, default: [Set<UInt128>](repeating: [], count: regions.count)][night]
                .insert(person.key.name)
            }
          }
        }
      }
    }
    self.members = members
    self.rowCount = rowCount
    self.strataCount = strataCount
  }

  let rowCount: Int
  let strataCount: Int

  func persons(of number: Number, in night: Int) -> Set<UInt128> { members[number]?[night] ?? [] }

  func truth(of number: Number, in night: Int) -> Int { persons(of: number, in: night).count }

  /// How many persons are of a number in only one of two nights.
  func changed(_ number: Number, _ earlier: Int, _ later: Int) -> Int {
    persons(of: number, in: earlier).symmetricDifference(persons(of: number, in: later)).count
  }

  /// What is known of a number in two nights; nil where some came and some left.
  func link(_ number: Number, _ earlier: Int, _ later: Int) -> Link? {
    let (before, after) = (persons(of: number, in: earlier), persons(of: number, in: later))
    if before == after { return .same }
    return before.isSubset(of: after) ? .noLess : after.isSubset(of: before) ? .noMore : nil
  }

  /// All that is known of the numbers of a row in two nights.
  ///
  /// Which of the strata changed that no table shows nobody knows; but where nobody left a row, he is
  /// taken to know that nobody left a stratum of it, if that is so.
  func links(of row: Int, _ earlier: Int, _ later: Int) -> [(number: Number, link: Link)] {
    Kind.allCases.flatMap { kind -> [(number: Number, link: Link)] in
      let all = Number(row: row, stratum: nil, kind: kind)
      guard let link = link(all, earlier, later) else { return [] }
      let strata = (0..<strataCount).map { Number(row: row, stratum: $0, kind: kind) }
      let linked = strata.filter { number in
        let own = self.link(number, earlier, later)
        return own == .same || own == link
      }
      return ([all] + linked).map { ($0, link) }
    }
  }
}
