import Foundation
import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Joining records to persons")
struct DeduplicationTests {
  static let model = ProbabilisticStage(
    blocks: MadeUpPeople.model.blocks + [BlockingRule(columns: ["surname", "first_names"])],
    comparisons: MadeUpPeople.model.comparisons,
    personal: ["first_names", "birth_date"]
  )

  static func stage(_ exact: [ExactPass], _ model: ProbabilisticStage? = model) -> LinkStage {
    LinkStage(
      spine: nil,
      exact: exact,
      probabilistic: model,
      assign: [:],
      unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
    )
  }

  private func side(_ people: [MadeUpPeople.Person]) -> ComparedSide {
    let (table, filters) = MadeUpPeople.side(people)
    return ComparedSide(table, filters: filters)
  }

  /// By record, the first record of its person.
  private func persons(
    _ people: [MadeUpPeople.Person],
    exact: [ExactPass] = [],
    model: ProbabilisticStage? = model,
    workers: Int = 2
  ) throws -> (persons: [Int32], links: Links, report: DeduplicationReport) {
    let found = try deduplicate(
      [side(people)],
      rowCounts: [people.map { _ in 1 }],
      by: Self.stage(exact, model),
      workers: workers
    )
    return (firstIdentities(of: found.links[0].persons), found.links[0], found.report)
  }

  @Test("people find their records, and the run knows how well", arguments: [1, 2, 3])
  func findsRecords(seed: UInt64) throws {
    let (records, truth) = MadeUpPeople.duplicates(of: 3000, seed: seed)
    let (persons, links, report) = try persons(records)
    let score = PairScore(persons, truth)
    #expect(score.precision > 0.99, "seed \(seed)")
    #expect(score.recall > 0.95, "seed \(seed)")
    let weighed = try #require(report.weighed)
    #expect(abs((weighed.quality?.precision.value ?? 0) - score.precision) < 0.01, "seed \(seed)")
    #expect(abs((weighed.quality?.recall.value ?? 0) - score.recall) < 0.03, "seed \(seed)")
    #expect(report.recordCount == records.count)
    #expect(report.sizes.reduce(0) { $0 + $1.key * $1.value } == records.count)
    #expect(report.sizes.values.reduce(0, +) == Set(links.persons).count)
    #expect(links.persons.allSatisfy { $0 >= 0 })
  }

  @Test("twins are two persons, who share name, house and birth date", arguments: [1, 2])
  func keepsTwinsApart(seed: UInt64) throws {
    let (records, truth) = MadeUpPeople.duplicates(of: 3000, twinCount: 60, seed: seed)
    let (persons, _, _) = try persons(records)
    let score = PairScore(persons, truth)
    #expect(score.precision > 0.94, "seed \(seed)")
    #expect(score.recall > 0.93, "seed \(seed)")
  }

