import Testing

@testable import Cryptography

@Suite struct RootKeyTests {
  static func half(from first: UInt8) throws -> SecretBytes {
    try secret((0..<32).map { first + $0 })
  }
  static func source() throws -> RootKey { try RootKey(halves: [half(from: 0)]) }
  static func region() throws -> RootKey {
    try RootKey(halves: [half(from: 0x20), half(from: 0x40)])
  }

  @Test("fingerprints agree with the second implementation")
  func fingerprints() throws {
    #expect(try Self.source().fingerprint == "4a87a90e3b88d749")
    #expect(try Self.region().fingerprint == "c2c509be6c8ac6f9")
    #expect(try "\(Self.source())" == "key 4a87a90e3b88d749")
  }

  @Test("the key of the person label agrees with the second implementation")
  func personKey() throws {
    let key = try Self.source()
      .key("koppel/token/v1", ["source", "person", "achterhoek", "NL-1:test"])
    #expect(
      try lowerHex(open(key)) == "5c083ab0aadee0c4517f5d3d2f5a0fe9af2867e7ccea80f4d06c93fd89489200"
    )
  }

  @Test("tokens of both levels and a wrapped one agree with the second implementation")
  func tokens() throws {
    let sourceKey = try Self.source()
      .key("koppel/token/v1", ["source", "person", "achterhoek", "NL-1:test"])
    let regionKey = try Self.region()
      .key("koppel/token/v1", ["region", "person", "achterhoek/2026-08", "NL-1:test"])
    let wrapKey = try RootKey(halves: [Self.half(from: 0x60)])
      .key("koppel/wrap/v1", [Self.region().fingerprint, "person", "achterhoek/2026-08"])
    var source = try MessageAuthenticator(key: sourceKey)
    var region = try MessageAuthenticator(key: regionKey)
    var wrap = try MessageAuthenticator(key: wrapKey)

    let first = try source.tag(([0x01] + framed(["999990019"])).span)
    #expect(text(first, .source) == "supnlsxghny275lwc7g5c5ogwae")
    let second = try region.tag(([0x02] + bigEndian(first)).span)
    #expect(text(second, .region) == "roawy2jmrr4d5wtrxtc2opidfhi")
    let wrapped = try wrap.tag(([0x03] + bigEndian(second)).span)
    #expect(text(wrapped, .region) == "r3hitllcqhzzwu5r7payqpexsrm")
  }

  @Test("any changed field, and the order of halves, changes the key")
  func everyFieldCounts() throws {
    let fields = ["source", "person", "achterhoek", "NL-1:test"]
    let root = try Self.source()
    var keys = [try open(root.key("koppel/token/v1", fields))]
    for number in fields.indices {
      var changed = fields
      changed[number] += "x"
      keys.append(try open(root.key("koppel/token/v1", changed)))
    }
    keys.append(try open(root.key("koppel/token/v2", fields)))
    keys.append(try open(root.key("koppel/token/v1", ["sourceperson", "achterhoek", "NL-1:test"])))
    keys.append(try open(Self.region().key("koppel/token/v1", fields)))
    let turned = try RootKey(halves: [Self.half(from: 0x40), Self.half(from: 0x20)])
    keys.append(try open(turned.key("koppel/token/v1", fields)))
    #expect(Set(keys).count == keys.count)
  }

  @Test("an empty field, no half, three halves and a short half are refused")
  func refused() throws {
    let root = try Self.source()
    #expect(throws: CryptographyError.emptyField(field: 2)) {
      _ = try root.key("koppel/token/v1", ["source", "", "x"])
    }
    #expect(throws: CryptographyError.emptyField(field: 0)) { _ = try root.key("", []) }
    #expect(throws: CryptographyError.halves(count: 0)) { _ = try RootKey(halves: []) }
    let half = try Self.half(from: 1)
    #expect(throws: CryptographyError.halves(count: 3)) {
      _ = try RootKey(halves: [half, half, half])
    }
    let short = try secret([1, 2, 3])
    #expect(throws: CryptographyError.halves(count: 1)) { _ = try RootKey(halves: [short]) }
  }

  private func bigEndian(_ tag: (high: UInt64, low: UInt64)) -> [UInt8] {
    [tag.high, tag.low].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
    }
  }

  private func text(_ tag: (high: UInt64, low: UInt64), _ level: TokenText.Level) -> String {
    TokenText.encode(high: tag.high, low: tag.low, level: level)
  }
}
