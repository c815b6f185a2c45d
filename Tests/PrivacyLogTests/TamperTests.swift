import Cryptography
import Foundation
import TestSupport
import Testing

@testable import PrivacyLog

/// A log of 200 lines with its checkpoints, and a witness who has seen the last of them.
@Suite("A log that was tampered with, held against a witness")
struct TamperTests {
  struct Sample {
    let lines: [[UInt8]]
    /// The roots of the checkpoints beside the log, by size.
    let signed: [Int: TreeDigest]
    let first: TreeDigest
  }

  /// Made once: 20 nights of ten lines.
  static let sample: Sample? = try? makeSample()

  static func makeSample() throws -> Sample {
    let folder = try LogFolder()
    let nights = try SignedNights(folder, clock: tickingClock())
    // Line 1 is the log's own.
    for number in 1...20 { try nights.night(number, lines: number == 1 ? 5 : 6) }
    let lines = try nights.lines()
    var signed: [Int: TreeDigest] = [:]
    for size in try nights.checkpoints.sizes().checkpoints {
      signed[size] = try nights.checkpoints.checkpoint(size)?.root
    }
    return Sample(lines: lines, signed: signed, first: try TreeHash.leaf(lines[0]))
  }

  /// Follows lines from a state; the witness has seen a root at one size.
  static func fault(
    _ lines: some Sequence<[UInt8]>,
    after state: LogVerifier,
    signed: [Int: TreeDigest],
    witnessed: [Int: TreeDigest]
  ) throws -> LogFault? {
    var verifier = state
    var hash = try TreeHash()
    for line in lines {
      let number = verifier.count + 1
      let roots = LogVerifier.Roots(signed: signed[number], witnessed: witnessed[number])
      if let fault = try verifier.take(line.span, roots, &hash) { return fault }
    }
    if let fault = try verifier.finish(&hash) { return fault }
    let expected = max(signed.keys.max() ?? 0, witnessed.keys.max() ?? 0)
    guard expected > verifier.count else { return nil }
    let cause = LogFault.Cause.cut(found: verifier.count, expected: expected)
    return LogFault(line: verifier.count + 1, cause: cause)
  }

  static func start(_ sample: Sample) -> LogVerifier {
    LogVerifier(expected: nil, firstDigits: String(sample.first.hex.prefix(16)))
  }

  static func states(_ sample: Sample) throws -> [LogVerifier] {
    var verifier = start(sample)
    var hash = try TreeHash()
    var states = [verifier]
    for (number, line) in sample.lines.enumerated() {
      let roots = LogVerifier.Roots(signed: sample.signed[number + 1], witnessed: nil)
      #expect(try verifier.take(line.span, roots, &hash) == nil)
      states.append(verifier)
    }
    return states
  }

