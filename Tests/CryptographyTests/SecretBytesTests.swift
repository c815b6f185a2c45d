import Testing

@testable import Cryptography

@Suite struct SecretBytesTests {
  @Test("a secret gives back its bytes, over several pages too", arguments: [0, 1, 32, 4096, 9000])
  func givesBack(count: Int) throws {
    let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
    let held = try secret(message)
    #expect(held.count == count)
    #expect(try open(held) == message)
  }

  @Test("no way of printing shows a byte")
  func neverPrinted() throws {
    let held = try secret(Array("canary".utf8))
    var dumped = ""
    dump(held, to: &dumped)
    for text in ["\(held)", String(reflecting: held), dumped] {
      #expect(text.contains("secret"))
      #expect(!text.contains("canary") && !text.contains("99"))
    }
  }

  @Test("a fault while filling is passed on")
  func faultWhileFilling() {
    #expect(throws: CryptographyError.random) {
      _ = try unsafe SecretBytes(count: 8) { (_) throws(CryptographyError) in throw .random }
    }
  }

  @Test("all bytes zero is noticed, one bit is enough to differ")
  func allZero() throws {
    #expect(try secret([UInt8](repeating: 0, count: 32)).isAllZero)
    #expect(try !secret([UInt8](repeating: 0, count: 31) + [1]).isAllZero)
  }

  @Test("random secrets and bytes differ from each other")
  func random() throws {
    let first = try SecretBytes.random(count: 32)
    let second = try SecretBytes.random(count: 32)
    #expect(try open(first) != open(second))
    #expect(try randomBytes(16) != randomBytes(16))
    #expect(try randomBytes(0).isEmpty)
  }
}
