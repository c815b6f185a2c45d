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

  @Test("a ledger gives back what was added, and a changed line is found")
  func keepsDecisions() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("reviews.ledger")
    var ledger = try ReviewLedger(path: path)
    #expect(ledger.decisions.isEmpty)
    try ledger.add([decision(1, true), decision(2, false)])
    try ledger.add([decision(3, nil)])
    let all = [decision(1, true), decision(2, false), decision(3, nil)]
    #expect(try ReviewLedger(path: path).decisions == all)

    let text = String(decoding: try folder.bytes(of: "reviews.ledger"), as: UTF8.self)
    let lines = text.split(separator: "\n")
    for changed in [
      text.replacingOccurrences(of: "different", with: "same"),
      lines.dropFirst().joined(separator: "\n"),
      [lines[0], lines[2]].joined(separator: "\n"),
    ] {
      try folder.write(changed.utf8, to: "reviews.ledger")
      #expect(throws: RunError.self) { try ReviewLedger(path: path) }
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
