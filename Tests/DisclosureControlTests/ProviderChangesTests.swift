import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("What providers brought since an earlier night") struct ProviderChangesTests {
  /// By municipality, by provider: of how many cents each of its persons has rows.
  private typealias Night = [[String: [Int: Int64]]]

  private static let policy = Protection(
    minimum: 3,
    method: .suppress,
    dominance: .prior(share: 0.1),
    contributors: [.provider]
  )

  private static func table(_ night: Night) -> CellTable {
    var random = SeededGenerator(seed: 3)
    let keys = (0..<200).map { _ in
      SetKey(
        name: UInt128(random.next()) << 64 | UInt128(random.next()),
        countDraw: 0,
        sumDraw: 0
      )
    }
    let names = Set(night.flatMap(\.keys)).sorted()
    let terms = PowerSums.termCount(minimum: policy.minimum)
    var shares: [ProviderShares.Share] = []
    var (sets, sums, values, persons): ([SetKey], [UInt64], [Int64], [Int64]) = ([], [], [], [])
    for (cell, providers) in night.enumerated() {
      var ofPerson: [Int: Int64] = [:]
      for (number, name) in names.enumerated() {
        guard let own = providers[name] else { continue }
        // Nobody lives in two municipalities.
        for (person, amount) in own { ofPerson[20 * cell + person, default: 0] += amount }
        shares.append(
          ProviderShares.Share(
            cell: Int32(cell),
            provider: Int32(number),
            amount: own.values.reduce(0, +),
            persons: Int64(own.count)
          )
        )
      }
      var power = [UInt64](repeating: 0, count: terms)
      for (person, amount) in ofPerson {
        PowerSums.add(amount, of: keys[person], to: &power, at: 0, termCount: terms)
      }
      sums += power
      sets.append(ofPerson.keys.reduce(SetKey.empty) { $0 &+ keys[$1] })
      values.append(ofPerson.values.reduce(0, +))
      persons.append(Int64(ofPerson.count))
    }
    return providerCosts(
      codes: night.indices.map(Int32.init),
      values: values,
      persons: persons,
      sets: sets,
      powerSums: sums,
      largest: [values, values, values],
      ProviderShares(shares, names: names, cellCount: night.count)
    )
  }

  /// Four persons with each of four providers in a municipality.
  private static let usual: [String: [Int: Int64]] = [
    "p": [0: 300, 1: 300, 2: 300, 3: 300], "q": [4: 300, 5: 300, 6: 300, 7: 300],
    "r": [8: 300, 9: 300, 10: 300, 11: 300], "s": [12: 300, 13: 300, 14: 300, 15: 300],
  ]

  /// The same where some persons cost more, or less, by so much a provider.
  private static func usual(and more: [String: Int64]) -> [String: [Int: Int64]] {
    var changed = usual
    for (name, amount) in more {
      for person in (usual[name] ?? [:]).keys { changed[name]?[person]? += amount / 4 }
    }
    return changed
  }

  private static let rules = ReleaseRules(
    minimum: policy.minimum,
    dominance: policy.dominance,
    dominating: policy.contributors
  )

  /// The night of a table, with nothing before it.
  private static func recorded(
    _ table: CellTable,
    published: [ProtectedTable]
  ) throws -> EarlierRelease {
    try record([table], pieces: [], published: published, policy, since: [], day: 20)
  }

  private static func release(
    _ table: CellTable,
    isJoinable: Bool = true,
    dominance: String? = nil
  ) throws -> EarlierRelease {
    let shown = try protect([table], policy)
    #expect(shown[0].figures[0].marks.allSatisfy { $0 == .none })
    let known = try recorded(table, published: shown)
    return EarlierRelease(
      day: 20,
      isJoinable: isJoinable,
      minimum: known.minimum,
      dominance: dominance ?? known.dominance,
      tables: known.tables,
      pieces: known.pieces,
      seen: known.seen,
      published: known.published
    )
  }

  /// The usual night, and one of these municipalities after it.
  private static func marks(
    _ changes: [[String: Int64]],
    forgetsShares: Bool = false,
    isJoinable: Bool = true
  ) throws -> [CellMark] {
    let first = table(changes.map { _ in usual })
    let second = table(changes.map(usual(and:)))
    let release = try release(
      forgetsShares ? first.telling([:]) : first,
      isJoinable: isJoinable
    )
    let published = try protect([second], policy, since: [release])
    #expect(try audit([second], published: published, policy, since: [release]).atRisk == 0)
    return published[0].figures[0].marks
  }

  @Test("a sum is held where one or two providers changed it, and renewed where several did")
  func holds() throws {
    let changes =
      [
        [:], ["p": 80, "q": 80, "r": 80], ["p": 240], ["p": 120, "q": 120],
        ["p": 160, "q": 40, "r": 40], ["p": 160, "q": 40, "r": 8], ["p": 160, "q": -80, "r": 40],
      ] as [[String: Int64]]
    #expect(try Self.marks(changes) == [.none, .none, .held, .held, .none, .held, .held])
    // One may have brought it all.
    let all = [.none] + changes.dropFirst().map { _ in CellMark.held }
    #expect(try Self.marks(changes, forgetsShares: true) == all)
    #expect(try Self.marks(changes, isJoinable: false) == all)
  }

  @Test("a provider is left with the same of what others brought, and is asked nothing of his own")
  func asksOfOthers() throws {
    func asked(_ more: [String: Int64], _ provider: String) throws -> RequiredInterval? {
      let release = try Self.release(Self.table([Self.usual]))
      let second = Self.table([Self.usual(and: more)])
      let variables = try ReleaseSystem([second], pieces: [], Self.policy, since: [release])
        .variables
      let (variable, change) = try #require(variables.changes.first)
      #expect(change.required != nil)
      return change.required(toProvider: provider, isSum: variables.isSum[Int(variable)])
    }
    #expect(try asked(["p": 240], "p") == nil)
    #expect(try asked(["p": 240], "q") == RequiredInterval(lower: 0, upper: 480))
    #expect(try asked(["p": -240], "p") == nil)
    let two = ["p": 160, "q": 80] as [String: Int64]
    #expect(try asked(two, "p") == RequiredInterval(lower: 160, upper: 320))
    #expect(try asked(two, "q") == RequiredInterval(lower: 80, upper: 400))
    #expect(try asked(two, "r") == RequiredInterval(lower: 0, upper: 480))
    // 80 more in all.
    let both = ["p": 160, "q": -80] as [String: Int64]
    #expect(try asked(both, "p") == RequiredInterval(lower: 0, upper: 160))
    #expect(try asked(both, "q") == RequiredInterval(lower: 0, upper: 240))
    // 80 less: what p brought more is less of that.
    let less = ["p": 80, "q": -160] as [String: Int64]
    #expect(try asked(less, "p") == RequiredInterval(lower: 0, upper: 240))
    #expect(try asked(less, "q") == RequiredInterval(lower: 0, upper: 160))
  }

  @Test("a provider who fills a sum alone is asked for the rest of a change, not for his own")
  func asksInsiders() throws {
    let alone: [String: [Int: Int64]] = ["p": [0: 300, 1: 300, 2: 300]]
    let first = Self.table([alone, Self.usual])
    let release = try Self.recorded(first, published: protect([first], Self.policy))
    for (more, expected) in [
      (["p": 160, "q": 80], RequiredInterval(lower: 160, upper: 320)), (["p": 240], nil),
    ] as [([String: Int64], RequiredInterval?)] {
      let second = Self.table([alone, Self.usual(and: more)])
      let system = try ReleaseSystem([second], pieces: [], Self.policy, since: [release])
      let required = Self.rules.required(of: system.variables)
      let insiders = system.insiders(system.system, Self.rules, required)
      let change = try #require(system.variables.changes.first)
      #expect(required[Int(change.variable)] == RequiredInterval(lower: 0, upper: 480))
      #expect(insiders.shareholders(of: Int(change.variable)).map(\.required) == [expected])
    }
  }

  @Test("a sum that was hidden because of a provider stays so, and one that was told asks nothing")
  func guardsEarlierSums() throws {
    // p brings all but little of what is left when q, who knows theirs, is taken away.
    let dominated: [String: [Int: Int64]] = [
      "p": [0: 900, 1: 900, 2: 900], "q": [4: 300, 5: 300, 6: 300], "r": [8: 10, 9: 10, 10: 10],
    ]
    let first = Self.table([dominated, Self.usual])
    let shown = try protect([first], Self.policy)
    #expect(shown[0].figures[0].marks[0] == .hidden)
    let release = try Self.recorded(first, published: shown)
    let second = Self.table([Self.usual, Self.usual])
    func asked(_ release: EarlierRelease) throws -> [RequiredInterval?] {
      let variables = try ReleaseSystem([second], pieces: [], Self.policy, since: [release])
        .variables
      return zip(Self.rules.required(of: variables), variables.nights.indices).compactMap {
        required,
        variable in
        if case .earlier = variables.nights[variable] { return .some(required) }
        return nil
      }
    }
    // 1.1 · 2700 + 900 = 3870 of 3630.
    #expect(try asked(release).contains(RequiredInterval(lower: 3390, upper: 3870)))
    // Nobody can tell where the ledger holds no shares.
    let forgetful = EarlierRelease(
      day: 20,
      isJoinable: true,
      minimum: release.minimum,
      dominance: release.dominance,
      tables: release.tables.map { $0.telling([:]) },
      pieces: [],
      seen: release.seen,
      published: release.published
    )
    #expect(try asked(forgetful).allSatisfy { $0 == nil })
  }

  /// Cells of the same persons who cost the same: on the first night p has all of them.
  private static let alone: [String: [Int: Int64]] = [
    "p": Dictionary(uniqueKeysWithValues: (0..<16).map { ($0, 300) })
  ]

  /// A night on which p filled a cell alone, which is hidden.
  private static func nightOfOne(isJoinable: Bool) throws -> EarlierRelease {
    let first = table([alone, usual, usual])
    let shown = try protect([first], policy)
    #expect(shown[0].figures[0].marks == [.hidden, .none, .none])
    let known = try recorded(first, published: shown)
    return EarlierRelease(
      day: 20,
      isJoinable: isJoinable,
      minimum: known.minimum,
      dominance: known.dominance,
      tables: known.tables,
      pieces: [],
      seen: known.seen,
      published: known.published
    )
  }

  @Test("what one provider brought stays hidden when others bring as much for the same persons")
  func othersBringTheSame() throws {
    let release = try Self.nightOfOne(isJoinable: true)
    let second = Self.table([Self.usual, Self.usual, Self.usual])
    #expect(try protect([second], Self.policy)[0].figures[0].marks[0] == .none)
    let published = try protect([second], Self.policy, since: [release])
    #expect(published[0].figures[0].marks[0] == .hidden)
    #expect(
      try audit([second], published: published, Self.policy, since: [release]).atRisk == 0
    )
    // Whoever publishes it all the same tells what p brought.
    let open = try protect([second], Self.policy)
    #expect(try audit([second], published: open, Self.policy, since: [release]).atRisk > 0)
    // p is taken to know it on both nights.
    let system = try ReleaseSystem([second], pieces: [], Self.policy, since: [release])
    let variables = system.variables
    let earlier = try #require(
      variables.nights.indices.first {
        if case .earlier(false, _, _) = variables.nights[$0] { true } else { false }
      }
    )
    #expect(variables.providers[earlier].map(\.name) == ["p"])
    #expect(
      system.equations.contains { $0.parts == [Int32(earlier)] && $0.total != Int32(earlier) }
    )
    let insiders = system.insiders(
      system.system,
      Self.rules,
      Self.rules.required(of: variables)
    )
    #expect(
      (0..<Int32(insiders.count)).contains { insiders.cells(of: $0).contains(Int32(earlier)) }
    )
    // The night after that is no other: the number of the first is in it once.
    let next = try Self.recorded(second, published: published)
    let third = try ReleaseSystem([second], pieces: [], Self.policy, since: [release, next])
    #expect(third.variables.count == variables.count)
  }

  @Test("nor is it told under another key, under which providers have other names")
  func othersUnderAnotherKey() throws {
    let release = try Self.nightOfOne(isJoinable: false)
    func renamed(_ night: [String: [Int: Int64]]) -> [String: [Int: Int64]] {
      Dictionary(uniqueKeysWithValues: night.map { ("n\($0.key)", $0.value) })
    }
    let usual = renamed(Self.usual)
    for own in [usual, renamed(Self.alone)] {
      let second = Self.table([own, usual, usual])
      let published = try protect([second], Self.policy, since: [release])
      #expect(published[0].figures[0].marks == [.hidden, .none, .none])
      #expect(
        try audit([second], published: published, Self.policy, since: [release]).atRisk == 0
      )
    }
    // What changed one provider may have brought.
    let second = Self.table([
      renamed(Self.alone), renamed(Self.usual(and: ["p": 80, "q": 80])), usual,
    ])
    let published = try protect([second], Self.policy, since: [release])
    #expect(published[0].figures[0].marks == [.hidden, .held, .none])
    #expect(
      try audit([second], published: published, Self.policy, since: [release]).atRisk == 0
    )
  }

  @Test(
    "what two nights told is not asked back of what changed since the first",
    arguments: [true, false]
  )
  func asksNothingBack(isJoinable: Bool) throws {
    let tables = [["p": 0], ["p": 80, "q": 80, "r": 80], ["p": 1600, "q": 80, "r": 80]].map {
      (more: [String: Int64]) in Self.table([Self.usual(and: more), Self.usual])
    }
    var releases: [EarlierRelease] = []
    for (day, table) in tables.enumerated() {
      let before = releases.map { release in
        EarlierRelease(
          day: release.day,
          isJoinable: isJoinable || day < 2,
          minimum: release.minimum,
          dominance: release.dominance,
          tables: release.tables,
          pieces: release.pieces,
          seen: release.seen,
          published: release.published
        )
      }
      let published = try protect([table], Self.policy, since: before)
      #expect(published[0].figures[0].marks[0] == (day < 2 ? .none : .held))
      #expect(published[0].figures[0].values[0] == (day == 0 ? 4_800 : 5_040))
      #expect(
        try audit([table], published: published, Self.policy, since: before).atRisk == 0
      )
      releases.append(
        try record(
          [table],
          pieces: [],
          published: published,
          Self.policy,
          since: before,
          day: Int32(day)
        )
      )
    }
  }
}
