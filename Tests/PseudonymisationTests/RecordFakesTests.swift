import Cryptography
import Foundation
import Tabular
import TestSupport
import Testing

@testable import PipelineFile
@testable import Pseudonymisation

@Suite("Hardening of record filters, and records that are made up")
struct RecordFakesTests {
  private static func schema() throws -> RecordSchema {
    let features = (0..<5).map { number -> JSONValue in
      [
        "identifier": .string("f\(number)"), "format": ["type": "string"],
        "hashing": [
          "comparison": ["type": "ngram", "n": 2], "strategy": ["bitsPerFeature": 30],
        ],
      ]
    }
    return try RecordSchema([
      "version": 3, "clkConfig": ["l": 256, "kdf": ["type": "HKDF"]], "features": .array(features),
    ])
  }

  private static func form(
    _ hardening: RecordFilterForm.Hardening = .none
  ) throws -> RecordFilterForm {
    RecordFilterForm(
      source: "register",
      schema: try schema(),
      schemaPath: "",
      key: "partner",
      to: "",
      standardises: false,
      hardening: hardening
    )
  }

  private static func secret(_ text: String) throws -> SecretBytes {
    let bytes = Array(text.utf8)
    return try unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
  }

  private static func keys(root: UInt8 = 7, secret text: String = "horse") throws -> RecordKeys {
    let half = [UInt8](repeating: root, count: 32)
    let bytes = try unsafe half.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
    return try RecordKeys(
      secret: secret(text),
      name: "partner",
      root: RootKey(halves: [bytes])
    )
  }

  private static func words(_ seed: UInt64) -> [UInt64] {
    var random = SeededGenerator(seed: seed)
    return (0..<4).map { _ in random.next() & random.next() }
  }

  private static func bits(_ bytes: [UInt8]) -> [Bool] {
    bytes.flatMap { byte in (0..<8).map { byte & 0x80 >> UInt8($0) != 0 } }
  }

  @Test(
    "balanced filters have as many ones as zeros and keep how many bits differ",
    arguments: 0..<20
  )
  func balances(seed: UInt64) throws {
    var hardener = try RecordHardener(Self.form(.balanced), Self.keys())
    let (left, right) = (Self.words(seed), Self.words(seed + 100))
    let first = Self.bits(try hardener.hardened(left))
    let second = Self.bits(try hardener.hardened(right))
    #expect(first.count == 512 && first.count { $0 } == 256)
    let plain = zip(left, right).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
    #expect(zip(first, second).count { $0 != $1 } == 2 * plain, "seed \(seed)")
    // The partner, who has the secret and not our root, makes the same.
    var partner = try RecordHardener(Self.form(.balanced), Self.keys(root: 9))
    #expect(Self.bits(try partner.hardened(left)) == first)
    var other = try RecordHardener(Self.form(.balanced), Self.keys(secret: "cow"))
    #expect(Self.bits(try other.hardened(left)) != first)
  }

  @Test("a folded filter is its halves, one laid over the other")
  func folds() throws {
    var hardener = try RecordHardener(Self.form(.xorFold), Self.keys())
    let words = Self.words(3)
    let folded = Self.bits(try hardener.hardened(words))
    let plain = Self.bits(recordBytes(of: words[...]))
    #expect(folded == (0..<128).map { plain[$0] != plain[128 + $0] })
  }

  @Test("of a share of bits, drawn by our key for each filter, each is as likely one as zero")
  func flips() throws {
    var hardener = try RecordHardener(Self.form(.flip(tenThousandths: 2000)), Self.keys())
    var partner = try RecordHardener(
      Self.form(.flip(tenThousandths: 2000)),
      Self.keys(root: 9)
    )
    var (flipped, set, count) = (0, 0, 0)
    for seed in 0..<200 as Range<UInt64> {
      let words = Self.words(seed)
      let plain = Self.bits(recordBytes(of: words[...]))
      let noisy = Self.bits(try hardener.hardened(words))
      #expect(Self.bits(try hardener.hardened(words)) == noisy)
      #expect(Self.bits(try partner.hardened(words)) != noisy)
      for (before, after) in zip(plain, noisy) where !before {
        count += 1
        if after { flipped += 1 }
      }
      set += zip(plain, noisy).count { $0 && !$1 }
    }
    // Of 38,000 zeros one in ten becomes one, give or take four standard deviations.
    #expect((0.094...0.106).contains(Double(flipped) / Double(count)))
    #expect((0.090...0.110).contains(Double(set) / Double(200 * 256 - count)))
  }

