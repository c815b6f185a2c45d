import Cryptography
import Tabular
import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("Bloom filters of names")
struct FieldFilterMakerTests {
  /// The keys of the published vectors: half 00…1f of the source, 20…3f and 40…5f of the region.
  private struct Vectors {
    let bloomKey: SecretBytes
    let permutation: BitPermutation

    init() throws {
      func half(_ first: UInt8) throws -> SecretBytes {
        let bytes = (0..<32).map { first + $0 }
        return try unsafe bytes.span.withUnsafeBytes { bytes in
          try unsafe SecretBytes(copying: bytes)
        }
      }
      bloomKey = try RootKey(halves: [half(0)]).key(
        "koppel/bloom/v1",
        ["source", "surname", "achterhoek", "NL-1:test", FieldEncoding.name]
      )
      let region = try RootKey(halves: [half(0x20), half(0x40)]).key(
        "koppel/permute/v1",
        ["region", "surname", "achterhoek/2026-08", "NL-1:test", FieldEncoding.name]
      )
      permutation = try BitPermutation(key: region, count: 1024)
    }

    func makers() throws -> (first: FieldFilterMaker, second: FieldFilterMaker) {
      let plain = BitPermutation(places: Array(0..<1024))
      let first = try FieldFilterMaker(key: bloomKey, permutation: plain)
      let second = try FieldFilterMaker(key: bloomKey, permutation: permutation)
      return (first, second)
    }
  }

  // From a second implementation, in Python: value, bits, the first 8 bytes of the SHA-256 of the
  // filter at the first level and of the permuted one. `jansen` is that of the design.
  private static let published: [(value: String, bits: Int, first: String, second: String)] = [
    ("jansen", 465, "8601766d21778fe7", "8edb83f3ac1cd615"),
    ("janssen", 465, "dc947d5dc319d7d6", "f48a3c038452aac5"),
    ("a", 449, "bf869ae1afe23fd3", "3c5d2d8bce75a2ac"),
    ("boer-jansen", 457, "f86547332fcd0262", "04077dc7a5bb5f22"),
    ("o'brien", 456, "2428d1e19c1c9836", "ea76d877bcc941fc"),
    ("vd berg", 467, "ba20d558a5b5bd40", "257f161a63a1156a"),
    ("aaaa", 469, "88b93aea240bd4ba", "e46582a3f57396fc"),
    ("ab-ab", 444, "3997c5d4ee4d7197", "26dff7e6e247e3d3"),
    ("abcdefghijklmnopqrstuvwxyz", 453, "33a8eaf819f82289", "a2ba778e99217fb7"),
    ("Zoë Ñandú", 442, "1b21066c245fdaf6", "dcdc4a913d9651c5"),
    ("- a -b", 454, "2923318695fde663", "0ab251fdeaccdc45"),
    ("東京-京都", 449, "4ce9c4bc82553920", "ff8d496cdad11e9f"),
    (String(repeating: "x", count: 700), 451, "9f0a3525dc20de83", "87072dc2a248d502"),
  ]

  @Test("filters of both levels agree with the second implementation, in any order of names")
  func agreesWithVectors() throws {
    var makers = try Vectors().makers()
    for vector in Self.published + Self.published.reversed() {
      let first = try filter(vector.value, &makers.first)
      let second = try filter(vector.value, &makers.second)
      #expect(bitCount(first) == vector.bits, "\(vector.value)")
      #expect(try digest(first) == vector.first, "\(vector.value)")
      #expect(try digest(second) == vector.second, "\(vector.value)")
    }
  }

  @Test("the permutation is that of the second implementation, and leaves how alike two names are")
  func permutes() throws {
    let vectors = try Vectors()
    #expect(vectors.permutation.places.prefix(8) == [509, 695, 911, 888, 235, 835, 248, 648])
    #expect(vectors.permutation.places.suffix(4) == [357, 296, 887, 799])
    #expect(Set(vectors.permutation.places).count == 1024)
    var makers = try vectors.makers()
    let plain = try dice(filter("jansen", &makers.first), filter("janssen", &makers.first))
    let permuted = try dice(filter("jansen", &makers.second), filter("janssen", &makers.second))
    #expect(plain == permuted)
    #expect(abs(plain - 0.90968) < 0.000_005)
  }

