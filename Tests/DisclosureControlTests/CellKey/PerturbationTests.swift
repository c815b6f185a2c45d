import Statistics
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile
@testable import Tabular

@Suite("Figures moved by cell keys")
struct PerturbationTests {
  private let policy = Protection(minimum: 10, method: .cellKey(noise()))

  /// A person with what they bring; nil where it is not known.
  private struct Person {
    let key: SetKey
    let counts: Bool
    let amount: Int64?
  }

  private func persons(_ count: Int, _ random: inout SeededGenerator) -> [Person] {
    (0..<count).map { _ in
      Person(
        key: SetKey(hash: (0..<24).map { _ in UInt8.random(in: 0...255, using: &random) }),
        counts: Bool.random(using: &random),
        amount: Int.random(in: 0..<5, using: &random) == 0
          ? nil
          : Int64.random(in: 0...3, using: &random) * Int64.random(in: 1...9_000, using: &random)
      )
    }
  }

  private func set(_ persons: [Person]) -> SetKey { persons.reduce(.empty) { $0 &+ $1.key } }

  private func largest(_ persons: [[Person]]) -> [[Int64]] {
    (0..<3).map { rank in
      persons.map { persons in
        let numbers = persons.compactMap { $0.amount.map { Int64($0.magnitude) } }.sorted(by: >)
        return numbers.indices.contains(rank) ? numbers[rank] : 0
      }
    }
  }

  /// A table of one cell for each group of persons: all, a part, a sum and a mean.
  private func table(_ cells: [[Person]]) -> CellTable {
    let parts = cells.map { $0.filter(\.counts) }
    let known = cells.map { $0.filter { $0.amount != nil } }
    let contributors = cells.map { $0.filter { ($0.amount ?? 0) != 0 } }
    let sums = cells.map { $0.reduce(0) { $0 + ($1.amount ?? 0) } }
    func counts(_ groups: [[Person]]) -> [Int64] { groups.map { Int64($0.count) } }
    return CellTable(
      name: "use",
      dimensions: [
        CellTable.Dimension(
          name: "area",
          labels: cells.indices.map { "A\($0)" },
          codes: cells.indices.map { Int32($0) }
        )
      ],
      figures: [
        CellTable.Figure(
          name: "all",
          kind: .count,
          unit: .number,
          values: counts(cells),
          contributors: counts(cells),
          sets: cells.map(set)
        ),
        CellTable.Figure(
          name: "part",
          kind: .part,
          unit: .number,
          values: counts(parts),
          contributors: counts(parts),
          companions: [
            CellTable.Companion(suffix: "_unknown", unit: .number, values: counts(known))
          ],
          sets: parts.map(set)
        ),
        CellTable.Figure(
          name: "cost",
          kind: .sum,
          unit: .cents,
          values: sums,
          contributors: counts(contributors),
          companions: [.persons(counts(contributors))],
          sets: contributors.map(set),
          largest: largest(cells)
        ),
        CellTable.Figure(
          name: "mean",
          kind: .mean(known: counts(known), .unknown),
          unit: .cents,
          values: sums,
          contributors: counts(contributors),
          sets: known.map(set),
          largest: largest(cells)
        ),
        CellTable.Figure(
          name: "share",
          kind: .quotient(of: 1, per: 1, by: 0, .share),
          unit: .millionths,
          values: []
        ),
      ],
      persons: counts(cells),
      sets: cells.map(set)
    )
  }

  /// The move of a count, found by adding up chances.
  private func moved(_ persons: [Person], _ table: NoiseTable) -> Int64 {
    guard !persons.isEmpty else { return 0 }
    let row = table.rows[min(persons.count, table.rows.count) - 1]
    let u = Double(set(persons).countDraw) / 4_294_967_296
    var chance = 0.0
    for (move, own) in zip(row.moves, row.chances) {
      chance += own
      if chance > u { return Int64(persons.count) + move }
    }
    return -1
  }

