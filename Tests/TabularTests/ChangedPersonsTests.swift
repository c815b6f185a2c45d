import Testing
import TestSupport

@testable import Tabular

@Suite("Persons whose part of a number differs") struct ChangedPersonsTests {
  private func sums(_ persons: [(SetKey, Int64)], terms: Int) -> [UInt64] {
    var sums = [UInt64](repeating: 0, count: terms)
    for (person, part) in persons {
      PowerSums.add(part, of: person, to: &sums, at: 0, termCount: terms)
    }
    return sums
  }

  @Test("they are counted exactly below the minimum, and are known", arguments: [2, 5, 10, 32])
  func counts(minimum: Int) {
    var random = SeededGenerator(seed: UInt64(minimum))
    let terms = PowerSums.termCount(minimum: Int64(minimum))
    let keys = (0..<80).map { _ in
      SetKey(
        name: UInt128(random.next()) << 64 | UInt128(random.next()),
        countDraw: 0,
        sumDraw: 0
      )
    }
    for changed in 0...minimum + 3 {
      let earlier = keys.map { ($0, Int64.random(in: -900...900, using: &random)) }
      var later = earlier
      let others = Set(keys.indices.shuffled(using: &random).prefix(changed))
      for person in others {
        let part = earlier[person].1
        later[person].1 = part == 0 || Bool.random(using: &random) ? part + 7 : 0
      }
      later.removeAll { $0.1 == 0 }
      later.shuffle(using: &random)
      let found = ChangedPersons(
        from: sums(earlier, terms: terms),
        to: sums(later, terms: terms)
      )
      #expect(found.count == min(changed, minimum))
      if changed < minimum {
        let before = Dictionary(uniqueKeysWithValues: earlier)
        let after = Dictionary(uniqueKeysWithValues: later)
        for key in keys {
          let part = (after[key] ?? 0) - (before[key] ?? 0)
          #expect(found.part(of: key) == (part == 0 ? nil : part))
        }
      }
    }
  }

  @Test("products are those of the field")
  func products() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<1000 {
      let (left, right) = (random.next() % PowerSums.modulus, random.next() % PowerSums.modulus)
      let plain = UInt128(left) * UInt128(right) % UInt128(PowerSums.modulus)
      #expect(UInt128(PowerSums.product(left, right)) == plain)
      if left != 0 { #expect(PowerSums.product(left, PowerSums.inverse(of: left)) == 1) }
    }
    #expect(PowerSums.product(PowerSums.modulus - 1, PowerSums.modulus - 1) == 1)
  }

  @Test("too many are not told")
  func termCounts() {
    #expect([1, 2, 10, 32, 33].map { PowerSums.termCount(minimum: $0) } == [0, 3, 19, 63, 0])
  }
}
