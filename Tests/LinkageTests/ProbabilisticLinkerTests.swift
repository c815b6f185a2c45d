import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Linking by what agrees")
struct ProbabilisticLinkerTests {
  @Test(
    "clients without a number find themselves, and the run knows how well",
    arguments: [1, 2, 3]
  )
  func findsThemselves(seed: UInt64) throws {
    let people = MadeUpPeople(count: 4000, clientCount: 1500, seed: seed)
    let (links, report) = try MadeUpPeople.linked(people.residents, people.clients)
    let found = links.persons.indices.filter { links.persons[$0] >= 0 }
    let right = found.count { Int(links.persons[$0]) == people.truth[$0] }
    let matches = people.truth.count { $0 >= 0 }
    let precision = Double(right) / Double(found.count)
    let recall = Double(right) / Double(matches)
    #expect(precision > 0.99, "seed \(seed)")
    #expect(recall > 0.97, "seed \(seed)")
    let weighed = try #require(report.weighed)
    #expect(abs((weighed.quality?.precision.value ?? 0) - precision) < 0.01, "seed \(seed)")
    #expect(abs((weighed.quality?.recall.value ?? 0) - recall) < 0.02, "seed \(seed)")
    #expect(abs(weighed.expectedMatches - Double(matches)) < 0.02 * Double(matches))
    #expect(Set(found.map { links.persons[$0] }).count == found.count)
    #expect(report.accepted.identities == people.clients.count)
    #expect(report.linked.rows == 2 * found.count)
  }

  @Test(
    "workers, the order of the records and which side is the spine change no link",
    arguments: [4, 5, 6]
  )
  func ignoresOrder(seed: UInt64) throws {
    let people = MadeUpPeople(count: 2000, clientCount: 700, seed: seed)
    let (links, report) = try MadeUpPeople.linked(people.residents, people.clients, workers: 1)
    for workers in [2, 8] {
      let (others, otherReport) = try MadeUpPeople.linked(
        people.residents,
        people.clients,
        workers: workers
      )
      #expect(others.persons == links.persons)
      #expect(others.weighed?.probabilities == links.weighed?.probabilities)
      #expect(otherReport == report)
    }
    var random = SeededGenerator(seed: seed)
    let leftOrder = people.residents.indices.shuffled(using: &random)
    let rightOrder = people.clients.indices.shuffled(using: &random)
    let (shuffled, _) = try MadeUpPeople.linked(
      leftOrder.map { people.residents[$0] },
      rightOrder.map { people.clients[$0] }
    )
    for (place, client) in rightOrder.enumerated() {
      let person = Int(shuffled.persons[place])
      #expect((person < 0 ? -1 : leftOrder[person]) == Int(links.persons[client]), "seed \(seed)")
    }
    try expectSameWhenSwapped(people.residents, people.clients)
    // Of two sides of one size the values decide.
    try expectSameWhenSwapped(Array(people.residents[..<people.clients.count]), people.clients)
  }

  private func expectSameWhenSwapped(
    _ residents: [MadeUpPeople.Person],
    _ clients: [MadeUpPeople.Person]
  ) throws {
    let (links, report) = try MadeUpPeople.linked(residents, clients)
    let (swapped, swappedReport) = try MadeUpPeople.linked(clients, residents)
    for resident in residents.indices where swapped.persons[resident] >= 0 {
      let client = Int(swapped.persons[resident])
      #expect(Int(links.persons[client]) == resident)
      #expect(swapped.weighed?.weights[resident] == links.weighed?.weights[client])
      #expect(swapped.weighed?.probabilities[resident] == links.weighed?.probabilities[client])
      #expect(swapped.weighed?.rules[resident] == links.weighed?.rules[client])
    }
    #expect(report.linked.identities > 0)
    #expect(swappedReport.linked == report.linked)
    #expect(swappedReport.weighed?.accept == report.weighed?.accept)
    // Everyone is accounted for in either direction.
    #expect(swappedReport.accepted.identities == residents.count)
    #expect(swapped.reasons.count { $0 != nil } == swappedReport.unlinked.identities)
  }

  @Test("pairs that a number proves teach m, and who has one is not weighed")
  func learnsFromProof() throws {
    let people = MadeUpPeople(count: 4000, clientCount: 2000, bsnShare: 0.7, seed: 6)
    let (links, report) = try MadeUpPeople.linked(
      people.residents,
      people.clients,
      exact: [pass(["bsn"])]
    )
    let weighed = try #require(report.weighed)
    #expect(weighed.columns.allSatisfy { $0.isProved })
    #expect(weighed.columns.contains { abs($0.m[0] - 11.0 / 12) < 0.03 })
    for client in links.persons.indices where links.passes[client] == 0 {
      #expect(links.weighed?.rules[client] == -1)
    }
    let right = links.persons.indices.count { Int(links.persons[$0]) == people.truth[$0] }
    #expect(Double(right) > 0.98 * Double(people.clients.count))
  }

