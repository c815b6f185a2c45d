import Cryptography
import Tabular
import Testing

@testable import NightlyRun

@Suite("Keys of sets of persons")
struct SetKeysTests {
  private func keys(of persons: [UInt32], key: [UInt8], workers: Int = 1) throws -> [SetKey] {
    let secret = try unsafe key.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
    return try Night.setKeys(of: persons, secret, workers: workers)
  }

  @Test("two persons under a known key are the set of the design, and so is their draw")
  func knownAnswer() throws {
    let keys = try keys(of: [1, 2], key: (0x00...0x1F).map { $0 })
    let set = keys.reduce(.empty, &+)
    #expect(set.name == 0x92AE_72E9_5620_5673_040A_6FDB_8CF4_22C4)
    let draw = Double(set.countDraw) / 4_294_967_296
    #expect((draw * 1e6).rounded() == 78_478)
  }

  @Test("any number of workers makes the same keys, one a person and all different")
  func workers() throws {
    let persons = (0..<40_000 as Range<UInt32>).map { 3 &* $0 }
    let key = [UInt8](repeating: 7, count: 32)
    let one = try keys(of: persons, key: key)
    #expect(try one == keys(of: persons, key: key, workers: 8))
    #expect(Set(one).count == persons.count)
    #expect(try keys(of: [], key: key, workers: 2).isEmpty)
  }
}
