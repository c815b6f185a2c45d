import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Explaining a link")
struct ExplanationTests {
  private func linked(
    _ people: MadeUpPeople,
    explaining asked: [AskedPair]
  ) throws -> (links: Links, explanations: [Explanation]) {
    let (links, report) = try MadeUpPeople.linked(
      people.residents,
      people.clients,
      model: MadeUpPeople.smallModel,
      rows: 1,
      explaining: asked
    )
    return (links, report.weighed?.explanations ?? [])
  }

  private func sum(_ explanation: Explanation) -> Int32 {
    explanation.steps.reduce(explanation.joint?.weight ?? 0) {
      $0 + ($1.weight ?? 0) + ($1.frequency?.weight ?? 0)
    }
  }

  // Which side is left follows from the records: seeds give both.
  @Test(
    "the pieces of each candidate add up to the weight and the chance that the run gave it",
    arguments: 21...24 as ClosedRange<UInt64>
  )
  func addsUp(seed: UInt64) throws {
    let people = MadeUpPeople(count: 2000, clientCount: 600, seed: seed)
    let plain = try linked(people, explaining: []).links
    let weighed = try #require(plain.weighed)
    let asked = weighed.candidates.enumerated().filter { $0.element >= 0 }
      .map { AskedPair(resident: $0.element, identity: Int32($0.offset)) }
    #expect(asked.count > 500)
    let (links, explanations) = try linked(people, explaining: asked)
    #expect(links.persons == plain.persons)
    #expect(explanations.map(\.pair) == asked)
    for explanation in explanations {
      let identity = Int(explanation.pair.identity)
      #expect(explanation.weight == weighed.weights[identity])
      #expect(sum(explanation) == explanation.weight)
      #expect(explanation.probability.map { Float($0) } == weighed.probabilities[identity])
      #expect(explanation.rivals.count == weighed.rivals[identity])
    }
    #expect(explanations.contains { $0.joint != nil })
    #expect(explanations.contains { $0.steps.contains { $0.frequency != nil } })
  }

  @Test("each level is that of the two people, also where no rule pairs them")
  func tellsLevels() throws {
    let people = MadeUpPeople(count: 1000, clientCount: 400, seed: 22)
    var random = SeededGenerator(seed: 23)
    let asked = (0..<400).map { identity in
      AskedPair(
        resident: identity % 3 == 0 || people.truth[identity] < 0
          ? Int32.random(in: 0..<1000, using: &random) : Int32(people.truth[identity]),
        identity: Int32(identity)
      )
    }
    for explanation in try linked(people, explaining: asked).explanations {
      let resident = people.residents[Int(explanation.pair.resident)]
      let client = people.clients[Int(explanation.pair.identity)]
      let sameName = resident.surname == client.surname
      let surname: Explanation.State =
        !sameName
        ? .otherwise
        : resident.surnameErrors == client.surnameErrors
          ? .level(.exact) : .level(.dice(hundredths: 70))
      let birth: Explanation.State =
        resident.birthDay == client.birthDay
        ? .level(.exact)
        : resident.birthDay / 365 == client.birthDay / 365
          ? .level(.part(column: "birth_date_year")) : .otherwise
      #expect(explanation.steps.map(\.column) == MadeUpPeople.smallModel.comparisons.map(\.column))
      #expect(explanation.steps[0].state == surname)
      #expect(explanation.steps[2].state == birth)
      #expect(sum(explanation) == explanation.weight)
    }
  }
}
