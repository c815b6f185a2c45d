import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Dominance of providers") struct ProviderDominanceTests {
  /// The sum of a municipality by what its providers bring, of forty persons who bring little.
  private static func costs(_ amounts: [[String: Int64]]) -> CellTable {
    let total = amounts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    let cells = amounts + [total]
    let names = total.keys.sorted()
    let values = cells.map { $0.values.reduce(0, +) }
    let persons = amounts.map { _ in 40 as Int64 } + [Int64(40 * amounts.count)]
    let shares = cells.enumerated().flatMap { cell, own in
      names.enumerated().compactMap { number, name in
        own[name].map {
          ProviderShares.Share(
            cell: Int32(cell),
            provider: Int32(number),
            amount: $0,
            persons: 20
          )
        }
      }
    }
    return providerCosts(
      codes: amounts.indices.map(Int32.init) + [CellTable.total],
      values: values,
      persons: persons,
      largest: [values, values, values].map { _ in values.map { $0 / 30 } },
      ProviderShares(shares, names: names, cellCount: cells.count)
    )
  }

  /// The contributions of the page, and two municipalities in which nobody dominates.
  private static let ofThePage = costs([
    ["p": 600, "q": 200, "r": 50, "s": 30], ["p": 300, "q": 300, "r": 300],
    ["p": 250, "q": 250, "r": 250, "s": 250],
  ])

  private static func policy(
    _ rule: Protection.Dominance,
    _ contributors: Protection.Contributors
  ) -> Protection {
    Protection(minimum: 10, method: .suppress, dominance: rule, contributors: contributors)
  }

  private func required(
    _ rule: Protection.Dominance,
    _ contributors: Protection.Contributors
  ) throws -> [RequiredInterval?] {
    let policy = Self.policy(rule, contributors)
    let release = try ReleaseSystem([Self.ofThePage], policy)
    let rules = ReleaseRules(minimum: 10, dominance: rule, dominating: contributors)
    let required = rules.required(of: release.variables)
    let variables = try #require(release.variablesOfPlace[0][.value(figure: 0)])
    return variables.map { required[Int($0)] }
  }

  @Test("the providers of the page are safe at 10 %, and ask for its intervals at 15 % and 85 %")
  func ofThePage() throws {
    #expect(try required(.prior(share: 0.10), [.provider]) == [nil, nil, nil, nil])
    let asked = RequiredInterval(lower: 870, upper: 890)
    #expect(try required(.prior(share: 0.15), [.provider]) == [asked, nil, nil, nil])
    #expect(try required(.prior(share: 0.15), [.person, .provider]) == [asked, nil, nil, nil])
    #expect(try required(.prior(share: 0.15), [.person]) == [nil, nil, nil, nil])
    #expect(
      try required(.share(contributors: 2, 0.85), [.provider])
        == [RequiredInterval(lower: 2 * 880 - 942, upper: 942), nil, nil, nil]
    )
  }

  @Test("where persons and providers dominate, the wider interval is asked for")
  func asksForTheWider() {
    let rules = ReleaseRules(
      minimum: 10,
      dominance: .prior(share: 0.15),
      dominating: [.person, .provider]
    )
    let ofProviders = RequiredInterval(lower: 870, upper: 890)
    #expect(rules.dominated(880, [30, 30, 30], [600, 200, 50]) == ofProviders)
    // 1.15 · 700 + 150 = 955.
    let ofPersons = RequiredInterval(lower: 805, upper: 955)
    #expect(rules.dominated(880, [700, 150, 30], [600, 200, 50]) == ofPersons)
    #expect(rules.dominated(880, [700, 150, 30], []) == ofPersons)
    #expect(rules.dominated(880, [30, 30, 30], []) == nil)
  }

  @Test("a provider who has a part in a sum is left with the same of the rest")
  func asksOfTheRest() throws {
    let bounds = RequiredInterval(lower: 0, upper: 0)
    for (share, provider, expected) in [
      // 200 50 30: 30 is no less than 15 % of 200, but less than 20 %.
      (0.15, "p", nil), (0.20, "p", RequiredInterval(lower: 870, upper: 890)),
      // 600 50 30: 1.15 · 600 + 50 = 740.
      (0.15, "q", RequiredInterval(lower: 200 + 2 * 680 - 740, upper: 200 + 740)),
    ] as [(Double, String, RequiredInterval?)] {
      let policy = Self.policy(.prior(share: share), [.provider])
      let release = try ReleaseSystem([Self.ofThePage], policy)
      let rules = ReleaseRules(
        minimum: 10,
        dominance: policy.dominance,
        dominating: [.provider]
      )
      let variable = try #require(release.variablesOfPlace[0][.value(figure: 0)]?[0])
      #expect(
        rules.required(Int(variable), bounds, toProvider: provider, of: release.variables)
          == expected
      )
    }
  }

  @Test("a sum that a provider dominates is hidden, and another with it")
  func hides() throws {
    for (share, contributors, hidden) in [
      (0.10, [.provider], 0), (0.15, [.person], 0), (0.15, [.provider], 2),
    ] as [(Double, Protection.Contributors, Int)] {
      let policy = Self.policy(.prior(share: share), contributors)
      let protected = try protect([Self.ofThePage], policy)
      let marks = protected[0].figures[0].marks
      #expect(marks.count { $0 == .hidden } == hidden)
      if hidden > 0 { #expect(marks[0] == .hidden) }
      let audited = try audit([Self.ofThePage], published: protected, policy)
      #expect(audited.atRisk == 0)
    }
    // Tables that only look at persons leave it open.
    let byPersons = try protect([Self.ofThePage], Self.policy(.prior(share: 0.15), [.person]))
    let audited = try audit(
      [Self.ofThePage],
      published: byPersons,
      Self.policy(.prior(share: 0.15), [.provider])
    )
    #expect(audited.atRisk > 0)
  }

  @Test("whoever takes cells of a table takes what providers bring to them, and nobody to others")
  func selects() throws {
    let table = Self.ofThePage
    let cells = [nil, 2, 0] as [Int?]
    let found = table.selecting(cells, codes: [[1, 2, 0]])
    let own = try #require(table.figures[0].providers)
    let taken = try #require(found.figures[0].providers)
    for (place, cell) in cells.enumerated() {
      let amounts = taken.range(of: place).map { taken.amounts[$0] }
      #expect(amounts == (cell.map { own.range(of: $0).map { own.amounts[$0] } } ?? []))
    }
    let totals = try #require(table.keepingTotals(of: ["municipality"]).figures[0].providers)
    #expect(totals.range(of: 0).map { totals.amounts[$0] } == [1_150, 750, 600, 280])
  }

  @Test("a rule that looks at other contributors is another rule to nights to come")
  func tellsRules() {
    let texts = [[.person], [.provider], [.person, .provider]].map {
      Self.policy(.prior(share: 0.1), $0).dominanceText
    }
    #expect(Set(texts).count == 3)
  }

  @Test(
    "nobody who fills sums alone can tell another too exactly: linear programs that know these",
    arguments: 0..<60 as Range<UInt64>
  )
  func survivesProviders(seed: UInt64) throws {
    let attack = ProviderAttack(seed: seed)
    let policy = Self.policy(.prior(share: 0.1), [.person, .provider])
    let suppression = try ReleaseSuppression(attack.tables, pieces: attack.pieces, policy)
    #expect(suppression.unprotected.isEmpty, "seed \(seed)")
    #expect(try attack.tooExact(suppression, share: 0.1) == [], "seed \(seed)")
    let seen = suppression.states.map { $0 != .hidden }
    #expect(ReleaseAudit(suppression.release, policy, seen: seen).atRisk == 0, "seed \(seed)")
  }

  @Test("the same programs find what rules for persons alone leave open")
  func findsWhatPersonsLeave() throws {
    var found = 0
    for seed in 0..<20 as Range<UInt64> {
      let attack = ProviderAttack(seed: seed)
      let policy = Self.policy(.prior(share: 0.1), [.person])
      let suppression = try ReleaseSuppression(attack.tables, pieces: attack.pieces, policy)
      found += try attack.tooExact(suppression, share: 0.1).count
    }
    #expect(found > 0)
  }
}
