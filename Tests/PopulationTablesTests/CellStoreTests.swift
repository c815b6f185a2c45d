import TestSupport
import Testing

@testable import PopulationTables

@Suite struct CellStoreTests {
  @Test("Flat and sparse stores add up alike, in any grouping", arguments: 0..<40 as Range<UInt64>)
  func addsAlike(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var plain: [Int: (count: Int64, sum: Int128)] = [:]
    var stores = [1 << 20, 1 << 20, 0, 0].map {
      CellStore(cellCount: 9_000, fieldCount: 3, wordLimit: $0)
    }
    for _ in 0..<6_000 {
      let cell = Int.random(in: 0..<9_000, using: &random)
      let number = Int64(truncatingIfNeeded: random.next())
      plain[cell, default: (0, 0)].count += 1
      plain[cell, default: (0, 0)].sum += Int128(number)
      for store in [random.next() % 2, 2 + random.next() % 2].map(Int.init) {
        let offset = stores[store].offset(of: cell)
        stores[store].add(1, at: offset)
        stores[store].addWide(
          low: UInt64(bitPattern: number),
          high: number < 0 ? -1 : 0,
          at: offset + 1
        )
      }
    }
    for (into, from) in [(0, 1), (2, 3)] {
      stores[into].merge(stores[from], plainCount: 1)
      let found = stores[into].occurring(by: 0)
      #expect(found.map(\.cell) == plain.keys.sorted(), "seed \(seed)")
      for (cell, offset) in found {
        let fields = stores[into].fields
        let sum = Int128(fields[offset + 2]) << 64 | Int128(UInt64(bitPattern: fields[offset + 1]))
        #expect(fields[offset] == plain[cell]?.count, "seed \(seed)")
        #expect(sum == plain[cell]?.sum, "seed \(seed)")
      }
    }
  }

  @Test("Radix sort orders keys and keeps equal ones in place", arguments: 0..<40 as Range<UInt64>)
  func sortsKeys(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bits = UInt64.random(in: 0..<64, using: &random)
    let count = Int.random(in: 0...500, using: &random)
    let keys = (0..<count).map { _ in random.next() >> bits }
    var sorted = keys
    var order = (0..<Int32(count)).map { $0 }
    radixSort(&sorted, carrying: &order)
    let expected = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    #expect(order.map { Int($0) } == expected, "seed \(seed)")
    #expect(sorted == keys.sorted(), "seed \(seed)")
  }
}