  /// Lines of donors in their order: records of five features, equal ones among them.
  private static func donors(_ count: Int, seed: UInt64) throws -> [[UInt8]] {
    var random = SeededGenerator(seed: seed)
    var order = try MessageAuthenticator(key: keys().order)
    var maker = try RecordFilterMaker(schema: schema(), secret: secret("horse"))
    let values = ["jansen", "boer", "berg", "smit", "", "vries", "dyk", "bakker"]
    var lines: [[UInt8]] = []
    for _ in 0..<count {
      let record = (0..<5).map { _ in Array((values.randomElement(using: &random) ?? "").utf8) }
      var words: [UInt64] = []
      _ = try maker.encode(record, into: &words)
      let tag = try order.tag(recordBytes(of: words[...]).span)
      var line = Array(lowerHex(recordBytes(of: [tag.high, tag.low])).utf8) + [space]
      Base64Text.append(recordBytes(of: words[...])[...], to: &line)
      lines.append(line)
    }
    return lines.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func made(
    _ donors: [[UInt8]],
    records: Int,
    root: UInt8 = 7
  ) throws -> (filters: [[UInt8]], isEnough: Bool) {
    let fakes = try RecordFakes(form(), keys(root: root), recordCount: records)
    var block = RecordLines.Block()
    for donor in donors { try fakes.take(donor[...], to: &block) }
    let isEnough = try fakes.finish(to: &block)
    var start = 0
    let lines = block.ends.map { end in
      defer { start = end }
      return block.text[start..<end]
    }
    return (lines.compactMap { line in RecordRow(line).map { Array($0.filter) } }, isEnough)
  }

  @Test(
    "one is made up for every three, of the features of two, and is neither of them",
    arguments: [(200, 400), (80, 240), (12, 36), (3, 9)]
  )
  func makesUp(donorCount: Int, records: Int) throws {
    let donors = try Self.donors(donorCount, seed: 5)
    let (filters, isEnough) = try Self.made(donors, records: records)
    #expect(isEnough && filters.count == (records + 2) / 3)
    let features = donors.compactMap { line in
      Base64Text.decode(line[33...]).map(recordWords)
    }
    let whole = Set(features.map { united($0, 4) })
    for filter in filters {
      let words = recordWords(of: try #require(Base64Text.decode(filter[...])))
      // Of many records of few values a mixture may be a third; of few it is none.
      if donorCount <= 12 { #expect(!whole.contains(words)) }
      // Each is two records' features, and nothing else.
      let isMixture = features.contains { left in
        features.contains { right in
          (1..<31).contains { choice in
            var mixed = [UInt64](repeating: 0, count: 4)
            for feature in 0..<5 {
              let donor = choice >> feature & 1 == 0 ? left : right
              for word in 0..<4 { mixed[word] |= donor[feature * 4 + word] }
            }
            return mixed == words
          }
        }
      }
      if donorCount <= 12 { #expect(isMixture) }
    }
    #expect(try Self.made(donors, records: records).filters == filters)
    #expect(try Self.made(donors, records: records, root: 8).filters != filters)
  }

  @Test("where all records are one, none can be made up, and that is told")
  func refusesEqualRecords() throws {
    let donor = try Self.donors(1, seed: 1)[0]
    let (filters, isEnough) = try Self.made([donor, donor, donor], records: 3)
    #expect(filters.isEmpty && !isEnough)
  }
}