  @Test(
    "filters agree with those of a plain version that keeps nothing",
    arguments: 0..<20 as Range<UInt64>
  )
  func agreesWithPlainVersion(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let vectors = try Vectors()
    var maker = try vectors.makers().second
    let letters = Array("abcdefghijklmnopqrstuvwxyz' -éß漢😀")
    for _ in 0..<20 {
      let count = Int.random(in: 1...30, using: &random)
      let value = String((0..<count).compactMap { _ in letters.randomElement(using: &random) })
      let plain = try PlainFieldFilter.bits(of: value, key: vectors.bloomKey)
      var words: [UInt64] = []
      let isEncoded = try maker.append(filterOf: Array(value.utf8), to: &words)
      #expect(isEncoded == !plain.isEmpty, "seed \(seed): '\(value)'")
      let expected = Set(plain.map { Int(vectors.permutation.places[$0]) })
      #expect(bits(words) == expected, "seed \(seed): '\(value)'")
    }
  }

  @Test("bigrams beyond what is kept are worked out again, and a value of 4,000 of them is encoded")
  func forgetsBigrams() throws {
    var maker = try Vectors().makers().second
    let before = try filter("jansen", &maker)
    var text: [UInt8] = []
    for number in 0..<4000 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(0x4E00 + number) else { continue }
      text += Array(String(Character(scalar)).utf8)
    }
    var words: [UInt64] = []
    #expect(try maker.append(filterOf: text, to: &words))
    #expect((430...470).contains(bitCount(words)))
    for start in stride(from: 0, to: 11_000, by: 1_000) {
      words = []
      #expect(try maker.append(filterOf: Array(text[start..<start + 999]), to: &words))
    }
    #expect(try filter("jansen", &maker) == before)
  }

  @Test("bytes that are no text are encoded all the same, and nothing but dashes is not")
  func takesAnyBytes() throws {
    var maker = try Vectors().makers().second
    for value in [[0xFF], [0xF0, 0x9F], [0x00], [0x61, 0xFF, 0x2D], [0xC3, 0x2D, 0x2D]] as [[UInt8]]
    {
      var words: [UInt64] = []
      #expect(try maker.append(filterOf: value, to: &words))
      #expect(words.count == 16)
    }
    for value in ["", "-", "--", "- -"] {
      var words: [UInt64] = [7]
      #expect(try !maker.append(filterOf: Array(value.utf8), to: &words))
      #expect(words == [7])
    }
  }

  private func filter(_ value: String, _ maker: inout FieldFilterMaker) throws -> [UInt64] {
    var words: [UInt64] = []
    #expect(try maker.append(filterOf: Array(value.utf8), to: &words))
    return words
  }

  private func bitCount(_ words: [UInt64]) -> Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  private func bits(_ words: [UInt64]) -> Set<Int> {
    Set((0..<words.count * 64).filter { words[$0 / 64] >> UInt64(63 - $0 % 64) & 1 == 1 })
  }

  private func dice(_ left: [UInt64], _ right: [UInt64]) -> Double {
    let shared = zip(left, right).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
    return 2 * Double(shared) / Double(bitCount(left) + bitCount(right))
  }

  private func digest(_ words: [UInt64]) throws -> String {
    let bytes = words.flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
    return try lowerHex(sha256(of: bytes).prefix(8))
  }

  @Test(
    "what was worked out of bigrams is overwritten when it is let go, and worked out alike again"
  )
  func cleansesBigrams() throws {
    let vectors = try Vectors()
    let bits = try GramBits(key: vectors.bloomKey, permutation: vectors.permutation)
    var grams: [UInt64] = []
    FieldEncoding.bigrams(of: Array("jansen".utf8), into: &grams)
    func filter() throws -> [UInt64] {
      var words = [UInt64](repeating: 0, count: 16)
      for gram in grams { try bits.set(80, of: gram, in: &words, at: 0) }
      return words
    }
    let first = try filter()
    let memory = unsafe bits.places.withUnsafeBufferPointer { UnsafeRawBufferPointer($0) }
    let block = unsafe bits.block.withUnsafeBufferPointer { UnsafeRawBufferPointer($0) }
    #expect(unsafe memory.contains { $0 != 0 } && block.contains { $0 != 0 })
    bits.forget()
    #expect(bits.places.capacity * 2 >= memory.count && bits.block.capacity >= block.count)
    #expect(unsafe memory.allSatisfy { $0 == 0 } && block.allSatisfy { $0 == 0 })
    #expect(try filter() == first)
  }
}
