import Testing

@testable import Cryptography

@Suite("Keyed BLAKE2b")
struct KeyedBlake2bTests {
  // From Python's hashlib.blake2b: bytes of the key, of the message, the salt, the first 16 bytes of
  // the digest. Byte i of the key is 7i + its length, of the message 13i + its length.
  private static let published = """
    1 0 - 7fe2b438e6ae4a434dcea5fd90fa6988
    1 0 37 5bc9bb281cb28175f9babf7736659cfb
    1 0 000102030405060708090a0b0c0d0e0f 2ae90a048d1c493ed90a586ab057af6b
    1 1 - d406e5c219c2fb85315ca0dbdfd53a2e
    1 1 37 50fe2d045eb7fae99968c76539d01966
    1 1 000102030405060708090a0b0c0d0e0f 4cf0d89e4623afb9f2ab30a99947637f
    1 2 - ea29e3a824211b01c5fb25a49261e1f3
    1 2 37 051d66cf552922c4dfbf69e502db6443
    1 2 000102030405060708090a0b0c0d0e0f a10c9dcb2ccda406e59926400dfe34df
    1 4 - f4f2389c1bdbfe81ee03a43b1191aff6
    1 4 37 f72699abd4dfcd4e2ab6ceac5b74ba88
    1 4 000102030405060708090a0b0c0d0e0f 428d68b5eaf6a4ae746ea2ae0d7de405
    1 127 - b60d3dd80428a5086acf4b397425cf67
    1 127 37 0a3e482c4f96de6e64bb5a3847398f97
    1 127 000102030405060708090a0b0c0d0e0f e44b39453c4a11ad2c85139d34de7dde
    1 128 - 7f25352c602207a8e07c75a65a515db6
    1 128 37 14ef07231f889460507845ecd05471e8
    1 128 000102030405060708090a0b0c0d0e0f de67d7d52528cfdec577359cbb6c9821
    1 129 - d7deefa138e2b9cab13de0b88dca8903
    1 129 37 acc69820a298f60311193c36633219d9
    1 129 000102030405060708090a0b0c0d0e0f 29d3cff2fd8b2dafa91d145096fbe8ca
    1 300 - 48718e2542da8fc824b0f5341e2bd02c
    1 300 37 e620f530d5d99118fee3382f9d315626
    1 300 000102030405060708090a0b0c0d0e0f 7b7eccc35307cb330dcb546ea983577c
    32 0 - d3cc53fdc79f4f4e2ccb89da079726c0
    32 0 37 551a699654caa981d3c3a515ae85b9db
    32 0 000102030405060708090a0b0c0d0e0f 4191e6a29db2cbca127a5a6c5f3b9732
    32 1 - 852cd920ba788a10010b8ae95f1be94d
    32 1 37 982ced71b1302b06f0da19571fc5e601
    32 1 000102030405060708090a0b0c0d0e0f 4609620f842334381e6874d429115727
    32 2 - e589030a8557c035797794cf8419bd1c
    32 2 37 b1257cefb74eab6ae65572cc9ffacc35
    32 2 000102030405060708090a0b0c0d0e0f 71e0caf7808552ad590a738f96aed31f
    32 4 - ef0862a3c10bb47625d595bfd690f09b
    32 4 37 0a0365c3e55d027b6265d3e29cd4d14f
    32 4 000102030405060708090a0b0c0d0e0f cabc772c2aaf3181635bb09fcd71f956
    32 127 - 47a40e07b64696851b7196590643a53e
    32 127 37 86984f3a0a5c4a430cd0752272d0fc79
    32 127 000102030405060708090a0b0c0d0e0f 82c8fda5739b009ab2a45ec880296864
    32 128 - 9fb784b84cf045e53e9916903af5fc03
    32 128 37 c6598b116cd7b3cadf4878219dcdb777
    32 128 000102030405060708090a0b0c0d0e0f d376be88b85381d29ae9e86e10c39686
    32 129 - 5a05955ec89a134038ac1f38b880f363
    32 129 37 c62d9ca2f6859df7877b6a34c686b9cb
    32 129 000102030405060708090a0b0c0d0e0f 5664a09034fd488a25325374c0c61ba5
    32 300 - 4a697bb41f9d9e74d24dc4073d67cf6d
    32 300 37 a29b308af97fc4554eb59978289917d4
    32 300 000102030405060708090a0b0c0d0e0f 22a65ad9ce5f8fd45f4cf40b473779ec
    63 0 - 2992b14277cf57727b8439983bc34820
    63 0 37 71df65878f038559785d50587c5c931b
    63 0 000102030405060708090a0b0c0d0e0f 0fde0850a1350d3f27e64dd2a9f79624
    63 1 - e76a00f6f3eb142363cf932c225f96b6
    63 1 37 be0575125238770419d0fbc6f1d890ee
    63 1 000102030405060708090a0b0c0d0e0f 93c4e31f596c1ec7682ff1b8bd4c6c9f
    63 2 - 61f227a44addc94ba263f4f8bbd21f59
    63 2 37 521bef8fc97a14827c0e44062131d1c0
    63 2 000102030405060708090a0b0c0d0e0f 3ea988efba084f17dfb95627530c2de9
    63 4 - ed229f51d1fc1c4fee1a3ab7f4918114
    63 4 37 6f101abc1bce1f3e97bed626bf780aaa
    63 4 000102030405060708090a0b0c0d0e0f c76b0e935baababca1c5e4936664a65c
    63 127 - e56cadf6ea2eff6d570e276ad0a80d65
    63 127 37 04f0abce8afdc5fbf4cd24759d429565
    63 127 000102030405060708090a0b0c0d0e0f 82ee44a7d5486ac2622ce511e14fe9cf
    63 128 - ffff812210c1464053b9c463c84f08b7
    63 128 37 ee5bd5c8878a71b0b21782486f766130
    63 128 000102030405060708090a0b0c0d0e0f 378e2c795fa756e5d640811cbaca50ec
    63 129 - 11b661666a62068b81f191c6e2e7e395
    63 129 37 93fbc7231ae52a78d356f01f3e742ed4
    63 129 000102030405060708090a0b0c0d0e0f 7000ab6742ae8f8f4b292da49909b5c9
    63 300 - 63b84e59f1fe4fed19723939e65cac58
    63 300 37 d670683abf40d4bfd4a85ade7ad679ac
    63 300 000102030405060708090a0b0c0d0e0f 0292b9b4522aee39518c6b4527750aa5
    64 0 - 9a4b3e9a2bc65a0d88e8fd85e4347299
    64 0 37 da49d11bd38f649b018e31292fc69204
    64 0 000102030405060708090a0b0c0d0e0f af4f6edce93253871faadb03a3280462
    64 1 - 9d42b0ce302fe14589eae76deee2d241
    64 1 37 1772ee3d7433dc793e716f355216b5dc
    64 1 000102030405060708090a0b0c0d0e0f 5615a6c9a7c00f1a6528aac8bf480a36
    64 2 - 6cca88e244b2b827eb6f63a8d96e57fc
    64 2 37 935351ac97a0d246cce7823867e75907
    64 2 000102030405060708090a0b0c0d0e0f 47c401b3d160d68617718bc4db36c711
    64 4 - fbbe0385581e7c13db2ab22584f0e1e7
    64 4 37 adf2ecae09a8a7a168fd53b5f64acddf
    64 4 000102030405060708090a0b0c0d0e0f fdd8989eb1f23457c6246b5368d2df70
    64 127 - 783443473f3cd18cfd0f6a745efe9af3
    64 127 37 77bf1321e5f593928cc07bdff7b3406a
    64 127 000102030405060708090a0b0c0d0e0f edb004cd8d41ec1b8e576ae2d45c7c4d
    64 128 - 52558a29e3e7a814247e710d32e3d8b6
    64 128 37 e23291bafaaa7853f81c7f5ce17fb5f4
    64 128 000102030405060708090a0b0c0d0e0f b68a0498cf598adafe56efcc74369d9a
    64 129 - 75ddb50ecdf10801e34d2b8c4ba56905
    64 129 37 18de38c07baef86d6dd5e283719ca4a9
    64 129 000102030405060708090a0b0c0d0e0f 9d3ada5a35cd78d22ffaee1912d8f61f
    64 300 - f9c5baa12a5c8f349daf0134795c3906
    64 300 37 75183f0292a1c1fb0fd03698ff252a2d
    64 300 000102030405060708090a0b0c0d0e0f 90f2aebcc0e89d9994cd9f238e623415
    """

