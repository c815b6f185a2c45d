import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("What an exact link shows")
struct ExactLinksTests {
  private static let passes = [pass(["bsn"]), pass(["surname", "birth_date", "sex", "postcode"])]

  private func linked(
    _ residents: [MadeUpPeople.Person],
    _ clients: [MadeUpPeople.Person],
    explaining asked: [AskedPair] = [],
    judged: [JudgedPair] = []
  ) throws -> (links: Links, report: LinkReport) {
    try MadeUpPeople.linked(
      residents,
      clients,
      exact: Self.passes,
      rows: 1,
      explaining: asked,
      judged: judged
    )
  }

  // The larger side is left.
  @Test("its weight is that of its pieces, whichever side is left", arguments: [false, true])
  func hasTheModelsWeight(isSwapped: Bool) throws {
    let people = MadeUpPeople(count: 4000, clientCount: 2500, bsnShare: 0.6, seed: 51)
    let (residents, clients) =
      isSwapped ? (people.clients, people.residents) : (people.residents, people.clients)
    let plain = try linked(residents, clients).links
    let asked = plain.persons.indices.filter { plain.passes[$0] >= 0 }
      .map { AskedPair(resident: plain.persons[$0], identity: Int32($0)) }
    #expect(Set(plain.passes) == [-1, 0, 1])
    let (links, report) = try linked(residents, clients, explaining: asked)
    let weighed = try #require(links.weighed)
    let explanations = try #require(report.weighed?.explanations)
    #expect(explanations.count == asked.count)
    for explanation in explanations {
      let identity = Int(explanation.pair.identity)
      #expect(weighed.weights[identity] == explanation.weight)
      #expect(weighed.candidates[identity] == links.persons[identity])
    }
    #expect(Set(explanations.map(\.weight)).count > 50)
  }

  @Test("its probability is the measured precision of its pass, and none where nothing measures it")
  func hasThePrecisionOfItsPass() throws {
    let people = MadeUpPeople(count: 4000, clientCount: 2500, bsnShare: 0.6, seed: 52)
    let (first, _) = try linked(people.residents, people.clients)
    let lost = try #require(first.persons.indices.first { first.persons[$0] < 0 })
    let free = try #require((0..<Int32(4000)).first { !first.persons.contains($0) })
    let pair = AskedPair(resident: free, identity: Int32(lost))
    let (links, report) = try linked(
      people.residents,
      people.clients,
      judged: [JudgedPair(pair: pair, isSame: true)]
    )
    let weighed = try #require(links.weighed)
    let share = try #require(report.passes[1].falseShare)
    #expect(share < 0.1)
    var counts = [0, 0, 0]
    for identity in links.persons.indices {
      switch links.passes[identity] {
      case 0:
        #expect(weighed.probabilities[identity] == Links.Weighed.unmeasured)
        counts[0] += 1
      case 1:
        #expect(weighed.probabilities[identity] == Float(1 - share))
        counts[1] += 1
      case Links.reviewPass:
        #expect(weighed.probabilities[identity] == Links.Weighed.unmeasured)
        #expect(weighed.weights[identity] < 0)
        counts[2] += 1
      default: #expect(weighed.probabilities[identity] >= 0)
      }
    }
    #expect(counts[0] > 1000 && counts[1] > 100 && counts[2] == 1)
  }
}
