import TestSupport
import Testing

@testable import NightlyRun
@testable import Tabular

@Suite("A file of truth")
struct TruthTests {
  private func fields(_ text: String) throws -> [[String]] {
    var lines = TruthLines(Array(text.utf8))
    var all: [[String]] = []
    while let fields = try lines.next() {
      all.append(fields.map { String(decoding: $0, as: UTF8.self) })
    }
    return all
  }

  @Test("fields are read with either delimiter, quoted or not, with any line end")
  func readsFields() throws {
    #expect(try fields("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
    #expect(try fields("\u{FEFF}a;b\r\n 1 ;\"2\"\r\n\r\n") == [["a", "b"], ["1", "2"]])
    #expect(try fields("a;b\n\"x;\"\"y\" ; z z\n;") == [["a", "b"], ["x;\"y", "z z"], ["", ""]])
    #expect(try fields("a,b\n1,2") == [["a", "b"], ["1", "2"]])
    #expect(try fields("") == [])
  }

  @Test(
    "a quote that does not end is refused",
    arguments: ["a\n\"x", "a\n\"x\"y", "a\n\"x\" \"y\""]
  )
  func refusesQuotes(text: String) {
    #expect(throws: TruthLines.Fault.self) { try fields(text) }
  }

  @Test("no file of bytes traps", arguments: 0..<200 as Range<UInt64>)
  func takesAnyBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let marks = Array("ab,;\"\n\r \u{FEFF}".utf8)
    let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
      marks[Int.random(in: 0..<marks.count, using: &random)]
    }
    var lines = TruthLines(bytes)
    while let fields = try? lines.next() { #expect(!fields.isEmpty, "seed \(seed)") }
  }

  /// Records of a spine and a source in clusters, some of them lost.
  private func clusters(_ random: inout SeededGenerator) -> [[Truth.Member]] {
    var clusters = (0..<12).map { _ in [Truth.Member]() }
    for source in 0..<2 {
      for record in 0..<30 {
        let isLost = Int.random(in: 0..<8, using: &random) == 0
        clusters[Int.random(in: 0..<12, using: &random)].append(
          Truth.Member(source: source, record: isLost ? nil : record)
        )
      }
    }
    return clusters
  }

  @Test(
    "clusters and their pairs are one truth of links to a spine",
    arguments: 0..<50 as Range<UInt64>
  )
  func spinePairsAgree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let clusters = clusters(&random)
    let pairs = clusters.flatMap { members in
      members.filter { $0.source == 0 }.flatMap { left in
        members.filter { $0.source == 1 }.map { (left: left, right: $0) }
      }
    }
    let one = SpinePairs(.clusters(clusters), spine: (0, 30), source: (1, 30))
    let other = SpinePairs(.pairs(pairs), spine: (0, 30), source: (1, 30))
    #expect(one.count == other.count && one.count == pairs.count, "seed \(seed)")
    #expect(one.lostCount == other.lostCount, "seed \(seed)")
    #expect(one.countBySpineRecord == other.countBySpineRecord, "seed \(seed)")
    for resident in 0..<30 {
      for record in 0..<30 {
        #expect(one.contains(resident, record) == other.contains(resident, record), "seed \(seed)")
      }
    }
  }

  @Test(
    "pairs of persons are those that every two records tell",
    arguments: 0..<50 as Range<UInt64>
  )
  func clusterPairsAgree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let truth = clusters(&random)
    let records = (0..<60).map { place in
      ClusterEvaluation.Record(
        source: place / 30,
        person: Int32.random(in: 0..<15, using: &random)
      )
    }
    let groups = RecordGroups.all(of: [
      (
        Table(
          names: ["sex"],
          columns: [
            .codes(
              (0..<60).map { _ in Int32.random(in: -1..<2, using: &random) },
              dictionary: ["M", "V"]
            )
          ],
          rowCount: 60
        ), Array(0..<60)
      )
    ])
    let found = ClusterEvaluation(records, firsts: [0, 30], groups: groups, .clusters(truth))
    var labels = [Int](repeating: -1, count: 60)
    for (label, members) in truth.enumerated() {
      for member in members {
        if let record = member.record { labels[member.source * 30 + record] = label }
      }
    }
    var plain = PairCounts(truth: found.lostCount)
    var byGroup = groups[0].names.map { _ in PairCounts() } + [PairCounts()]
    for left in 0..<60 {
      for right in left + 1..<60 {
        let isTrue = labels[left] >= 0 && labels[left] == labels[right]
        let isFound = records[left].person == records[right].person
        let pair = PairCounts(
          truth: isTrue ? 1 : 0,
          found: isFound ? 1 : 0,
          right: isTrue && isFound ? 1 : 0
        )
        plain += pair
        let own = groups[0].groups
        byGroup[own[left] == own[right] ? own[left] : byGroup.count - 1] += pair
      }
    }
    #expect(found.counts == plain, "seed \(seed)")
    let pooled = Evaluation.pooled(groups[0].names + ["unequal"], byGroup)
    #expect(found.subgroups[0].groups.map { $0.name } == pooled.map { $0.name }, "seed \(seed)")
    #expect(found.subgroups[0].groups.map { $0.counts } == pooled.map { $0.counts }, "seed \(seed)")
  }

  @Test("pairs of two sources are judged between them alone, and taken through")
  func judgesBetweenSources() {
    let records = [0, 0, 1, 1].enumerated().map {
      ClusterEvaluation.Record(source: $0.element, person: $0.offset == 3 ? 1 : 0)
    }
    func member(_ source: Int, _ record: Int) -> Truth.Member {
      Truth.Member(source: source, record: record)
    }
    // The second of the left is one with the second of the right by way of two others.
    let truth = Truth.Content.pairs([
      (member(0, 0), member(1, 0)), (member(0, 1), member(1, 0)), (member(0, 0), member(1, 1)),
    ])
    let found = ClusterEvaluation(records, firsts: [0, 2], groups: [], truth)
    #expect(found.counts == PairCounts(truth: 4, found: 2, right: 2))
  }

  @Test("the interval of a share is that of Wilson")
  func isWilson() {
    // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 and 15 of 148.
    let first = PairCounts.interval(81, of: 263)
    #expect(abs((first?.lowerBound ?? 0) - 0.2553) < 0.0001)
    #expect(abs((first?.upperBound ?? 0) - 0.3662) < 0.0001)
    let second = PairCounts.interval(15, of: 148)
    #expect(abs((second?.lowerBound ?? 0) - 0.0624) < 0.0001)
    #expect(abs((second?.upperBound ?? 0) - 0.1605) < 0.0001)
    #expect(PairCounts.interval(0, of: 0) == nil)
  }
}
