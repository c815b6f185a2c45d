import Tabular
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile

@Suite("Releases of several nights") struct NightsTests {
  static let policy = Protection(minimum: 5, method: .suppress)

  /// Publishes night after night; what cannot be protected is not released.
  private func nights(
    seed: UInt64,
    count: Int,
    persons: Int,
    events: Int,
    policy: Protection = NightsTests.policy
  ) throws -> [EarlierRelease] {
    var region = RandomNights(seed: seed, personCount: persons)
    var releases: [EarlierRelease] = []
    for day in 0..<Int32(count) {
      if day > 0 { region.pass(events) }
      let tables = [
        region.table("a", [0, 1], minimum: 5, hasPart: true, hasAmounts: false),
        region.table("b", [0, 2], minimum: 5, hasPart: false, hasAmounts: true),
      ]
      guard let night = try published(tables, policy, since: releases, day: day) else { continue }
      let audit = try audit(tables, published: night.tables, policy, since: releases)
      #expect(audit.atRisk == 0, "seed \(seed) night \(day)")
      if let last = releases.last { expectNothingVanishes(from: last, to: night.tables) }
      releases.append(night.release)
    }
    return releases
  }

  /// A cell once shown never becomes `x`.
  private func expectNothingVanishes(from last: EarlierRelease, to published: [ProtectedTable]) {
    for (before, now) in zip(last.published, published) {
      for (old, new) in zip(before.figures, now.figures) {
        for cell in 0..<now.cellCount where new.marks[cell] == .hidden {
          let place = before.dimensions[0].codes.indices.first { place in
            zip(before.dimensions, now.dimensions).allSatisfy { $0.codes[place] == $1.codes[cell] }
          }
          if let place { #expect(old.values[place] == missingInteger) }
        }
      }
    }
  }

  @Test("the same night again is the same release")
  func sameNight() throws {
    let releases = try nights(seed: 1, count: 3, persons: 200, events: 0)
    #expect(releases.count == 3)
    for release in releases {
      #expect(
        release.published.map { $0.figures.map(\.values) }
          == releases[0].published.map { $0.figures.map(\.values) }
      )
      #expect(release.seen == releases[0].seen)
    }
  }

  @Test(
    "night after night nothing can be worked out, nothing vanishes, and few nights are refused",
    arguments: 0..<6 as Range<UInt64>
  )
  func severalNights(group: UInt64) throws {
    var count = 0
    for seed in 6 * group..<6 * group + 6 {
      count += try nights(
        seed: seed,
        count: 4,
        persons: 150 + 20 * Int(seed % 7),
        events: 1 + Int(seed % 12)
      ).count
    }
    #expect(count >= 21)
  }

  /// A table of one row of cells and their total, shown whole on the first night.
  private func row(_ values: [Int64], _ persons: [[Int]]) -> CellTable {
    var random = SeededGenerator(seed: 3)
    let keys = (0..<1000).map { _ in
      SetKey(
        name: UInt128(random.next()) << 64 | UInt128(random.next()),
        countDraw: UInt32(truncatingIfNeeded: random.next()),
        sumDraw: 0
      )
    }
    let members = persons + [persons.flatMap(\.self)]
    #expect(members.dropLast().map { Int64($0.count) } == values)
    let terms = PowerSums.termCount(minimum: 10)
    let sums = members.flatMap { persons in
      var sums = [UInt64](repeating: 0, count: terms)
      for person in persons {
        PowerSums.add(1, of: keys[person], to: &sums, at: 0, termCount: terms)
      }
      return sums
    }
    let sets = members.map { $0.reduce(SetKey.empty) { $0 &+ keys[$1] } }
    let counts = members.map { Int64($0.count) }
    return CellTable(
      name: "row",
      dimensions: [
        CellTable.Dimension(
          name: "age",
          labels: values.indices.map { "\($0)" },
          codes: values.indices.map { Int32($0) } + [CellTable.total]
        )
      ],
      figures: [
        CellTable.Figure(
          name: "residents",
          kind: .count,
          unit: .number,
          values: counts,
          sets: sets,
          powerSums: sums,
          identity: "count"
        )
      ],
      persons: counts,
      sets: sets,
      powerSums: sums
    )
  }