  @Test(
    "a context reused with other messages and salts gives the digests of the second implementation"
  )
  func agrees() throws {
    let tests = Self.published.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(tests.count == 96)
    for keyCount in Set(tests.compactMap { Int($0[0]) }) {
      let key = (0..<keyCount).map { UInt8(truncatingIfNeeded: 7 * $0 + keyCount) }
      var keyed = try KeyedBlake2b(key: secret(key))
      for round in 0..<2 {
        for test in tests where Int(test[0]) == keyCount {
          let count = try #require(Int(test[1]))
          let message = (0..<count).map { UInt8(truncatingIfNeeded: 13 * $0 + count) }
          var digest: [UInt8] = []
          try keyed.set(salt: bytes(String(test[2])))
          try keyed.digest(message.span, to: &digest)
          #expect(lowerHex(digest.prefix(16)) == test[3], "round \(round)")
          #expect(digest.count == 64)
          try keyed.digest([UInt8](repeating: 1, count: round * 90).span, to: &digest)
        }
      }
    }
  }

  @Test("a key of 65 bytes and a salt of 17 are refused, and the context goes on")
  func refuses() throws {
    #expect(throws: CryptographyError.library(operation: "keyed BLAKE2b")) {
      _ = try KeyedBlake2b(key: secret([UInt8](repeating: 1, count: 65)))
    }
    var keyed = try KeyedBlake2b(key: secret([1]))
    var before: [UInt8] = []
    try keyed.digest([9].span, to: &before)
    #expect(throws: CryptographyError.library(operation: "salt of BLAKE2b")) {
      try keyed.set(salt: [UInt8](repeating: 1, count: 17))
    }
    var after: [UInt8] = []
    try keyed.digest([9].span, to: &after)
    #expect(before == after)
  }

  @Test("the self-test passes on the library that runs")
  func selfTest() throws { try KeyedBlake2b.selfTest() }
}
