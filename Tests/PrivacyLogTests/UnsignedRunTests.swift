import Cryptography
import Diagnostics
import Files
import Foundation
import Tabular
import Testing

@testable import PrivacyLog

@Suite("What stands in a log that nobody signed")
struct UnsignedRunTests {
  /// Appends what a run would write that is killed before it signs.
  static func unfinished(_ nights: SignedNights, run digit: Character) throws {
    let run = String(repeating: digit, count: 32)
    let log = try PrivacyLog.open(
      path: nights.folder.log,
      run: run,
      pipeline: "region",
      clock: tickingClock()
    )
    try log.append(.runStarted, run: run, outcome: "started", fields: [:])
    try log.append(.stageEnded, run: run, outcome: "read", fields: [:])
  }

  @Test(
    "one unfinished run may stand unsigned and is signed by the next, two are of nobody's writing"
  )
  func unsignedRuns() throws {
    let nights = try LogExaminationTests.nights(2)
    try Self.unfinished(nights, run: "a")
    #expect(try nights.verify().fault == nil)
    let one = try nights.folder.bytes()
    // What writes such a log is no run of ours: those sign what they find first.
    try Self.unfinished(nights, run: "b")
    let fault = LogFault(line: 21, cause: .unsignedRun(after: 18))
    #expect(try nights.verify().fault == fault)
    #expect(fault.exitStatus == .tampered)
    #expect(throws: PrivacyLogError.tampered(path: nights.folder.log, fault)) {
      try nights.night(3)
    }
    try nights.folder.write(one)
    try nights.night(3)
    let verdict = try nights.verify()
    #expect(verdict.fault == nil && verdict.sealedSize == verdict.head.size)
  }

  @Test("runs that are killed before they could sign what they found are never called forged")
  func killedAgainAndAgain() throws {
    let nights = try LogExaminationTests.nights(2)
    try Self.unfinished(nights, run: "a")
    for digit in ["b", "c", "d"] as [Character] {
      let run = String(repeating: digit, count: 32)
      let log = try PrivacyLog.open(path: nights.folder.log, run: run, pipeline: "region")
      #expect(log.openedUnsealed && log.recovered != nil)
      let key = JSONValue.string(lowerHex(nights.key.publicKey))
      if digit != "b" {
        try log.append(
          .keyLoaded,
          run: run,
          outcome: "loaded",
          fields: ["key": ["name": "log", "public": key]]
        )
      }
      if digit == "d" {
        try log.append(.keyRefused, run: run, outcome: "refused", fields: ["key": ["name": "log"]])
      }
      #expect(try nights.verify().fault == nil, "\(digit)")
    }
    try nights.night(3)
    #expect(try nights.verify().fault == nil)
  }

  @Test("no log begins, nor goes on unsigned, where something tells of runs that it should hold")
  func neverTwice() throws {
    let folder = try LogFolder()
    let fault = LogFault(line: 1, cause: .begunAgain(["out/manifest.json"]))
    func open(_ remnants: [Bool: [String]]) throws {
      _ = try PrivacyLog.open(
        path: folder.log,
        pipeline: "region",
        clock: tickingClock(),
        remnants: { remnants[$0] ?? [] }
      )
    }
    func expectRefused(_ remnants: [Bool: [String]]) {
      #expect(throws: PrivacyLogError.tampered(path: folder.log, fault)) { try open(remnants) }
    }
    expectRefused([true: ["out/manifest.json"]])
    #expect(!somethingStands(at: folder.log))
    for bytes in [[], Array("{\"event\":".utf8)] {
      try folder.write(bytes)
      expectRefused([true: ["out/manifest.json"]])
      #expect(try folder.bytes() == bytes)
    }
    try folder.write([UInt8]())
    try open([:])
    // The log of a first run that was killed: what it may have left itself is passed over.
    try open([true: ["signing.key"]])
    expectRefused([false: ["out/manifest.json"]])
    try SignedNights(folder, clock: tickingClock()).night(1)
    try open([true: ["out/manifest.json"], false: ["out/manifest.json"]])
    let told = PrivacyLogError.tampered(path: folder.log, fault).diagnostics.first
    #expect(
      told?.sentence.contains("found no log, and of earlier runs 'out/manifest.json'") == true
    )
    #expect(told?.hint?.contains("put the log back from a backup") == true)
  }
}
