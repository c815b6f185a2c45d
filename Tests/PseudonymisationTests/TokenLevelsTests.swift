import Cryptography
import Tabular
import Testing

@testable import Pseudonymisation

@Suite("Two levels of tokens")
struct TokenLevelsTests {
  private func root(_ halves: [ClosedRange<UInt8>]) throws -> RootKey {
    try RootKey(
      halves: try halves.map { half in
        try unsafe Array(half).span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
      }
    )
  }

  private func source() throws -> RootKey { try root([0x00...0x1F]) }
  private func region() throws -> RootKey { try root([0x20...0x3F, 0x40...0x5F]) }

  private func scope(_ levels: TokenScope.Levels) throws -> TokenScope {
    TokenScope(
      root: levels == .source ? try source() : try region(),
      sourceRoot: levels == .both ? try source() : nil,
      levels: levels,
      sourceRelease: "achterhoek",
      release: levels == .source ? "achterhoek" : "achterhoek/2026-08",
      standardisation: "NL-1:test"
    )
  }

  private func text(_ token: Token, _ level: TokenText.Level) -> String {
    TokenText.encode(high: token.high, low: token.low, level: level)
  }

  @Test("the keys are those of the published vectors")
  func keys() throws {
    #expect(try source().fingerprint == "4a87a90e3b88d749")
    #expect(try region().fingerprint == "c2c509be6c8ac6f9")
    let key = try source().key(
      "koppel/token/v1",
      ["source", "person", "achterhoek", "NL-1:test"]
    )
    let hex = unsafe key.withBytes { unsafe lowerHex($0) }
    #expect(hex == "5c083ab0aadee0c4517f5d3d2f5a0fe9af2867e7ccea80f4d06c93fd89489200")
  }

  @Test("are those of the published vectors, at the supplier, at the region and in one process")
  func vectors() throws {
    let value = Array("999990019".utf8)
    var supplier = try TokenMaker(label: "person", scope: try scope(.source))
    let first = try supplier.token(of: value)
    #expect(text(first, .source) == "supnlsxghny275lwc7g5c5ogwae")
    var region = try TokenMaker(label: "person", scope: try scope(.region))
    let second = try region.token(over: first)
    #expect(text(second, .region) == "roawy2jmrr4d5wtrxtc2opidfhi")
    var both = try TokenMaker(label: "person", scope: try scope(.both))
    #expect(try both.token(of: value) == second)
    #expect(try both.token(over: first) == second)
  }

  @Test("a region without the suppliers' key makes no first level")
  func noFirstLevel() throws {
    var region = try TokenMaker(label: "person", scope: try scope(.region))
    do {
      _ = try region.token(of: [1])
      Issue.record("a first level was made")
    } catch {}
  }
}
