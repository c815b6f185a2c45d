import TestSupport

@testable import DisclosureControl
@testable import Tabular

/// Random tables of which providers bring the sums, and what those can tell who fill sums alone.
struct ProviderAttack {
  let release: RandomRelease
  let tables: [CellTable]
  let pieces: [CellTable]
  /// One a person.
  let providers: [Int]

  private static let names = (0..<6).map { "P\($0)" }

  /// All of it follows from the seed.
  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 77_000)
    let release = RandomRelease(seed: seed)
    // Most care is given by the one of the neighbourhood.
    let providers = release.region.persons.map { person in
      Int.random(in: 0..<4, using: &random) > 0
        ? person.labels[0] % 6 : Int.random(in: 0..<6, using: &random)
    }
    self.release = release
    self.providers = providers
    tables = release.tables.map { Self.telling($0, release.region, providers) }
    pieces = release.pieces.map { Self.telling($0, release.region, providers) }
  }

  /// Sums of which a provider can tell too much, as `table cell provider`.
  ///
  /// What is known: all that is shown, and every sum that the provider alone brings. What is asked: that
  /// of the providers who bring the rest the second cannot tell the first.
  func tooExact(_ suppression: ReleaseSuppression, share: Double) throws -> [String] {
    let release = suppression.release
    let system = release.system
    let sums = tables.enumerated().flatMap { number, table in
      (table.figures.firstIndex { $0.kind == .sum }).map { figure in
        (release.variablesOfPlace[number][.value(figure: figure)] ?? []).enumerated().map {
          (table: number, cell: $0, variable: Int($1))
        }
      } ?? []
    }
    let amounts = sums.map { amountsOfProviders(tables[$0.table], $0.cell) }
    var found: [String] = []
    for provider in Self.names.indices {
      var known = (0..<release.variables.count).map { number -> KnownRange in
        suppression.states[number] == .hidden
          ? KnownRange(lower: 0, upper: nil) : .exactly(release.variables.values[number])
      }
      for (sum, amounts) in zip(sums, amounts) where Array(amounts.keys) == [provider] {
        known[sum.variable] = .exactly(release.variables.values[sum.variable])
      }
      var asked: [(number: Int, required: RequiredInterval)] = []
      for (number, amounts) in amounts.enumerated() {
        if Array(amounts.keys) == [provider] { continue }
        // Whose own rules ask for nothing is shown to everyone.
        guard Self.required(Array(amounts.values), share) != nil else { continue }
        let own = amounts[provider] ?? 0
        let rest = amounts.filter { $0.key != provider }.map(\.value)
        guard let required = Self.required(rest, share) else { continue }
        asked.append(
          (number, RequiredInterval(lower: required.lower + own, upper: required.upper + own))
        )
      }
      let intervals = IntervalAttack(system, known: known)
        .intervals(of: asked.map { sums[$0.number].variable })
      for ((number, required), interval) in zip(asked, intervals)
      where interval?.reaches(required) != true {
        found.append("\(sums[number].table) \(sums[number].cell) \(Self.names[provider])")
      }
    }
    return found
  }

  private func amountsOfProviders(_ table: CellTable, _ cell: Int) -> [Int: Int64] {
    Self.amounts(of: table, cell, release.region, providers).mapValues { $0.reduce(0, +) }
  }

  /// What is asked for a sum of these amounts, one a provider; nil where it may be known.
  static func required(_ amounts: [Int64], _ share: Double) -> RequiredInterval? {
    let sorted = amounts.sorted(by: >) + [0, 0]
    let total = amounts.reduce(0, +)
    guard Double(total - sorted[0] - sorted[1]) < share * Double(sorted[0]) else { return nil }
    let reach = Int64((Double(sorted[0]) * (1 + share) + Double(sorted[1]) - 1e-9).rounded(.up))
    return RequiredInterval(lower: max(0, 2 * total - reach), upper: reach)
  }

  private static func amounts(
    of table: CellTable,
    _ cell: Int,
    _ region: RandomRegion,
    _ providers: [Int]
  ) -> [Int: [Int64]] {
    var amounts: [Int: [Int64]] = [:]
    for (person, provider) in zip(region.persons, providers) where person.amount != 0 {
      let isIn = table.dimensions.allSatisfy { dimension in
        guard let number = RandomRegion.names.firstIndex(of: dimension.name) else { return false }
        let code = dimension.codes[cell]
        return code == CellTable.total || Int(code) == region.label(of: number, person.labels)
      }
      if isIn { amounts[provider, default: []].append(person.amount) }
    }
    return amounts
  }

  private static func telling(
    _ table: CellTable,
    _ region: RandomRegion,
    _ providers: [Int]
  ) -> CellTable {
    let shares = (0..<table.cellCount).flatMap { cell in
      amounts(of: table, cell, region, providers).map { provider, amounts in
        ProviderShares.Share(
          cell: Int32(cell),
          provider: Int32(provider),
          amount: amounts.reduce(0, +),
          persons: Int64(amounts.count)
        )
      }
    }
    return table.telling(
      ["amount": ProviderShares(shares, names: names, cellCount: table.cellCount)]
    )
  }
}