  @Test("scores and persons are those of a plain comparison of all pairs", arguments: [1, 2, 3])
  func agreesWithPlain(seed: UInt64) throws {
    let (records, _) = MadeUpPeople.duplicates(of: 450, twinCount: 30, seed: seed)
    let (persons, links, found) = try persons(records)
    let report = try #require(found.weighed)
    let plain = PlainDeduplicator(
      records: records,
      filters: MadeUpPeople.side(records).filters,
      report: report,
      accept: report.accept
    )
    let (totals, blocked) = plain.totals(Self.model.blocks, prior: report.prior)
    let pairs = records.indices.flatMap { one in
      records.indices.compactMap { blocked[one][$0] ? (one: one, other: $0) : nil }
    }
    func probability(_ pair: (one: Int, other: Int)) -> Double {
      1 / (1 + exp2(-totals[pair.one][pair.other]))
    }
    let share =
      pairs.reduce(0) { $0 + probability($1) }
      / (Double(records.count) * Double(records.count - 1) / 2)
    #expect(abs(log2(share / (1 - share)) - report.prior) < 0.01, "seed \(seed)")
    let weighed = try #require(links.weighed)
    for record in records.indices where weighed.rules[record] >= 0 {
      let best =
        pairs.filter { $0.one == record || $0.other == record }
        .map { totals[$0.one][$0.other] }.max() ?? 0
      let own = Double(weighed.weights[record]) / LinkModel.unit + report.prior
      #expect(abs(own - best) < 0.001, "seed \(seed), record \(record)")
    }
    let clusters = PlainDeduplicator.clusters(
      totals,
      pairs: pairs.filter { probability($0) >= report.accept - 1e-6 }
    )
    #expect(
      Set(clusters) == groups(persons.indices.map { ($0, persons[$0]) }),
      "seed \(seed)"
    )
  }

  @Test("workers, the order of the records and a source in two parts change no person")
  func ignoresOrder() throws {
    let (records, _) = MadeUpPeople.duplicates(of: 1500, bsnShare: 0.3, seed: 4)
    let exact = [pass(["bsn"], unless: ["sex"])]
    let (expected, links, report) = try persons(records, exact: exact, workers: 1)
    for workers in [2, 8] {
      let other = try persons(records, exact: exact, workers: workers)
      #expect(other.persons == expected)
      #expect(other.links.weighed?.probabilities == links.weighed?.probabilities)
      #expect(other.report == report)
    }
    var random = SeededGenerator(seed: 5)
    let order = records.indices.shuffled(using: &random)
    let shuffled = try persons(order.map { records[$0] }, exact: exact)
    // Of records that are equal one is as good as another.
    func asked(_ report: DeduplicationReport, _ record: (Int32) -> Int) -> [[String]] {
      report.reviews.pairs.map { pair in
        [pair.resident, pair.identity].map { "\(records[record($0)])" }.sorted()
      }
    }
    #expect(Set(asked(shuffled.report) { order[Int($0)] }) == Set(asked(report) { Int($0) }))
    #expect(withoutPairs(shuffled.report) == withoutPairs(report))
    #expect(
      groups(shuffled.persons.indices.map { (order[$0], shuffled.persons[$0]) })
        == groups(expected.indices.map { ($0, expected[$0]) })
    )
    let parts = [Array(records[..<400]), Array(records[400...])]
    let split = try deduplicate(
      parts.map(side),
      rowCounts: parts.map { $0.map { _ in 1 } },
      by: Self.stage(exact),
      workers: 2
    )
    #expect(split.report == report)
    #expect(firstIdentities(of: split.links.flatMap(\.persons)) == expected)
  }

  private func withoutPairs(_ report: DeduplicationReport) -> DeduplicationReport {
    var report = report
    report.reviews.pairs = []
    return report
  }

  private func groups(_ records: [(record: Int, person: Int32)]) -> Set<Set<Int>> {
    Set(Dictionary(grouping: records) { $0.person }.values.map { Set($0.map(\.record)) })
  }

  @Test("two numbers that differ are never one person, directly or through others")
  func respectsNumbers() throws {
    var (records, truth) = MadeUpPeople.duplicates(of: 1500, seed: 6)
    for record in records.indices where truth[record] % 3 == 0 { records[record].bsn = record + 1 }
    let (persons, links, _) = try persons(records, exact: [pass(["bsn"])])
    for group in Dictionary(grouping: records.indices, by: { persons[$0] }).values {
      #expect(Set(group.map { records[$0].bsn }.filter { $0 > 0 }).count <= 1)
    }
    #expect(links.reasons.contains(.bsnConflict))
  }

  @Test("a person's number joins what nothing else would, but for a veto")
  func joinsNumbers() throws {
    var (records, _) = MadeUpPeople.duplicates(of: 600, seed: 7)
    records[0].bsn = 77
    for place in 1...4 {
      records[place].bsn = 77
      records[place].sex = records[0].sex
    }
    records[5].bsn = 77
    records[5].sex = 1 - records[0].sex
    let exact = [pass(["bsn"], unless: ["sex"])]
    let (persons, links, report) = try persons(records, exact: exact, model: nil)
    #expect(Set(persons[0...4]).count == 1)
    #expect(persons[5] != persons[0])
    #expect(links.passes[0...4].allSatisfy { $0 == 0 })
    #expect(report.passes == [.init(joinCount: 4, refusalCount: 1)])
    #expect(links.reasons.count { $0 == .veto } == 1)
    #expect(report.weighed == nil)
  }

  @Test("a missing number joins nobody") func ignoresMissing() throws {
    let (records, _) = MadeUpPeople.duplicates(of: 300, seed: 8)
    let (persons, _, _) = try persons(records, exact: [pass(["bsn"])], model: nil)
    #expect(persons == persons.indices.map { Int32($0) })
  }

  @Test("a pass on a column that nobody has joins nothing and is told") func skipsPass() throws {
    let (records, _) = MadeUpPeople.duplicates(of: 300, seed: 9)
    let (_, _, report) = try persons(records, exact: [pass(["client"])], model: nil)
    #expect(report.passes == [.init(isSkipped: true)])
  }

  @Test("a rule that makes too many pairs stops the run") func limits() {
    let (records, _) = MadeUpPeople.duplicates(of: 1000, seed: 10)
    let model = ProbabilisticStage(
      blocks: [BlockingRule(columns: ["sex"])],
      comparisons: Self.model.comparisons,
      limit: 100
    )
    #expect(throws: LinkageError.self) { _ = try persons(records, model: model) }
  }

  @Test("of a source that is deduplicated all records of a client share a resident")
  func sharesResidents() throws {
    let people = MadeUpPeople(count: 2000, clientCount: 0, seed: 11)
    var clients: [MadeUpPeople.Person] = []
    for (number, person) in people.residents[..<600].enumerated() {
      var first = person
      first.bsn = 0
      var second = first
      if number % 2 == 0 { second.postcode = (person.postcode + 7) % 100 }
      if number % 3 == 0 { second.surnameErrors = 1 }
      if number % 5 == 0 { second.firstNameErrors = 1 }
      clients += [first, second]
    }
    func linked(_ names: Set<String>) throws -> (links: Links, report: LinkReport) {
      try link(
        spine: side(people.residents),
        source: side(clients),
        rowCounts: clients.map { _ in 1 },
        by: LinkStage(
          spine: "register",
          exact: [],
          probabilistic: Self.model,
          assign: ["clients": .oneToOne],
          deduplicated: names,
          unlinked: UnlinkedThresholds(warnAbove: nil, failAbove: nil)
        ),
        source: "clients",
        workers: 2
      )
    }
    let (links, report) = try linked(["clients"])
    let pairs = stride(from: 0, to: clients.count, by: 2)
    #expect(pairs.count { links.persons[$0] == $0 / 2 && links.persons[$0 + 1] == $0 / 2 } > 580)
    #expect(report.deduplicated?.recordCount == clients.count)
    // One-to-one, the two would compete.
    let (others, _) = try linked([])
    #expect(others.persons.count { $0 >= 0 } < 650)
  }
}

/// How pairs of records that were joined compare with the truth.
struct PairScore {
  let precision: Double
  let recall: Double

  init(_ persons: [Int32], _ truth: [Int]) {
    func pairs(_ groups: some Sequence<Int>) -> Double {
      groups.reduce(0.0) { $0 + Double($1 * ($1 - 1) / 2) }
    }
    let found = pairs(Dictionary(grouping: persons) { $0 }.values.map(\.count))
    let right = pairs(
      Dictionary(grouping: persons.indices) { [Int(persons[$0]), truth[$0]] }.values.map(\.count)
    )
    precision = right / max(1, found)
    recall = right / max(1, pairs(Dictionary(grouping: truth) { $0 }.values.map(\.count)))
  }
}
