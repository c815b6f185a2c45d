import TestSupport
import Testing

@testable import Linkage
@testable import PipelineFile
@_spi(Pseudonymisation) @testable import Tabular

@Suite("What people judge of records without a spine")
struct JudgedRecordsTests {
  private static let passes = [pass(["bsn"], unless: ["birth_date", "sex"])]

  private func joined(
    _ people: [MadeUpPeople.Person],
    rowCounts: [Int32]? = nil,
    model: ProbabilisticStage? = DeduplicationTests.model,
    explaining asked: [AskedPair] = [],
    judged: [JudgedPair] = []
  ) throws -> (links: Links, report: DeduplicationReport) {
    let (table, filters) = MadeUpPeople.side(people)
    let found = try deduplicate(
      [ComparedSide(table, filters: filters)],
      rowCounts: [rowCounts ?? people.map { _ in 1 }],
      by: DeduplicationTests.stage(Self.passes, model),
      workers: 2,
      explaining: asked,
      judged: judged
    )
    return (found.links[0], found.report)
  }

  private func isOne(_ pair: AskedPair, _ links: Links) -> Bool {
    links.persons[Int(pair.resident)] == links.persons[Int(pair.identity)]
  }

  /// Records, of whom each of the first twenty has a copy with the same number who cannot be the same.
  private func withRefused(seed: UInt64) -> (people: [MadeUpPeople.Person], refused: [AskedPair]) {
    var (people, _) = MadeUpPeople.duplicates(of: 1500, seed: seed)
    let count = people.count
    for number in 0..<20 {
      people[number].bsn = 1_000_000 + number
      var other = people[number]
      other.sex = 1 - other.sex
      other.birthDay += 5000
      people.append(other)
    }
    return (
      people,
      (0..<20).map { AskedPair(resident: Int32($0), identity: Int32(count + $0)) }
    )
  }

  @Test("to be looked at are the undecided and the refused, and samples of the others")
  func queues() throws {
    let (people, refused) = withRefused(seed: 61)
    let model = ProbabilisticStage(
      blocks: DeduplicationTests.model.blocks,
      comparisons: DeduplicationTests.model.comparisons,
      accept: 0.9999,
      review: 0.2
    )
    let (links, report) = try joined(people, model: model)
    let queue = report.reviews
    let weighed = try #require(report.weighed)
    #expect(queue.pairs.count == Set(queue.pairs).count)
    let prior = Int64((weighed.prior * LinkModel.unit).rounded())
    var counts: [ReviewQueue.Stratum: Int] = [:]
    for place in queue.pairs.indices {
      let stratum = queue.strata[place]
      counts[stratum, default: 0] += 1
      #expect(isOne(queue.pairs[place], links) == (stratum == .accepted))
      let sum = queue.columns.reduce(prior) { sum, column in
        column.weights[place] == missingInteger ? sum : sum + column.weights[place]
      }
      #expect(sum == queue.totals[place])
    }
    let undecided = zip(queue.pairs, queue.strata).filter { $1 == .queue }.map(\.0)
    #expect(Set(undecided).isSuperset(of: refused))
    #expect(undecided.count > refused.count)
    #expect(counts[.accepted] == 100 && counts[.rejected] == min(50, queue.sizes[.rejected] ?? 0))
    #expect(queue.sizes[.queue] == undecided.count)

    // Without a model there is nothing else to ask.
    let plain = try joined(people, model: nil).report.reviews
    #expect(Set(plain.pairs) == Set(refused))
    #expect(plain.totals.allSatisfy { $0 == missingInteger })
    let bsn = try #require(plain.columns.first { $0.name == "bsn" })
    #expect(bsn.numbers.allSatisfy { $0 == 0 })
  }

  @Test("one person joins whatever speaks against it, two never do, and neither is asked of again")
  func usesJudgements() throws {
    let (people, refused) = withRefused(seed: 62)
    let (links, report) = try joined(people)
    let isAccepted = zip(report.reviews.pairs, report.reviews.strata).filter { $1 == .accepted }
    let different = isAccepted.prefix(5).map(\.0)
    let strangers = zip(report.reviews.pairs, report.reviews.strata).filter { $1 == .rejected }
    let same = strangers.prefix(5).map(\.0) + [refused[0]]
    #expect(different.allSatisfy { isOne($0, links) } && same.allSatisfy { !isOne($0, links) })
    let judged =
      different.map { JudgedPair(pair: $0, isSame: false) }
      + same.map { JudgedPair(pair: $0, isSame: true) }
    let (after, found) = try joined(people, judged: judged)
    for pair in different { #expect(!isOne(pair, after)) }
    for pair in same {
      #expect(isOne(pair, after))
      #expect(after.passes[Int(pair.identity)] == Links.reviewPass)
    }
    let asked = zip(found.reviews.pairs, found.reviews.strata).filter { $1 == .queue }.map(\.0)
    #expect(Set(asked).isDisjoint(with: judged.map(\.pair)))
    #expect(asked.contains(refused[1]))
    #expect(!after.reasons.contains(.judgedDifferent))
  }

  @Test("of rows that are equal one is asked of, and all follow what is said of it")
  func countsEqualRowsOnce() throws {
    let (people, refused) = withRefused(seed: 63)
    var rowCounts = people.map { _ in Int32(1) }
    for pair in refused { rowCounts[Int(pair.resident)] = 3 }
    let (links, report) = try joined(people, rowCounts: rowCounts)
    #expect(report.recordCount == people.count + 2 * refused.count)
    #expect(report.reviews.pairs.count == Set(report.reviews.pairs).count)
    let accepted = zip(report.reviews.pairs, report.reviews.strata).filter { $1 == .accepted }
      .map(\.0)
    let judged =
      [JudgedPair(pair: refused[0], isSame: true)]
      + accepted.map { JudgedPair(pair: $0, isSame: false) }
    let after = try joined(people, rowCounts: rowCounts, judged: judged).links
    #expect(isOne(refused[0], after) && !isOne(refused[1], after))
    #expect(accepted.allSatisfy { isOne($0, links) && !isOne($0, after) })
  }

  @Test("the pieces of any pair add up to what it weighs, in the order that was asked")
  func explains() throws {
    let (people, refused) = withRefused(seed: 64)
    let report = try joined(people).report
    let asked = report.reviews.pairs.suffix(80) + refused
    let weighed = try #require(try joined(people, explaining: Array(asked)).report.weighed)
    #expect(weighed.explanations.map(\.pair) == Array(asked))
    let prior = Int64((weighed.prior * LinkModel.unit).rounded())
    for (explanation, pair) in zip(weighed.explanations, asked) {
      let sum = explanation.steps.reduce(explanation.joint?.weight ?? 0) {
        $0 + ($1.weight ?? 0) + ($1.frequency?.weight ?? 0)
      }
      #expect(sum == explanation.weight)
      let place = try #require(report.reviews.pairs.firstIndex(of: pair))
      #expect(prior + Int64(explanation.weight) == report.reviews.totals[place])
      let surname = people[Int(pair.resident)].surname == people[Int(pair.identity)].surname
      if !surname { #expect(explanation.steps[0].state == .otherwise) }
    }
  }
}
