import TestSupport
import Testing

@testable import Cryptography

@Suite struct MessageAuthenticatorTests {
  struct Published: Sendable {
    let key: [UInt8]
    let message: [UInt8]
    let tag: String
  }

  // RFC 4231, cases 1 to 7; case 5 is truncated to 128 bits there.
  static let published = [
    Published(
      key: [UInt8](repeating: 0x0B, count: 20),
      message: Array("Hi There".utf8),
      tag: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    Published(
      key: Array("Jefe".utf8),
      message: Array("what do ya want for nothing?".utf8),
      tag: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    Published(
      key: [UInt8](repeating: 0xAA, count: 20),
      message: [UInt8](repeating: 0xDD, count: 50),
      tag: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    Published(
      key: Array(0x01...0x19),
      message: [UInt8](repeating: 0xCD, count: 50),
      tag: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    Published(
      key: [UInt8](repeating: 0x0C, count: 20),
      message: Array("Test With Truncation".utf8),
      tag: "a3b6167473100ee06e0c796c2955552b"
    ),
    Published(
      key: [UInt8](repeating: 0xAA, count: 131),
      message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      tag: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    Published(
      key: [UInt8](repeating: 0xAA, count: 131),
      message: Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8
      ),
      tag: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ]

  @Test("a reused context gives the tags of RFC 4231", arguments: published)
  func agrees(_ test: Published) throws {
    var authenticator = try MessageAuthenticator(key: secret(test.key))
    for round in 0..<3 {
      let full = try authenticator.fullTag(test.message)
      #expect(lowerHex(full).hasPrefix(test.tag), "round \(round)")
      let short = try authenticator.tag(test.message.span)
      let digits = [short.high, short.low].flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
      }
      #expect(lowerHex(digits) == test.tag.prefix(32), "round \(round)")
      _ = try authenticator.fullTag([UInt8](repeating: 7, count: round * 100))
    }
  }

  @Test("an empty message has a tag and leaves the key in place")
  func emptyMessage() throws {
    var authenticator = try MessageAuthenticator(key: secret([1]))
    let first = try authenticator.fullTag([])
    #expect(try authenticator.fullTag([]) == first)
    #expect(try authenticator.fullTag([0]) != first)
  }

  @Test("the self-test passes on the library that runs")
  func selfTest() throws {
    try MessageAuthenticator.selfTest()
    #expect(cryptographyVersion().hasPrefix("OpenSSL"))
  }
}
