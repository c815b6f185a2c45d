import Foundation
import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Guards of what is learnt")
struct LearningGuardsTests {
  @Test("too few pairs teach nothing: nobody is weighed, and the report says so")
  func refusesFewPairs() throws {
    let people = MadeUpPeople(count: 60, clientCount: 20, seed: 1)
    let (links, report) = try MadeUpPeople.linked(people.residents, people.clients)
    #expect(links.persons.allSatisfy { $0 < 0 })
    guard case .tooFewPairs(let count) = report.weighed?.idle else {
      Issue.record("weighed by \(String(describing: report.weighed?.rules))")
      return
    }
    #expect(count < 100)
  }

  @Test("a run of more matches than a client can have is dropped")
  func dropsTooMany() throws {
    // Everybody lives in one house, three to a client, and shares a name.
    let people = MadeUpPeople(count: 3000, clientCount: 600, seed: 5)
    let crowd = people.residents + people.residents + people.residents
    let (_, report) = try MadeUpPeople.linked(crowd, people.clients)
    #expect(report.weighed?.droppedRules.isEmpty == false)
  }

  @Test("a run that creeps stops after 500 rounds and is named as not settled")
  func stopsCreeping() {
    // Of true pairs and of others nearly as many agree, so that hardly anything tells them apart.
    let space = PatternSpace(stateCounts: [3, 3, 3])
    var counts = [Int](repeating: 0, count: space.count)
    for states in 0..<8 {
      let agreeing = states.nonzeroBitCount
      let chance = 0.2 * pow(0.6, Double(agreeing)) * pow(0.4, Double(3 - agreeing)) + 0.8 / 8
      let pattern = (0..<3).reduce(0) { $0 + (states >> $1 & 1 == 1 ? 0 : space.strides[$1]) }
      counts[pattern] = Int(chance * 1e6)
    }
    let run = ExpectationMaximisation(counts: counts, space: space, joints: []).run(
      rule: 0,
      isOn: [true, true, true],
      u: LevelShares(columns: [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]),
      start: 0.3
    )
    #expect(!run.hasSettled)
    #expect(run.roundCount == ExpectationMaximisation.roundLimit)
  }

  @Test("a likelier client takes the resident, and who gets the other by that is not linked")
  func queuesExclusion() throws {
    let people = MadeUpPeople(count: 2000, clientCount: 600, seed: 7)
    var residents = people.residents
    var clients = people.clients
    // Two sisters of like name, born on one day; one is a client, and so is who may be either.
    var sister = residents[0]
    sister.firstNameErrors = 2
    residents.append(sister)
    var either = residents[0]
    either.firstNameErrors = 1
    clients.removeAll { $0.birthDay == either.birthDay }
    clients.append(residents[0])
    clients.append(either)
    for place in clients.indices { clients[place].bsn = 0 }
    let model = ProbabilisticStage(
      blocks: MadeUpPeople.model.blocks,
      comparisons: MadeUpPeople.model.comparisons,
      accept: 0.9
    )
    let (links, _) = try MadeUpPeople.linked(residents, clients, model: model)
    #expect(links.persons[clients.count - 1] == -1)
    #expect(links.reasons[clients.count - 1] == .byExclusion)
    #expect(UnlinkedReason.byExclusion.isForReview)
    // Where a resident may have both, they only tie.
    let (others, _) = try MadeUpPeople.linked(
      residents,
      clients,
      model: model,
      assignment: .manyToOne
    )
    #expect(others.reasons[clients.count - 1] == .tie)
  }
}
