import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import PrivacyLog

@Suite struct LogVerifierTests {
  /// Made once: each line of a log waits for the disk.
  static let sixty = try? sampleLog(60)

  /// The fault that verification finds in these lines, without a file.
  static func fault(_ lines: [[UInt8]], _ head: LogHead?) throws -> LogFault? {
    var verifier = LogVerifier(expected: head)
    var hash = try TreeHash()
    for line in lines {
      if let fault = try verifier.take(line.span, .none, &hash) { return fault }
    }
    return try verifier.finish(&hash)
  }

  /// The same of bytes; what follows the last line end is no line.
  static func fault(_ bytes: [UInt8], _ head: LogHead?) throws -> LogFault? {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    return try fault(Array(lines.dropLast()), head)
  }

  static func joined(_ lines: some Sequence<[UInt8]>) -> [UInt8] { lines.flatMap { $0 + [0x0A] } }

  @Test("every changed byte of a log is found, at its line", arguments: 0..<60)
  func everyByte(number: Int) throws {
    let (lines, head) = try #require(Self.sixty)
    var random = SeededGenerator(seed: UInt64(number))
    for place in lines[number].indices {
      var changed = lines
      changed[number][place] ^= UInt8.random(in: 1...255, using: &random)
      // A byte that becomes a line end makes two lines of one.
      let pieces = changed[number].split(separator: 0x0A, omittingEmptySubsequences: false)
      changed.replaceSubrange(number...number, with: pieces.map { Array($0) })
      if try Self.fault(changed, head)?.line != number + 1 {
        Issue.record("line \(number + 1), place \(place), seed \(number)")
      }
    }
    guard number + 1 < lines.count else { return }
    var joined = lines
    joined[number] += [0x0B] + joined.remove(at: number + 1)
    #expect(try Self.fault(joined, head)?.line == number + 1)
  }

  @Test("every flipped bit of a log is found, at its line")
  func everyBit() throws {
    let (lines, head) = try sampleLog(4)
    let whole = Self.joined(lines)
    var line = 1
    for place in whole.indices {
      for bit in 0..<8 {
        var changed = whole
        changed[place] ^= 1 << UInt8(bit)
        if try Self.fault(changed, head)?.line != line {
          Issue.record("place \(place), bit \(bit)")
        }
      }
      if whole[place] == 0x0A { line += 1 }
    }
  }

  @Test("every removed, repeated, swapped and inserted line is found, at its place")
  func everyLine() throws {
    let (lines, head) = try #require(Self.sixty)
    #expect(try Self.fault(lines, head) == nil)
    for number in lines.indices {
      var removed = lines
      removed.remove(at: number)
      #expect(try Self.fault(removed, head)?.line == number + 1, "removed \(number)")
      for place in [number + 1, 0, 30, 60] {
        var repeated = lines
        repeated.insert(lines[number], at: place)
        let first = place == number ? place + 2 : place + 1
        #expect(
          try Self.fault(repeated, head)?.line == first,
          "repeated \(number) at \(place)"
        )
      }
      for other in lines.indices where other > number {
        var swapped = lines
        swapped.swapAt(number, other)
        #expect(
          try Self.fault(swapped, head)?.line == number + 1,
          "swapped \(number) and \(other)"
        )
      }
    }
  }

  @Test("a line forged with the right number and link is found where it was put in")
  func forged() throws {
    let (lines, head) = try #require(Self.sixty)
    for number in 1..<lines.count {
      let original = String(decoding: lines[number], as: UTF8.self)
      let forged = Array(original.replacingOccurrences(of: "Zwolle", with: "Zutphen").utf8)
      #expect(forged != lines[number])
      var inserted = lines
      inserted.insert(forged, at: number)
      #expect(try Self.fault(inserted, head)?.line == number + 1, "at \(number)")
      var replaced = lines
      replaced[number] = forged
      #expect(try Self.fault(replaced, head)?.line == number + 1, "at \(number)")
    }
  }

  @Test("every cut tail is found against the head, at the first missing line")
  func everyCut() throws {
    let (lines, head) = try #require(Self.sixty)
    for number in lines.indices {
      let expected = LogFault(line: number + 1, cause: .cut(found: number, expected: 60))
      #expect(try Self.fault(Array(lines[..<number]), head) == expected, "line \(number + 1)")
    }
    let before = Self.joined(lines.dropLast())
    for count in 0...lines[59].count {
      let expected = LogFault(line: 60, cause: .cut(found: 59, expected: 60))
      #expect(try Self.fault(before + lines[59][..<count], head) == expected, "byte \(count)")
    }
  }

  @Test("a log written anew from some line on is found against the head")
  func writtenAnew() throws {
    let (lines, head) = try #require(Self.sixty)
    let other = try sampleLog(61)
    #expect(try Self.fault(other.lines, head) == nil, "lines after the head are sound")
    let folder = try LogFolder()
    try folder.write(Array(lines[..<30]))
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    while log.head.size < 60 {
      try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:])
    }
    #expect(try folder.verify(head).fault == LogFault(line: 60, cause: .changed))
    #expect(try folder.verify().fault == nil)
  }

  @Test("the verdict holds the head, the exit status and a message with the line")
  func verdict() throws {
    let (lines, head) = try sampleLog(5)
    let folder = try LogFolder()
    try folder.write(lines)
    let good = try folder.verify(head)
    #expect(good.head == head && good.exitStatus == .success && good.diagnostics.isEmpty)
    let unwitnessed = try folder.verify()
    #expect(unwitnessed.exitStatus == .success && unwitnessed.diagnostics.count == 1)
    var changed = lines
    changed[2][20] ^= 1
    try folder.write(changed)
    let bad = try folder.verify(head)
    #expect(bad.exitStatus == .tampered)
    #expect(bad.diagnostics.first?.place?.line == 3)
    #expect(bad.diagnostics.first?.text.contains("privacy.log:3: error: ") == true)
  }

  @Test("a torn tail after the head is a warning, before it a cut")
  func tornTail() throws {
    let (lines, head) = try sampleLog(5)
    let folder = try LogFolder()
    try folder.write(Self.joined(lines) + Array("{\"ev".utf8))
    let verdict = try folder.verify(head)
    #expect(verdict.fault == nil && verdict.tornByteCount == 4 && verdict.diagnostics.count == 1)
    try folder.write(Array(Self.joined(lines).dropLast()))
    #expect(try folder.verify(head).fault?.line == 5)
  }

  @Test("a second genesis is refused")
  func secondGenesis() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    try log.append(.logCreated, run: testRun, outcome: "created", fields: [:])
    #expect(try folder.verify().fault == LogFault(line: 2, cause: .createdAgain))
  }
}
