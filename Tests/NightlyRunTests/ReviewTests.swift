import Cryptography
import Foundation
import TestSupport
import Testing

@testable import NightlyRun
@testable import Tabular

@testable import Files

@Suite("Judgements of pairs")
struct ReviewTests {
  private func decision(_ number: UInt64, _ isSame: Bool?) -> ReviewLedger.Decision {
    ReviewLedger.Decision(
      source: "support",
      resident: Token(high: number, low: 1),
      identity: Token(high: .max, low: number),
      isSame: isSame,
      sheet: "0123456789abcdef"
    )
  }

  private func root(_ byte: UInt8) throws -> RootKey {
    let bytes = [UInt8](repeating: byte, count: 32)
    return try RootKey(halves: [
      try unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
    ])
  }

  @Test("a ledger gives back what was added, and a changed line is found")
  func keepsDecisions() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("reviews.ledger")
    func open(_ root: RootKey, _ pipeline: String = "names") throws -> ReviewLedger {
      try ReviewLedger(path: path, pipeline: pipeline, root: root)
    }
    let (own, other) = (try root(1), try root(2))
    var ledger = try open(own)
    #expect(ledger.decisions.isEmpty)
    try ledger.add([decision(1, true), decision(2, false)], facts: ["run": "1"]) {}
    try ledger.add([decision(3, nil)], facts: ["run": "2"]) {}
    // What the log could not be told of has not taken place.
    #expect(throws: CancellationError.self) {
      try ledger.add([decision(4, true)], facts: ["run": "3"]) { throw CancellationError() }
    }
    try ledger.add([decision(5, true)], facts: ["run": "4"]) {}
    let all = [decision(1, true), decision(2, false), decision(3, nil), decision(5, true)]
    #expect(ledger.decisions == all)
    #expect(try open(own).decisions == all)
    // Nobody's under another key or pipeline, and that is told.
    for found in [try open(other), try open(own, "others")] {
      #expect(found.decisions.isEmpty)
      #expect(found.warning != nil)
    }

    // Whoever has no key can change, take out or put in nothing.
    let bytes = try folder.bytes(of: "reviews.ledger")
    let word = Array("different".utf8)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: word) })
    var forged = bytes
    forged[place] ^= 1
    let second = try #require(Journal.nights(of: path).last)
    #expect(String(decoding: second.facts, as: UTF8.self) == #"{"run":"4"}"#)
    for wrong in [forged, Array(bytes.dropFirst()), bytes + bytes.suffix(60)] {
      try folder.write(wrong, to: "reviews.ledger")
      #expect(throws: FilesError.self) { try open(own) }
    }
  }

  @Test("two persons who are one through others contradict, and nobody else does")
  func findsContradictions() {
    func record(_ number: UInt64) -> Token { Token(high: number, low: 1) }
    func contradict(_ judged: [(UInt64, UInt64, Bool)]) -> Bool {
      judgementsContradict(judged.map { (record($0), record($1), $2) })
    }
    let chain: [(UInt64, UInt64, Bool)] = [(1, 2, true), (4, 3, true), (2, 3, true)]
    #expect(!contradict([]))
    #expect(!contradict(chain + [(1, 5, false), (6, 7, false), (5, 6, true)]))
    for (one, other) in [(1, 4), (4, 1), (1, 3), (2, 4)] as [(UInt64, UInt64)] {
      #expect(contradict([(one, other, false)] + chain))
      #expect(contradict(chain + [(one, other, false)]))
    }
  }

  @Test("Jeffreys' interval is that of the beta distribution")
  func isJeffreys() {
    // Quantiles of Beta(x + 0.5, n - x + 0.5), from SciPy 1.14.
    for (count, total, least, most) in [
      (0, 10, 0.000000, 0.217196),
      (10, 10, 0.782804, 1.000000),
      (3, 10, 0.092695, 0.605818),
      (97, 100, 0.922112, 0.991480),
      (1, 50, 0.002166, 0.089680),
      (50, 100, 0.403174, 0.596826),
    ] {
      let interval = jeffreysInterval(count, of: total)
      #expect(abs(interval.lowerBound - least) < 1e-6)
      #expect(abs(interval.upperBound - most) < 1e-6)
    }
  }
}
