import Diagnostics
import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("What people judge of pairs")
struct JudgedPairTests {
  private func linked(
    _ people: MadeUpPeople,
    exact: [ExactPass] = [],
    judged: [JudgedPair] = []
  ) throws -> (links: Links, report: LinkReport) {
    let (spine, spineFilters) = MadeUpPeople.side(people.residents)
    let (source, filters) = MadeUpPeople.side(people.clients)
    return try link(
      spine: ComparedSide(spine, filters: spineFilters),
      source: ComparedSide(source, filters: filters),
      rowCounts: people.clients.map { _ in 1 },
      by: LinkStage(
        spine: "register",
        exact: exact,
        probabilistic: MadeUpPeople.smallModel,
        assign: ["clients": .oneToOne],
        unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
      ),
      source: "clients",
      workers: 2,
      judged: judged
    )
  }

  @Test("who is said to be one person is linked before any pass, and takes the resident")
  func samePersonLinks() throws {
    let people = MadeUpPeople(count: 1500, clientCount: 500, seed: 31)
    let plain = try linked(people).links
    let lost = try #require(plain.persons.indices.first { plain.persons[$0] < 0 })
    let holder = try #require(plain.persons.indices.first { plain.persons[$0] >= 0 })
    let pair = AskedPair(resident: plain.persons[holder], identity: Int32(lost))
    let (links, report) = try linked(people, judged: [JudgedPair(pair: pair, isSame: true)])
    #expect(links.persons[lost] == pair.resident)
    #expect(links.passes[lost] == Links.reviewPass)
    #expect(links.reasons[lost] == nil)
    #expect(links.persons[holder] != pair.resident)
    #expect(report.reviewed.linked.identities == 1)
    #expect(report.accepted.identities == people.clients.count)
  }

  @Test("who is said to be another is never linked, by a pass or by weight")
  func differentPersonIsBarred() throws {
    let people = MadeUpPeople(count: 1500, clientCount: 500, bsnShare: 0.5, seed: 32)
    let passes = [ExactPass(on: ["bsn"], unless: nil, place: .init(file: "p.yaml"))]
    let (plain, _) = try linked(people, exact: passes)
    let byPass = try #require(plain.passes.firstIndex(of: 0))
    let byWeight = try #require(
      plain.persons.indices.first { plain.persons[$0] >= 0 && plain.passes[$0] < 0 }
    )
    let judged = [byPass, byWeight].map {
      JudgedPair(
        pair: AskedPair(resident: plain.persons[$0], identity: Int32($0)),
        isSame: false
      )
    }
    let (links, _) = try linked(people, exact: passes, judged: judged)
    for (identity, other) in zip([byPass, byWeight], judged) {
      #expect(links.persons[identity] != other.pair.resident)
      if links.persons[identity] < 0 { #expect(links.reasons[identity] == .judgedDifferent) }
    }
    #expect(links.reasons.contains(.judgedDifferent))
  }

