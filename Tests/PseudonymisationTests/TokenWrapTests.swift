import Cryptography
import Tabular
import Testing

@testable import Pseudonymisation

@Suite struct TokenWrapTests {
  private func half(_ first: UInt8) throws -> SecretBytes {
    let bytes = (0..<32).map { first + UInt8($0) }
    return try unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
  }

  private func token(_ text: String) throws -> Token {
    let token = try #require(TokenText.decode("r" + text))
    return Token(high: token.high, low: token.low)
  }

  @Test("the token of the design is wrapped as its second implementation does")
  func knownAnswer() throws {
    let wrap = try TokenWrap(
      from: "c2c509be6c8ac6f9",
      to: RootKey(halves: [half(0x60)]),
      label: "person",
      scope: "achterhoek/2026-08"
    )
    let old = try token("oawy2jmrr4d5wtrxtc2opidfhi")
    let wrapped = try token("3hitllcqhzzwu5r7payqpexsrm")
    #expect(try wrap.wrap(old) == wrapped)
    var batch = [old, .missing, old]
    try wrap.wrap(&batch)
    #expect(batch == [wrapped, .missing, wrapped])
  }

  @Test("a scope with wraps makes the old token, then wraps it; another label is another token")
  func makesThenWraps() throws {
    let (old, new) = (try RootKey(halves: [half(0x20)]), try RootKey(halves: [half(0x60)]))
    func scope(_ wraps: [RootKey]) -> TokenScope {
      TokenScope(
        root: old,
        sourceRelease: "region",
        release: "region/2026-08",
        standardisation: "NL-1:test",
        wraps: wraps
      )
    }
    let value = Array("999990019".utf8)
    var plain = try TokenMaker(label: "person", scope: scope([]))
    var wrapping = try TokenMaker(label: "person", scope: scope([new]))
    let wrap = try TokenWrap(
      from: old.fingerprint,
      to: new,
      label: "person",
      scope: "region/2026-08"
    )
    let token = try plain.token(of: value)
    #expect(try wrapping.token(of: value) == wrap.wrap(token))
    #expect(try wrapping.token(of: value) != token)
    let other = try TokenWrap(
      from: old.fingerprint,
      to: new,
      label: "row",
      scope: "region/2026-08"
    )
    #expect(try other.wrap(token) != wrap.wrap(token))
  }
}