  @Test("two numbers that differ link nobody, whatever else agrees")
  func respectsNumbers() throws {
    var people = MadeUpPeople(count: 2000, clientCount: 600, seed: 7).residents
    var clients = Array(people[..<500])
    for client in clients.indices where client % 2 == 0 { clients[client].bsn = 0 }
    for client in clients.indices where client % 2 == 1 { clients[client].bsn += 100_000 }
    people.reverse()
    let (links, _) = try MadeUpPeople.linked(people, clients)
    for client in clients.indices {
      if client % 2 == 0 {
        #expect(links.persons[client] >= 0)
      } else {
        #expect(links.reasons[client] == .bsnConflict)
      }
    }
  }

  @Test("a pair that a pass refused is not linked after all")
  func respectsVetoes() throws {
    let people = MadeUpPeople(count: 2000, clientCount: 600, bsnShare: 1, seed: 8)
    var clients = people.clients
    let changed = clients.indices.filter { people.truth[$0] >= 0 }.prefix(20)
    for client in changed { clients[client].sex = 1 - clients[client].sex }
    let (links, _) = try MadeUpPeople.linked(
      people.residents,
      clients,
      exact: [pass(["bsn"], unless: ["sex"])]
    )
    for client in changed { #expect(Int(links.persons[client]) != people.truth[client]) }
  }

  @Test("a rule that makes too many pairs stops the run and names its largest block")
  func limits() {
    let people = MadeUpPeople(count: 2000, clientCount: 600, seed: 9)
    let model = ProbabilisticStage(
      blocks: [BlockingRule(columns: ["birth_date"]), BlockingRule(columns: ["sex"])],
      comparisons: MadeUpPeople.model.comparisons,
      limit: 500
    )
    #expect {
      _ = try MadeUpPeople.linked(people.residents, people.clients, model: model)
    } throws: { error in
      guard case .blockTooLarge(1, let pairs, 300_000, let left, let right) = error as? LinkageError
      else { return false }
      return pairs > 300_000 && left > 900 && right > 250
    }
  }

  @Test("many-to-one gives a resident all clients that fit")
  func manyToOne() throws {
    let people = MadeUpPeople(count: 3000, clientCount: 800, seed: 10)
    let twice = people.clients + people.clients
    let (links, _) = try MadeUpPeople.linked(people.residents, twice, assignment: .manyToOne)
    for client in people.clients.indices {
      #expect(links.persons[client] == links.persons[client + people.clients.count])
    }
    #expect(links.persons.count { $0 >= 0 } > 1400)
  }

  @Test("who is left when every resident is taken finds nobody")
  func findsNobodyLeft() throws {
    let people = MadeUpPeople(count: 700, clientCount: 1, seed: 12)
    var strangers = Array(people.residents.prefix(120))
    for place in strangers.indices { strangers[place].bsn = 0 }
    let (links, report) = try MadeUpPeople.linked(
      people.residents,
      people.residents + strangers,
      exact: [pass(["bsn"])]
    )
    #expect(links.persons.prefix(700).allSatisfy { $0 >= 0 })
    #expect(links.persons.suffix(120).allSatisfy { $0 == -1 })
    #expect(links.reasons.suffix(120).allSatisfy { $0 == .noBlock })
    // 700 proved pairs suffice to learn from, though there is nobody to compare with.
    #expect(report.weighed?.idle == nil)
    #expect(report.weighed?.linked.identities == 0)
    // Where a resident may have several clients, the same strangers are found.
    let (others, _) = try MadeUpPeople.linked(
      people.residents,
      people.residents + strangers,
      exact: [pass(["bsn"])],
      assignment: .manyToOne
    )
    #expect(others.persons.suffix(120).allSatisfy { $0 >= 0 })
  }

  @Test("without a column on either side its comparison and its rules are left out and told")
  func skips() throws {
    let people = MadeUpPeople(count: 2000, clientCount: 600, seed: 11)
    var comparisons = MadeUpPeople.model.comparisons
    comparisons.append(Comparison(column: "initials", levels: [.exact]))
    let model = ProbabilisticStage(
      blocks: MadeUpPeople.model.blocks + [BlockingRule(columns: ["initials", "sex"])],
      comparisons: comparisons
    )
    let (_, report) = try MadeUpPeople.linked(people.residents, people.clients, model: model)
    #expect(report.weighed?.skipped == [["initials"], ["initials", "sex"]])
    #expect(report.weighed?.columns.count == 5)
  }
}