  /// X + δx₁v in floating point.
  private func moved(sumOf persons: [Person], set key: SetKey) -> Double {
    let numbers = persons.compactMap { $0.amount.map { Double($0) } }.sorted(by: >) + [0, 0]
    let sum = numbers.reduce(0, +)
    let u = Double(key.sumDraw) / 4_294_967_296
    let isBroken = sum - numbers[0] - numbers[1] < 0.1 * numbers[0]
    let v = isBroken ? (u < 0.5 ? 2 * u - 2 : 2 * u) : 2 * u - 1
    return sum + 0.1 * numbers[0] * v
  }

  @Test(
    "every figure is what the formulas give, and hidden where a moved count is small",
    arguments: 0..<40 as Range<UInt64>
  )
  func agreesWithFormulas(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let cells = (0..<30).map { _ in persons(Int.random(in: 0...45, using: &random), &random) }
    let rows = try NoiseTable(noise())
    let found = try protect(table(cells), policy)
    func isSmall(_ count: Int64) -> Bool { count > 0 && count < 10 }
    for (cell, persons) in cells.enumerated() {
      let all = moved(persons, rows)
      let known = persons.filter { $0.amount != nil }
      let contributors = persons.filter { ($0.amount ?? 0) != 0 }
      let (part, rest) = (
        moved(persons.filter(\.counts), rows), moved(persons.filter { !$0.counts }, rows)
      )
      func figure(_ number: Int) -> Int64? {
        let figure = found.figures[number]
        return figure.marks[cell] == .hidden ? nil : figure.values[cell]
      }
      #expect(figure(0) == (isSmall(all) ? nil : all))
      let isPartShown = ![all, part, rest].contains(where: isSmall)
      #expect(figure(1) == (isPartShown ? part : nil))
      let count = moved(contributors, rows)
      if isSmall(all) || isSmall(count) {
        #expect(figure(2) == nil)
      } else {
        let sum = count == 0 ? 0 : moved(sumOf: persons, set: set(contributors))
        #expect(abs(Double(figure(2) ?? -1) - sum) <= 0.51, "seed \(seed), cell \(cell)")
        #expect(found.figures[2].companions[0].values[cell] == count)
      }
      let (knownCount, unknown) = (
        moved(known, rows), moved(persons.filter { $0.amount == nil }, rows)
      )
      if [all, knownCount, unknown].contains(where: isSmall) {
        #expect(figure(3) == nil)
      } else if knownCount == 0 {
        #expect(found.figures[3].marks[cell] == .missing)
      } else {
        let mean = moved(sumOf: persons, set: set(known)).rounded() / Double(knownCount)
        #expect(abs(Double(figure(3) ?? -1) / 1e6 - mean) < 0.06, "seed \(seed), cell \(cell)")
        #expect(found.figures[3].companions[0].values[cell] == knownCount)
      }
      #expect((figure(4) == nil) == (isSmall(all) || !isPartShown))
      if let share = figure(4), all > 0 {
        #expect(abs(Double(share) / 1e6 - Double(part) / Double(all)) < 1e-6)
      }
      // Nobody is told which values happen to be right.
      for number in 0..<3 where figure(number) != nil {
        #expect(found.figures[number].marks[cell] == .changed)
      }
      #expect(found.figures[1].companions[0].values[cell] == missingInteger)
    }
  }

  @Test("the same persons have the same values in any table, whatever the label and the order")
  func sameEverywhere() throws {
    var random = SeededGenerator(seed: 8)
    let cells = (0..<20).map { _ in persons(Int.random(in: 0...60, using: &random), &random) }
    let one = try protect(table(cells), policy)
    let other = try protect(table(cells.reversed().map { $0.shuffled(using: &random) }), policy)
    for (left, right) in zip(one.figures, other.figures) {
      #expect(left.values == right.values.reversed())
      #expect(left.marks == right.marks.reversed())
    }
  }