  @Test("the sample is 200 lines, good, and the witness has seen all of them")
  func untouched() throws {
    let sample = try #require(Self.sample)
    #expect(sample.lines.count == 200 && sample.signed[200] != nil && sample.signed[199] != nil)
    let fault = try Self.fault(
      sample.lines,
      after: Self.start(sample),
      signed: sample.signed,
      witnessed: [200: try #require(sample.signed[200])]
    )
    #expect(fault == nil)
  }

  /// By what a byte is changed: `make tamper` tries everything.
  private static var flips: [UInt8] {
    let isWhole = ProcessInfo.processInfo.environment["EVERY_FLIP"] == "1"
    return isWhole ? Array(1...255) : [0x01, 0x08, 0x20, 0x80]
  }

  @Test("every changed byte is found, at its line", arguments: 0..<20)
  func everyByte(night: Int) throws {
    let sample = try #require(Self.sample)
    let witnessed = [200: try #require(sample.signed[200])]
    let states = try Self.states(sample)
    for number in night * 10..<night * 10 + 10 {
      let line = sample.lines[number]
      for place in 0...line.count {
        for flip in Self.flips {
          var changed = (line + [0x0A])
          changed[place] ^= flip
          // A byte that becomes a line end makes two lines of one, and the other way round.
          var rest = Array(changed) + (number + 1 < 200 ? sample.lines[number + 1] + [0x0A] : [])
          if number + 2 < 200 { rest += sample.lines[number + 2] + [0x0A] }
          var pieces = rest.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { Array($0) }
          pieces.removeLast()
          let following = number + 3 < 200 ? sample.lines[(number + 3)...] : []
          let found = try Self.fault(
            pieces + following,
            after: states[number],
            signed: sample.signed,
            witnessed: witnessed
          )
          if found?.line != number + 1 {
            Issue.record(
              "line \(number + 1), place \(place), flip \(flip): \(String(describing: found))"
            )
          }
        }
      }
    }
  }

  @Test("every removed line is found, at its place")
  func everyRemoved() throws {
    let sample = try #require(Self.sample)
    let witnessed = [200: try #require(sample.signed[200])]
    for number in sample.lines.indices {
      var lines = sample.lines
      lines.remove(at: number)
      let found = try Self.fault(
        lines,
        after: Self.start(sample),
        signed: sample.signed,
        witnessed: witnessed
      )
      #expect(found?.line == number + 1, "removed \(number + 1)")
    }
  }

  @Test("every repeated and inserted line is found where it was put in", arguments: 0..<20)
  func everyInserted(night: Int) throws {
    let sample = try #require(Self.sample)
    let witnessed = [200: try #require(sample.signed[200])]
    let states = try Self.states(sample)
    for place in night * 10..<night * 10 + 10 {
      for number in sample.lines.indices {
        let rest = [sample.lines[number]] + sample.lines[place...]
        let found = try Self.fault(
          rest,
          after: states[place],
          signed: sample.signed,
          witnessed: witnessed
        )
        // Which of two equal lines was there first is nobody's question.
        let expected = place == number ? place + 2 : place + 1
        #expect(found?.line == expected, "line \(number + 1) put in at \(place + 1)")
      }
    }
  }

  @Test("every two swapped lines are found, at the first of them", arguments: 0..<20)
  func everySwap(night: Int) throws {
    let sample = try #require(Self.sample)
    let witnessed = [200: try #require(sample.signed[200])]
    let states = try Self.states(sample)
    for first in night * 10..<night * 10 + 10 {
      for second in sample.lines.indices where second > first {
        var lines = sample.lines
        lines.swapAt(first, second)
        let found = try Self.fault(
          lines[first...],
          after: states[first],
          signed: sample.signed,
          witnessed: witnessed
        )
        #expect(found?.line == first + 1, "swapped \(first + 1) and \(second + 1)")
      }
    }
  }

  @Test("every cut tail is found, at the first line that is missing")
  func everyCut() throws {
    let sample = try #require(Self.sample)
    let witnessed = [200: try #require(sample.signed[200])]
    for kept in 0..<200 {
      // Also when the checkpoints were cut with the log.
      for signed in [sample.signed, sample.signed.filter { $0.key <= kept }] {
        let found = try Self.fault(
          sample.lines[..<kept],
          after: Self.start(sample),
          signed: signed,
          witnessed: witnessed
        )
        let expected = LogFault(line: kept + 1, cause: .cut(found: kept, expected: 200))
        #expect(found == expected, "kept \(kept)")
      }
    }
  }

  /// The log written anew from a line on: chained, and signed with the old key.
  private func rewritten(
    _ sample: Sample,
    from number: Int
  ) throws -> (lines: [[UInt8]], signed: [Int: TreeDigest]) {
    var lines = Array(sample.lines[..<(number - 1)])
    var signed: [Int: TreeDigest] = [:]
    var hash = try TreeHash()
    var tree = TreeFrontier()
    var previous = TreeDigest.zeros
    for place in sample.lines.indices {
      if place + 1 >= number {
        var text = String(decoding: sample.lines[place], as: UTF8.self)
        text = text.replacingOccurrences(
          of: #""prev":"[0-9a-f]{64}""#,
          with: "\"prev\":\"\(previous.hex)\"",
          options: .regularExpression
        )
        if place + 1 == number {
          text = text.replacingOccurrences(of: #""outcome":""#, with: #""outcome":"x"#)
        }
        lines.append(Array(text.utf8))
      }
      let line = lines[place]
      previous = try hash.leaf(line.span)
      try tree.append(previous, &hash)
      if sample.signed[place + 1] != nil { signed[place + 1] = try tree.root(&hash) }
    }
    return (lines, signed)
  }

  @Test("history written anew with the old key is found, after the last line that is vouched for")
  func writtenAnew() throws {
    let sample = try #require(Self.sample)
    for number in 1...200 {
      let (lines, signed) = try rewritten(sample, from: number)
      let alone = try Self.fault(
        lines,
        after: LogVerifier(expected: nil),
        signed: signed,
        witnessed: [:]
      )
      #expect(alone == nil, "without a witness nobody sees it")
      // A witness of the last night alone, and one that has seen every night.
      let nights = stride(from: 10, through: 200, by: 10).map { $0 }
      for seen in [[200], nights] {
        let witnessed = try Dictionary(
          uniqueKeysWithValues: seen.map { ($0, try #require(sample.signed[$0])) }
        )
        let found = try #require(
          try Self.fault(
            lines,
            after: Self.start(sample),
            signed: signed,
            witnessed: witnessed
          ),
          "from line \(number)"
        )
        let vouched = seen.last { $0 < number } ?? 1
        #expect(found.line == (number == 1 ? 1 : vouched + 1), "from line \(number)")
        #expect(found.line <= number, "from line \(number)")
      }
    }
  }

  @Test("lines changed with the checkpoints untouched are found, however the chain was mended")
  func mended() throws {
    let sample = try #require(Self.sample)
    for number in 2...200 {
      let (lines, _) = try rewritten(sample, from: number)
      let found = try Self.fault(
        lines,
        after: Self.start(sample),
        signed: sample.signed,
        witnessed: [200: try #require(sample.signed[200])]
      )
      let vouched = sample.signed.keys.filter { $0 < number }.max() ?? 1
      #expect(found?.line == vouched + 1, "from line \(number)")
    }
  }
}