  @Test("to be looked at are all undecided pairs, and samples of the others")
  func queues() throws {
    let people = MadeUpPeople(count: 3000, clientCount: 1000, seed: 33)
    let (links, report) = try linked(people)
    let queue = try #require(report.weighed?.reviews)
    for stratum in ReviewQueue.Stratum.allCases {
      let own = queue.pairs.indices.filter { queue.strata[$0] == stratum }
      let identities = own.map { Int(queue.pairs[$0].identity) }
      switch stratum {
      case .queue:
        #expect(identities.allSatisfy { links.reasons[$0]?.isForReview == true })
        #expect(identities.count == links.reasons.count { $0?.isForReview == true })
      case .accepted:
        #expect(identities.count == 100)
        #expect(queue.sizes[stratum] == links.persons.count { $0 >= 0 })
        #expect(
          own.allSatisfy {
            links.persons[Int(queue.pairs[$0].identity)] == queue.pairs[$0].resident
          }
        )
      case .rejected:
        #expect(identities.count == min(50, queue.sizes[stratum] ?? 0))
        #expect(identities.allSatisfy { links.reasons[$0] == .belowReview })
      }
    }
    let prior = Int64(((report.weighed?.prior ?? 0) * LinkModel.unit).rounded())
    for place in queue.pairs.indices {
      let sum = queue.columns.reduce(prior) { $0 + $1.weights[place] }
      #expect(sum == queue.totals[place])
    }
  }

  /// Clients by their numbers, of whom some differ from their resident in what `unless` asks for, and
  /// some have another number than the resident who is like them.
  private func refused() -> (
    people: MadeUpPeople, clients: [MadeUpPeople.Person], vetoed: [Int], conflicting: [Int]
  ) {
    let people = MadeUpPeople(count: 4000, clientCount: 2000, bsnShare: 0.7, seed: 34)
    var clients = people.clients
    let own = clients.indices.filter { people.truth[$0] >= 0 && clients[$0].bsn > 0 }
    let (vetoed, conflicting) = (Array(own[..<20]), Array(own[20..<40]))
    for client in vetoed {
      clients[client].sex = 1 - clients[client].sex
      clients[client].birthDay = (clients[client].birthDay + 400) % 30_000
    }
    for client in conflicting {
      clients[client] = people.residents[people.truth[client]]
      clients[client].bsn += 100_000
    }
    return (people, clients, vetoed, conflicting)
  }

  private static let passes = [
    pass(["bsn"], unless: ["birth_date", "sex"]), pass(["surname", "birth_date", "sex"]),
  ]

  @Test("pairs that a pass refused are to be looked at, weighed or not", arguments: [true, false])
  func queuesRefused(isWeighed: Bool) throws {
    let (people, clients, vetoed, conflicting) = refused()
    let (links, report) = try linked(people, clients, isWeighed: isWeighed)
    let queue = report.reviews
    let wanted = (vetoed + conflicting).filter { links.persons[$0] < 0 }
      .map { AskedPair(resident: Int32(people.truth[$0]), identity: Int32($0)) }
    #expect(wanted.count >= 38)
    let undecided = queue.pairs.indices.filter { queue.strata[$0] == .queue }.map {
      queue.pairs[$0]
    }
    #expect(Set(undecided).isSuperset(of: wanted))
    #expect(Set(undecided).count == undecided.count)
    #expect(queue.sizes[.queue] == undecided.count)
    #expect(undecided.allSatisfy { links.persons[Int($0.identity)] < 0 })
    if !isWeighed { #expect(Set(undecided) == Set(wanted)) }
    // Whoever judges sees that the numbers agree, or do not, and what differs.
    let bsn = try #require(queue.columns.first { $0.name == "bsn" })
    let sex = try #require(queue.columns.first { $0.name == "sex" })
    #expect(bsn.states == [.level(.exact), .otherwise, .missing])
    for (place, pair) in queue.pairs.enumerated() where wanted.contains(pair) {
      let isVetoed = vetoed.contains(Int(pair.identity))
      #expect(bsn.numbers[place] == (isVetoed ? 0 : 1))
      #expect(sex.numbers[place] == (isVetoed ? 1 : 0))
      #expect(bsn.weights[place] == missingInteger)
      #expect((queue.totals[place] == missingInteger) == !isWeighed)
    }
  }

  @Test("what was judged of a refused pair holds: one person links, two are not asked of again")
  func reusesRefused() throws {
    let (people, clients, vetoed, conflicting) = refused()
    let pairs = [vetoed[0], vetoed[1], conflicting[0], conflicting[1]].map {
      AskedPair(resident: Int32(people.truth[$0]), identity: Int32($0))
    }
    let judged = pairs.enumerated().map { JudgedPair(pair: $1, isSame: $0 % 2 == 0) }
    let (links, report) = try linked(people, clients, isWeighed: true, judged: judged)
    for other in judged {
      let identity = Int(other.pair.identity)
      #expect((links.persons[identity] == other.pair.resident) == other.isSame)
      #expect((links.passes[identity] == Links.reviewPass) == other.isSame)
      if !other.isSame { #expect(links.reasons[identity] == .judgedDifferent) }
      let isAsked = zip(report.reviews.pairs, report.reviews.strata)
        .contains { $0 == other.pair && $1 == .queue }
      #expect(!isAsked)
    }
  }

  private func linked(
    _ people: MadeUpPeople,
    _ clients: [MadeUpPeople.Person],
    isWeighed: Bool,
    judged: [JudgedPair] = []
  ) throws -> (links: Links, report: LinkReport) {
    try MadeUpPeople.linked(
      people.residents,
      clients,
      exact: Self.passes,
      model: isWeighed ? MadeUpPeople.smallModel : nil,
      rows: 1,
      judged: judged
    )
  }
}