  @Test("a total is moved by itself: no count differs from the truth by more than the limit")
  func staysWithin() throws {
    var random = SeededGenerator(seed: 9)
    let cells = (0..<60).map { _ in persons(Int.random(in: 10...40, using: &random), &random) }
    let found = try protect(table(cells + [cells.flatMap(\.self)]), policy).figures[0]
    let shown = found.values.dropLast().filter { $0 != missingInteger }
    #expect(
      zip(found.values, cells).allSatisfy { $0 == missingInteger || abs($0 - Int64($1.count)) <= 5 }
    )
    let total = Int64(cells.reduce(0) { $0 + $1.count })
    #expect(abs((found.values.last ?? 0) - total) <= 5)
    #expect(shown.reduce(0, +) != found.values.last)
  }

  @Test("a rate that is computed of the true counts moves as they do, and tells three digits")
  func movesRates() throws {
    var random = SeededGenerator(seed: 12)
    let cells = (0..<80).map { _ in persons(Int.random(in: 60...300, using: &random), &random) }
    let plain = table(cells)
    let (all, part) = (plain.figures[0], plain.figures[1])
    func rate(_ scale: Double) -> [Int64] {
      zip(part.values, all.values).map { Int64((scale * Double($0) / Double($1)).rounded()) }
    }
    let rates = CellTable(
      name: "use",
      dimensions: plain.dimensions,
      figures: [
        all, part,
        CellTable.Figure(
          name: "rate",
          kind: .fitted(of: [1, 0]),
          unit: .millionths,
          values: rate(1e9),
          companions: [CellTable.Companion(suffix: "_lower", unit: .millionths, values: rate(5e8))]
        ),
        figure(.ratio(of: 1, expected: all.values.map { 0.37 * Double($0) }, .persons)),
        figure(.fitted(of: [1]), rate(1e9)),
      ],
      persons: plain.persons,
      sets: plain.sets
    )
    let found = try protect(rates, policy).figures
    for cell in cells.indices {
      let (all, part) = (found[0].values[cell], found[1].values[cell])
      #expect(found[2].marks[cell] == (all < 100 ? .hidden : .changed))
      if all >= 100 {
        let crude = 1e9 * Double(part) / Double(all)
        #expect(abs(Double(found[2].values[cell]) / crude - 1) < 0.006)
        #expect(abs(Double(found[2].companions[0].values[cell]) / crude - 0.5) < 0.003)
        #expect(found[2].values[cell] % 100_000 == 0)
      }
      let expected = 0.37 * Double(all)
      #expect(abs(Double(found[3].companions[0].values[cell]) / 1e6 / expected - 1) < 0.006)
      #expect(found[3].marks[cell] == .changed)
      #expect(found[4].marks[cell] == .hidden)
    }
  }

  @Test("one more person draws afresh")
  func drawsAfresh() throws {
    var random = SeededGenerator(seed: 10)
    let cells = (0..<200).map { _ in persons(30, &random) }
    let more = cells.map { $0 + persons(1, &random) }
    let (one, other) = try (protect(table(cells), policy), protect(table(more), policy))
    let moves = zip(one.figures[0].values, other.figures[0].values).map { $1 - $0 }
    #expect(Set(moves).count > 5)
  }

  @Test("a figure that nobody is told to be behind stays hidden, and so does a table without sets")
  func hidesWithoutSets() throws {
    var random = SeededGenerator(seed: 11)
    let whole = table([persons(40, &random), persons(50, &random)])
    let counted = CellTable.Figure(
      name: "codes",
      kind: .sum,
      unit: .number,
      values: [40, 50],
      contributors: [40, 50],
      sets: whole.sets
    )
    let group = figure(.group(least: [40, 40]), [40, 40])
    let bare = figure(.count, [40, 50])
    let odd = CellTable(
      name: "use",
      dimensions: whole.dimensions,
      figures: [counted, group, bare],
      persons: whole.persons,
      sets: whole.sets
    )
    for figure in try protect(odd, policy).figures {
      #expect(figure.marks == [.hidden, .hidden])
      #expect(figure.values == [missingInteger, missingInteger])
    }
    let unasked = CellTable(
      name: "use",
      dimensions: whole.dimensions,
      figures: whole.figures,
      persons: whole.persons
    )
    #expect(try protect(unasked, policy).figures.allSatisfy { $0.count(of: .hidden) == 2 })
  }
}
