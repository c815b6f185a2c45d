import Testing

@testable import Tabular

@Suite struct SetKeyTests {
  @Test("A key reads its hash as three big-endian numbers and leaves the rest")
  func readsHash() {
    let key = SetKey(hash: (0..<32).map { UInt8($0) })
    #expect(key.name == 0x0001_0203_0405_0607_0809_0A0B_0C0D_0E0F)
    #expect(key.countDraw == 0x1011_1213)
    #expect(key.sumDraw == 0x1415_1617)
  }

  @Test("Sets add up in any order, and each part wraps by itself")
  func addsUp() {
    let most = SetKey(hash: [UInt8](repeating: 0xFF, count: 24))
    let one = SetKey(name: 1, countDraw: 2, sumDraw: 3)
    #expect(most &+ one == SetKey(name: 0, countDraw: 1, sumDraw: 2))
    #expect(one &+ most == most &+ one)
    #expect(one &+ .empty == one)
  }
}
