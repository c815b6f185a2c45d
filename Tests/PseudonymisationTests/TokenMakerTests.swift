import Cryptography
import Tabular
import Testing

@testable import Pseudonymisation

@Suite("Tokens")
struct TokenMakerTests {
  private struct Setting: Sendable {
    var key: UInt8 = 7
    var label = "surname"
    var sourceRelease = "a"
    var release = "b"
    var standardisation = "NL-1:test"

    func maker() throws -> TokenMaker {
      let half = [UInt8](repeating: key, count: 32)
      let secret = try unsafe half.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
      let scope = TokenScope(
        root: try RootKey(halves: [secret]),
        sourceRelease: sourceRelease,
        release: release,
        standardisation: standardisation
      )
      return try TokenMaker(label: label, scope: scope)
    }
  }

  @Test("any changed field changes every token")
  func everyFieldCounts() throws {
    let values = [
      "jansen", "a", "999990019", "boer-jansen", "", String(repeating: "x", count: 300),
    ]
    var changed = [Setting](repeating: Setting(), count: 6)
    changed[1].key = 8
    changed[2].label = "surname-2"
    changed[3].sourceRelease = "ab"
    changed[4].release = "a"
    changed[5].standardisation = "NL-2:test"
    var tokens: Set<Token> = []
    for setting in changed {
      var maker = try setting.maker()
      for value in values { tokens.insert(try maker.token(of: Array(value.utf8))) }
    }
    #expect(tokens.count == values.count * changed.count)
  }

  @Test("a maker gives a value its token again, whatever it hashed between")
  func reusesItsContext() throws {
    var maker = try Setting().maker()
    let first = try maker.token(of: Array("jansen".utf8))
    for count in 0..<200 {
      _ = try maker.token(of: [UInt8](repeating: 1, count: count))
      #expect(try maker.token(of: Array("jansen".utf8)) == first)
    }
  }

  @Test("a maker that forgets has nothing left of the last values, nor of a longer one before them")
  func forgets() throws {
    var maker = try Setting().maker()
    _ = try maker.token(of: Array("van den berg van hier tot ginder".utf8))
    _ = try maker.token(of: Array("berg".utf8))
    let memory = unsafe maker.scratch.withUnsafeBufferPointer {
      unsafe UnsafeRawBufferPointer(start: $0.baseAddress, count: maker.scratch.capacity)
    }
    #expect(unsafe memory.contains(UInt8(ascii: "g")))
    maker.forget()
    #expect(maker.scratch.capacity == memory.count)
    #expect(unsafe memory.allSatisfy { $0 == 0 })
  }
}
