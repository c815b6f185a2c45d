import Testing

@testable import Cryptography

@Suite struct LibCryptoTests {
  struct Derivation: Sendable {
    let material: String
    let salt: String
    let info: String
    let prk: String
    let okm: String
  }

  @Test(
    "HKDF agrees with RFC 5869, A.1 to A.3",
    arguments: [
      Derivation(
        material: "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        salt: "000102030405060708090a0b0c",
        info: "f0f1f2f3f4f5f6f7f8f9",
        prk: "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        okm: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
          + "34007208d5b887185865"
      ),
      Derivation(
        material: lowerHex(0x00...0x4F),
        salt: lowerHex(0x60...0xAF),
        info: lowerHex(0xB0...0xFF),
        prk: "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
        okm: "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
          + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
          + "cc30c58179ec3e87c14c01d5c1f3434f1d87"
      ),
      Derivation(
        material: "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        salt: "",
        info: "",
        prk: "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        okm: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
          + "9d201395faa4b61a96c8"
      ),
    ]
  )
  func keyDerivation(_ test: Derivation) throws {
    let prk = try unsafe derive(bytes(test.material), bytes(test.salt), count: 32) {
      (key, context, output) throws(CryptographyError) in
      try unsafe LibCrypto.extract(salt: context, material: key, to: output)
    }
    #expect(lowerHex(prk) == test.prk)
    let okm = try unsafe derive(prk, bytes(test.info), count: test.okm.utf8.count / 2) {
      (key, context, output) throws(CryptographyError) in
      try unsafe LibCrypto.expand(key: key, context: context, to: output)
    }
    #expect(lowerHex(okm) == test.okm)
    let whole = try hkdf(
      secret(bytes(test.material)),
      salt: bytes(test.salt),
      info: bytes(test.info),
      count: test.okm.utf8.count / 2
    )
    #expect(try lowerHex(open(whole)) == test.okm)
  }

  private func derive(
    _ key: [UInt8],
    _ context: [UInt8],
    count: Int,
    _ step: (
      UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) -> Void
  ) throws -> [UInt8] {
    let output = try unsafe SecretBytes(count: count) { (output) throws(CryptographyError) in
      try unsafe key.span.withUnsafeBytes { (key) throws(CryptographyError) in
        try unsafe context.span.withUnsafeBytes { (context) throws(CryptographyError) in
          try unsafe step(key, context, output)
        }
      }
    }
    return try open(output)
  }
}
