import Testing

@testable import Cryptography

@Suite struct SHA256Tests {
  @Test(
    "the digest agrees with FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ]
  )
  func published(message: String, digest: String) throws {
    #expect(try lowerHex(sha256(of: Array(message.utf8))) == digest)
  }

  @Test("pieces give the digest of the whole, and a digest can be used again")
  func pieces() throws {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var digest = try SHA256()
    for width in [1, 63, 64, 65, 999] {
      var start = 0
      while start < message.count {
        let end = min(message.count, start + width)
        try digest.update(Array(message[start..<end]))
        start = end
      }
      #expect(try digest.finish() == sha256(of: message))
    }
  }
}