  @Test("12 30 41 becomes 13 30 43, 40 55 70 becomes 44 55 78: small changes are held")
  func knownAnswers() throws {
    let policy = Protection(minimum: 10, method: .suppress)
    func published(_ before: [Int], _ added: [Int]) throws -> ProtectedTable {
      var (next, cells): (Int, [[Int]]) = (0, [])
      for count in before {
        cells.append(Array(next..<next + count))
        next += count
      }
      let first = row(before.map(Int64.init), cells)
      let shown = try protect([first], policy)
      #expect(shown[0].figures[0].count(of: .none) == before.count + 1)
      let release = try record(
        [first],
        pieces: [],
        published: shown,
        policy,
        since: [],
        day: 20
      )
      for (cell, count) in added.enumerated() {
        cells[cell] += Array(next..<next + count)
        next += count
      }
      let second = row(zip(before, added).map { Int64($0 + $1) }, cells)
      let result = try protect([second], policy, since: [release])
      #expect(try audit([second], published: result, policy, since: [release]).atRisk == 0)
      return result[0]
    }
    // All three that changed are held, for the total changed by three alone.
    let few = try published([12, 30, 41], [1, 0, 2]).figures[0]
    #expect(few.values == [12, 30, 41, 83])
    #expect(few.marks == [.held, .none, .held, .held])
    #expect(few.days == [20, 0, 20, 20])
    // The total changed by twelve: that is shown, and which of the two grew by how much is not told.
    let more = try published([40, 55, 70], [4, 0, 8]).figures[0]
    #expect(more.values == [40, 55, 70, 177])
    #expect(more.marks == [.held, .none, .held, .none])
  }

  @Test("of a hidden number of an earlier night is asked what was asked then, no less and no more")
  func minimumOfItsNight() throws {
    func policy(_ minimum: Int64) -> Protection {
      Protection(minimum: minimum, method: .suppress)
    }
    /// Cells of so many persons, whose numbers follow one another from `first`.
    func cells(_ counts: [Int], from first: Int) -> CellTable {
      var next = first
      let persons = counts.map { count in
        next += count
        return Array(next - count..<next)
      }
      return row(counts.map(Int64.init), persons)
    }
    func asked(_ then: Int64, _ tonight: Int64) throws -> [Int64: RequiredInterval?] {
      let first = cells([3, 7, 40], from: 0)
      let shown = try protect([first], policy(then))
      #expect(shown[0].figures[0].marks.prefix(2) == [.hidden, .hidden])
      let release = try record(
        [first],
        pieces: [],
        published: shown,
        policy(then),
        since: [],
        day: 0
      )
      let second = cells([60, 70, 80], from: 100)
      let variables = try ReleaseSystem(
        [second],
        pieces: [],
        policy(tonight),
        since: [release]
      ).variables
      let required = ReleaseRules(minimum: tonight, dominance: nil).required(of: variables)
      // And tonight, which has nothing to do with them, is not refused for what was told then.
      let published = try protect([second], policy(tonight), since: [release])
      let audit = try audit([second], published: published, policy(tonight), since: [release])
      #expect(audit.atRisk == 0)
      var found: [Int64: RequiredInterval?] = [:]
      for (variable, night) in variables.nights.enumerated() {
        if case .earlier(false, _, _) = night {
          found[variables.values[variable]] = .some(required[variable])
        }
      }
      return found
    }
    #expect(try asked(10, 5) == [3: .ofFew(minimum: 10), 7: .ofFew(minimum: 10)])
    // The two of ten persons together were hidden so that either may be up to ten, and no more.
    #expect(try asked(5, 12) == [3: .ofFew(minimum: 5), 7: nil])
  }

  @Test("a moved figure stays until enough persons differ from those it was told of")
  func driftingFigures() throws {
    let policy = Protection(
      minimum: 10,
      method: .cellKey(noise())
    )
    var releases: [EarlierRelease] = []
    var told: [Int64] = []
    for night in 0..<24 {
      // One more each night.
      let table = row([200, 300], [Array(night..<200 + night), Array(400..<700)])
      let published = try protect([table], policy, since: releases)
      let figure = published[0].figures[0]
      told.append(figure.values[0])
      #expect(figure.marks[0] == (night.isMultiple(of: 5) ? .changed : .held))
      #expect(figure.marks[1] == .changed)
      if let first = releases.first {
        #expect(figure.values[1] == first.published[0].figures[0].values[1])
      }
      releases.append(
        try record(
          [table],
          pieces: [],
          published: published,
          policy,
          since: releases,
          day: Int32(night)
        )
      )
    }
    for night in told.indices { #expect(told[night] == told[night / 5 * 5]) }
  }
}
