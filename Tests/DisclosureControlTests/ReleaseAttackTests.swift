import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Attack on random releases, by labels alone") struct ReleaseAttackTests {
  /// A rule of dominance in two of three releases.
  private static func policy(_ seed: UInt64, minimum: Int64 = 5) -> Protection {
    let rules: [Protection.Dominance?] = [
      .prior(share: 0.1), .share(contributors: 2, 0.85), nil,
    ]
    return Protection(minimum: minimum, method: .suppress, dominance: rules[Int(seed % 3)])
  }

  @Test(
    "who sees linked tables of three levels of areas tells no number, not even alone in a cell",
    arguments: 0..<200 as Range<UInt64>
  )
  func survivesOutsiderAndInsider(seed: UInt64) throws {
    try attack(RandomRelease(seed: seed, .ofAreas), Self.policy(seed), "seed \(seed)")
  }

  @Test("nor of linked tables of one level", arguments: 0..<60 as Range<UInt64>)
  func survivesOutsiderOfFlatTables(seed: UInt64) throws {
    try attack(RandomRelease(seed: seed), Self.policy(seed), "seed \(seed)")
  }

  @Test("nor of tables whose cuts form a cycle", arguments: 0..<60 as Range<UInt64>)
  func survivesOutsiderOfCycle(seed: UInt64) throws {
    let release = RandomRelease(seed: seed, cuts: [[0, 1], [1, 2], [0, 2]])
    try attack(release, Self.policy(seed), "seed \(seed)")
  }

  @Test(
    "nor of tables whose cuts form a cycle by the areas that others lie in",
    arguments: 0..<60 as Range<UInt64>
  )
  func survivesOutsiderOfNestedCycle(seed: UInt64) throws {
    let cuts = [[[0, 1], [4, 2], [1, 2]], [[0, 1], [5, 2], [1, 2]]][Int(seed % 2)]
    let release = RandomRelease(seed: seed, .ofAreas, cuts: cuts)
    try attack(release, Self.policy(seed), "seed \(seed)")
  }

  @Test(
    "a small count has a table of whole numbers in which it is one, and one in which it is enough",
    arguments: 0..<200 as Range<UInt64>
  )
  func survivesWholeNumbers(seed: UInt64) throws {
    // Few combinations, so that all tables can be looked through.
    let minimum: Int64 = 3
    let cuts = [[[0, 1]], [[0, 2], [4, 1]], [[0, 2]], [[0, 1], [1, 2]]][Int(seed % 4)]
    let policy = Self.policy(seed, minimum: minimum)
    let release = RandomRelease(seed: seed, .few, cuts: cuts)
    let published = try protect(release.tables, pieces: release.pieces, policy)
    let attack = OutsiderAttack(release, published: published)
    guard attack.combinations.count <= 12 else { return }
    let sensitive = attack.sensitive(policy).map(\.target).filter { !$0.isAmount }
    for (insider, known) in [(-1, [])] + insiders(attack, sensitive, isAmount: false) {
      let tables = WholeTables(
        attack.rows(knowing: known, isAmount: false),
        columnCount: attack.combinations.count,
        most: minimum
      )
      for target in sensitive where !known.contains(where: { $0.target == target }) {
        let members = attack.combinations.members(of: target)
        let comment: Comment = "seed \(seed), \(target), insider \(insider)"
        #expect(tables.canCome(members, to: 0...1), comment)
        #expect(tables.canCome(members, to: minimum...1000), comment)
      }
    }
  }

  @Test("what fractions leave open and whole numbers tell counts as told")
  func wholeNumbersTell() {
    // a + b + t = b + c + t = a + c + t = 25, d + t = 10: a, b and c are one number, so t is odd.
    let system = CellSystem(
      cellCount: 9,
      equations: [
        CellSystem.Equation(total: 5, parts: [0, 1, 3]),
        CellSystem.Equation(total: 6, parts: [1, 2, 3]),
        CellSystem.Equation(total: 7, parts: [0, 2, 3]),
        CellSystem.Equation(total: 8, parts: [3, 4]),
      ]
    )
    let truth: [Int64] = [10, 10, 10, 5, 5, 25, 25, 25, 10]
    let isShown = (0..<9).map { $0 > 4 }
    let known = truth.indices.map { isShown[$0] ? KnownRange.exactly(truth[$0]) : .hidden }
    #expect(
      IntervalAttack(system, known: known).intervals(of: [4])
        == [AttackedInterval(lower: 0, upper: 10)]
    )
    let sums: [(members: [Int], result: Int64)] = [
      ([0, 1, 3], 25), ([1, 2, 3], 25), ([0, 2, 3], 25), ([3, 4], 10),
    ]
    let tables = WholeTables(
      sums.map { OutsiderAttack.Row(members: $0.members, result: $0.result) },
      columnCount: 5,
      most: 25
    )
    #expect((0...10).filter { tables.canCome([4], to: $0...$0) } == [1, 3, 5, 7, 9])
    func atRisk(_ required: RequiredInterval) -> [Int] {
      WitnessAudit(
        system,
        truth: truth,
        required: truth.indices.map { $0 == 4 ? required : nil },
        states: isShown.map { $0 ? .fixed : .hidden },
        mayBeNegative: [],
        insiders: Insiders([])
      ).atRisk(chunk: 0).cells
    }
    #expect(atRisk(RequiredInterval(lower: 1, upper: 9)) == [])
    #expect(atRisk(RequiredInterval(lower: 1, upper: 10)) == [4])
    #expect(atRisk(RequiredInterval(lower: 0, upper: 9)) == [4])
  }

  private func attack(_ release: RandomRelease, _ policy: Protection, _ comment: Comment) throws {
    let published = try protect(release.tables, pieces: release.pieces, policy)
    let attack = OutsiderAttack(release, published: published)
    let sensitive = attack.sensitive(policy)
    for (target, interval) in attack.tooExact(sensitive) {
      Issue.record("\(comment) \(target) \(String(describing: interval))")
    }
    // Someone who is alone in cells knows them, and no more than that.
    for isAmount in [false, true] {
      for (insider, known) in insiders(attack, sensitive.map(\.target), isAmount: isAmount) {
        let needs = sensitive.filter { need in
          need.target.isAmount == isAmount && !known.contains { $0.target == need.target }
        }.compactMap { target, required -> (target: Target, required: RequiredInterval)? in
          guard isAmount, attack.persons(in: target).contains(insider) else {
            return (target, required)
          }
          return attack.required(of: target, to: insider, policy).map { (target, $0) }
        }
        for (target, interval) in attack.tooExact(needs, knowing: known) {
          Issue.record("\(comment) \(target) to \(insider) \(String(describing: interval))")
        }
      }
    }
  }

  private typealias Target = OutsiderAttack.Target

  /// The persons who are alone in some numbers, with what they know of them.
  private func insiders(
    _ attack: OutsiderAttack,
    _ targets: [Target],
    isAmount: Bool
  ) -> [(insider: Int, known: [(target: Target, value: Int64)])] {
    var known: [Int: [(target: Target, value: Int64)]] = [:]
    for target in targets where target.isAmount == isAmount {
      let persons = attack.persons(in: target)
      guard persons.count == 1 else { continue }
      let own = isAmount ? attack.release.region.persons[persons[0]].amount : 1
      known[persons[0], default: []].append((target, own))
    }
    return known.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
