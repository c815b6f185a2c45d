import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("How good the links are, told without the truth")
struct ExpectedQualityTests {
  /// What was expected and what is true of the links that were weighed.
  private func told(
    _ people: MadeUpPeople,
    exact: [ExactPass]
  ) throws -> (quality: ExpectedQuality, precision: Double, recall: Double) {
    let (links, report) = try MadeUpPeople.linked(
      people.residents,
      people.clients,
      exact: exact
    )
    let weighed = links.persons.indices.filter { links.passes[$0] < 0 }
    let found = weighed.filter { links.persons[$0] >= 0 }
    let right = found.count { Int(links.persons[$0]) == people.truth[$0] }
    let matches = weighed.count { people.truth[$0] >= 0 }
    return (
      try #require(report.weighed?.quality),
      Double(right) / Double(found.count),
      Double(right) / Double(matches)
    )
  }

  @Test(
    "precision is expected within half a point, recall within one, easy and hard",
    arguments: 1...10 as ClosedRange<UInt64>,
    [0, 0.5]
  )
  func isTrue(seed: UInt64, bsnShare: Double) throws {
    let people = MadeUpPeople(
      count: bsnShare > 0 ? 8000 : 5000,
      clientCount: bsnShare > 0 ? 7000 : 2500,
      bsnShare: bsnShare,
      seed: 100 + seed,
      rates: { _ in seed % 2 == 0 ? .hard : .easy }
    )
    let exact = bsnShare > 0 ? [pass(["bsn"])] : []
    let (quality, precision, recall) = try told(people, exact: exact)
    #expect(abs(quality.precision.value - precision) < 0.005, "seed \(seed): \(precision)")
    #expect(abs(quality.recall.value - recall) < 0.01, "seed \(seed): \(recall)")
    #expect(quality.basis == (bsnShare > 0 ? .rehearsal : .runs))
  }

  @Test("rehearsal and its intervals follow from the clients, not from their order or the workers")
  func ignoresOrder() throws {
    let people = MadeUpPeople(
      count: 2500,
      clientCount: 1500,
      bsnShare: 0.6,
      seed: 21,
      rates: { _ in .hard }
    )
    var random = SeededGenerator(seed: 22)
    let order = people.clients.indices.shuffled(using: &random)
    let exact = [pass(["bsn"]), pass(["surname", "birth_date", "sex"])]
    let (links, report) = try MadeUpPeople.linked(
      people.residents,
      people.clients,
      exact: exact,
      workers: 1
    )
    let (shuffled, other) = try MadeUpPeople.linked(
      people.residents,
      order.map { people.clients[$0] },
      exact: exact,
      workers: 8
    )
    for (place, client) in order.enumerated() {
      #expect(shuffled.persons[place] == links.persons[client])
    }
    #expect(report.weighed?.rehearsedCount == other.weighed?.rehearsedCount)
    #expect(report.passes[1].falseShare != nil)
    #expect(report.passes[1].falseShare == other.passes[1].falseShare)
    let (one, two) = try (
      #require(report.weighed?.quality), #require(other.weighed?.quality)
    )
    #expect(abs(one.precision.value - two.precision.value) < 1e-9)
    #expect(one.recall.interval?.contains(two.recall.value) == true)
  }

  @Test("a pass that mistakes twins for each other is told by its false links")
  func rehearsesPasses() throws {
    var people = MadeUpPeople(count: 3000, clientCount: 1, seed: 23).residents
    // Every second resident has a twin brother who has all but his first name.
    for place in stride(from: 0, to: 3000, by: 4) {
      let (bsn, name) = (people[place + 1].bsn, people[place + 1].firstName)
      people[place + 1] = people[place]
      people[place + 1].bsn = bsn
      people[place + 1].firstName = name
    }
    // Of twins one is a client.
    var clients = people.indices.filter { $0 % 4 != 1 }.map { people[$0] }
    for place in clients.indices where place % 5 == 0 { clients[place].bsn = 0 }
    // And some who are no residents.
    clients += MadeUpPeople(count: 300, clientCount: 1, seed: 24).residents.map {
      var stranger = $0
      stranger.bsn = 0
      return stranger
    }
    let (_, report) = try MadeUpPeople.linked(
      people,
      clients,
      exact: [pass(["bsn"]), pass(["birth_date", "surname", "sex"]), pass(["first_names"])]
    )
    #expect(report.passes[0].falseShare == nil)
    // Whose own resident is gone meets the twin.
    let twins = try #require(report.passes[1].falseShare)
    #expect(0.01..<0.5 ~= twins)
    let names = try #require(report.passes[2].falseShare)
    #expect(names > twins)
  }

  @Test(
    "the groups that were made worse are found, and no other",
    arguments: 0..<6 as Range<UInt64>
  )
  func findsWorseGroups(seed: UInt64) throws {
    let people = MadeUpPeople(
      count: 6000,
      clientCount: 4000,
      bsnShare: 0.8,
      seed: 200 + seed,
      rates: { person in
        let isWorse =
          switch seed % 3 {
          case 0: person.sex == 1
          // Born in the last 18 of 83 years.
          case 1: person.birthDay / 365 > 82 - 18
          default: false
          }
        return isWorse
          ? MadeUpPeople.Rates(surname: 3, firstName: 3, postcode: 2, birthDate: 3) : .easy
      }
    )
    let (_, report) = try MadeUpPeople.linked(
      people.residents,
      people.clients,
      exact: [pass(["bsn"])]
    )
    let groups = try #require(report.weighed?.subgroups)
    #expect(Set(groups.map(\.column)) == ["birth_date_year", "sex", "quarter"])
    let worse = groups.filter { $0.recall?.isWorse ?? false }
      .map { "\($0.column) \($0.group ?? "")" }
    switch seed % 3 {
    case 0: #expect(worse == ["sex male"], "seed \(seed)")
    case 1: #expect(worse == ["birth_date_year 0-17"], "seed \(seed)")
    default: #expect(worse.isEmpty, "seed \(seed)")
    }
    #expect(groups.allSatisfy { $0.precision?.isWorse != true }, "seed \(seed)")
  }

  @Test("a group under ten stands in no row of its own")
  func poolsSmallGroups() throws {
    let people = MadeUpPeople(count: 1500, clientCount: 40, seed: 31)
    let (_, report) = try MadeUpPeople.linked(people.residents, people.clients)
    let groups = try #require(report.weighed?.subgroups)
    #expect(groups.allSatisfy { $0.clientCount >= 10 })
    for column in Set(groups.map(\.column)) {
      let own = groups.filter { $0.column == column }
      #expect(own.reduce(0) { $0 + $1.clientCount } <= 40)
    }
  }

  @Test(
    "so few hits are as likely as counting says",
    arguments: [(3, 5, 0.5), (0, 20, 0.1), (9, 10, 0.97)]
  )
  func countsChances(hits: Int, trials: Int, share: Double) {
    // Over all outcomes of so many trials, one by one.
    var chance = 0.0
    for outcome in 0..<(1 << trials) where outcome.nonzeroBitCount <= hits {
      var product = 1.0
      for trial in 0..<trials { product *= outcome >> trial & 1 == 1 ? share : 1 - share }
      chance += product
    }
    let told = WilsonInterval.chance(ofAtMost: hits, of: trials, share: share)
    #expect(abs(told - chance) < 1e-6 * chance)
  }
}
