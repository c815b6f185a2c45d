import TestSupport
import Testing

@testable import DisclosureControl

@Suite("Suppression") struct SuppressionTests {
  /// A random table of up to three ways with all totals, some of them in areas of two levels.
  struct RandomTable {
    let system: CellSystem
    let truth: [Int64]
    let isFinest: [Bool]

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      let sizes = [
        Int.random(in: 2...6, using: &random), Int.random(in: 2...4, using: &random),
        Int.random(in: 1...3, using: &random),
      ]
      // Each way has its codes, then its groups of two codes, then all of them.
      let levels = sizes.enumerated().map { way, size -> [[Int]] in
        let codes = (0..<size).map { [$0] }
        let groups = way == 0 && size > 3 ? [[0, 1], Array(2..<size)] : []
        return codes + groups + (size > 1 ? [Array(0..<size)] : [])
      }
      var number: [[Int]: Int32] = [:]
      var finest: [Bool] = []
      for first in levels[0].indices {
        for second in levels[1].indices {
          for third in levels[2].indices {
            number[[first, second, third]] = Int32(number.count)
            finest.append(
              first < sizes[0] && second < sizes[1] && third < sizes[2]
            )
          }
        }
      }
      var equations: [CellSystem.Equation] = []
      for (place, total) in number.sorted(by: { $0.value < $1.value }) {
        for way in 0..<3 where levels[way][place[way]].count > 1 {
          // The parts of all are the groups where there are some.
          let whole = levels[way][place[way]]
          let isAll = whole.count == sizes[way]
          let groups = sizes[way]..<levels[way].count - 1
          let parts = isAll && !groups.isEmpty ? Array(groups) : whole
          equations.append(
            CellSystem.Equation(
              total: total,
              parts: parts.compactMap { part in
                var place = place
                place[way] = part
                return number[place]
              }
            )
          )
        }
      }
      let few = Int.random(in: 1...3, using: &random)
      var truth = [Int64](repeating: 0, count: number.count)
      for first in 0..<sizes[0] {
        for second in 0..<sizes[1] {
          for third in 0..<sizes[2] {
            let isSmall = Int.random(in: 0..<4, using: &random) < few
            let value = Int64.random(in: 0...(isSmall ? 12 : 90), using: &random)
            for (place, cell) in number
            where levels[0][place[0]].contains(first) && levels[1][place[1]].contains(second)
              && levels[2][place[2]].contains(third)
            {
              truth[Int(cell)] += value
            }
          }
        }
      }
      system = CellSystem(cellCount: truth.count, equations: equations)
      self.truth = truth
      isFinest = finest
    }

    func suppression(minimum: Int64) -> Suppression {
      Suppression(
        system,
        truth: truth,
        required: truth.map { value in
          0 < value && value < minimum ? RequiredInterval.ofFew(minimum: minimum) : nil
        },
        costs: truth.map { 1 + Double($0).squareRoot() },
        states: truth.map { $0 == 0 ? CellState.fixed : CellState.shown },
        insiders: Insiders(truth.indices.filter { truth[$0] == 1 }.map { [Int32($0)] })
      )
    }
  }

  @Test(
    "no small cell can be worked out, by anyone or by a lone contributor",
    arguments: 0..<120 as Range<UInt64>
  )
  func survivesAttack(seed: UInt64) throws {
    let table = RandomTable(seed: seed)
    try #require(table.system.holds(table.truth), "seed \(seed)")
    let suppression = table.suppression(minimum: 10)
    let attack = IntervalAttack(
      table.system,
      known: suppression.states.indices.map { cell in
        suppression.states[cell] == .hidden ? .hidden : .exactly(table.truth[cell])
      }
    )
    let sensitive = table.truth.indices.filter { 0 < table.truth[$0] && table.truth[$0] < 10 }
    let insiders: [Int?] = [nil] + sensitive.filter { table.truth[$0] == 1 }
    for insider in insiders {
      let attacked = sensitive.filter { $0 != insider && !suppression.unprotected.contains($0) }
      let intervals = attack.intervals(
        of: attacked,
        knowing: insider.map { [(cell: $0, value: Int64(1))] } ?? []
      )
      for (cell, interval) in zip(attacked, intervals) {
        #expect(
          interval?.reaches(RequiredInterval.ofFew(minimum: 10)) == true,
          "seed \(seed), cell \(cell), insider \(insider ?? -1), \(String(describing: interval))"
        )
      }
    }
  }
}
