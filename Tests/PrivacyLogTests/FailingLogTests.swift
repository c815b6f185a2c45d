import Cryptography
import Files
import Foundation
import Glibc
import Tabular
import Testing

@testable import PrivacyLog

/// A disk on which the n-th call fails; what did not come to it is gone.
@Suite("A log whose disk fails")
struct FailingLogTests {
  /// Counts calls and lets some of them fail.
  final class Disk {
    let failing: Set<Int>
    let alsoCuts: Bool
    var count = 0
    var hasFailed = false

    init(_ failing: Set<Int>, alsoCuts: Bool) {
      self.failing = failing
      self.alsoCuts = alsoCuts
    }

    func call(_ call: LogFile.Call) throws(FilesError) {
      count += 1
      // A disk that fails goes on failing, but for cuts, which it may let pass.
      if call == .cut {
        if hasFailed && alsoCuts { throw .system(.write, path: "disk", code: EIO) }
        return
      }
      guard failing.contains(count) else { return }
      hasFailed = true
      throw .system(.synchronise, path: "disk", code: EIO)
    }
  }

  /// The lines of a night, most of which leave the wait to a later one.
  private func night(_ log: PrivacyLog, _ nights: SignedNights) throws {
    let key = JSONValue.string(lowerHex(nights.key.publicKey))
    try log.append(.runStarted, run: testRun, outcome: "started", fields: ["pipeline": "region"])
    try log.append(
      .keyLoaded,
      run: testRun,
      outcome: "loaded",
      fields: ["key": ["id": "log.1", "name": "log", "public": key]]
    )
    for stage in 0..<3 {
      try log.append(
        .stageEnded,
        run: testRun,
        outcome: "read",
        fields: ["stage": .integer(Int64(stage))],
        waiting: false
      )
    }
    try log.seal(nights.key, isNightEnd: false)
    try log.append(.filtersDeleted, run: testRun, outcome: "linked", fields: [:], waiting: false)
    try log.append(.outputReleased, run: testRun, outcome: "released", fields: [:])
    try log.seal(nights.key, isNightEnd: false)
    try log.append(.runEnded, run: testRun, outcome: "published", fields: [:])
    try log.seal(nights.key, isNightEnd: true)
  }

  @Test(
    "is cut back to what is on the disk, never written to again, and good for the next night",
    arguments: 1...18,
    [false, true]
  )
  func everyCall(number: Int, alsoCuts: Bool) throws {
    let folder = try LogFolder()
    let nights = try SignedNights(folder, clock: tickingClock())
    try nights.night(1)
    let before = try folder.bytes()
    let disk = Disk([number], alsoCuts: alsoCuts)
    do {
      let log = try openedWhenFree {
        try PrivacyLog.open(path: folder.log, pipeline: "region", clock: tickingClock())
      }
      log.file.failing = { (call) throws(FilesError) in try disk.call(call) }
      do {
        try night(log, nights)
        #expect(number > disk.count, "call \(number) of \(disk.count)")
      } catch let error as PrivacyLogError {
        guard case .file = error else { throw error }
        #expect(disk.hasFailed)
        let left = try folder.bytes()
        if !alsoCuts {
          // A line that was not waited for is not there: nobody can tell whether it is on the disk.
          #expect(left.count == log.file.safeByteCount)
          #expect(log.head == log.safeHead)
        }
        #expect(left.starts(with: before))
        let calls = disk.count
        for _ in 0..<2 {
          #expect(throws: PrivacyLogError.closed(path: folder.log)) {
            try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:])
          }
          #expect(throws: PrivacyLogError.closed(path: folder.log)) {
            try log.seal(nights.key, isNightEnd: true)
          }
        }
        #expect(disk.count == calls, "a log that failed was written to")
        #expect(try folder.bytes() == left)
        // What a manifest says of the log stands there.
        #expect(try folder.verify(log.safeHead).fault == nil)
      }
    }
    // Power goes: what was not waited for may be gone, and no checkpoint is of more.
    #expect(try nights.verify().fault == nil)
    try nights.night(2)
    let after = try nights.verify()
    #expect(after.fault == nil && after.sealedSize == after.head.size)
  }

  @Test("has no checkpoint over a line that is not on the disk")
  func sealWaits() throws {
    let folder = try LogFolder()
    let nights = try SignedNights(folder, clock: tickingClock())
    try nights.night(1)
    let log = try PrivacyLog.open(path: folder.log, pipeline: "region", clock: tickingClock())
    try log.append(.stageEnded, run: testRun, outcome: "read", fields: [:], waiting: false)
    #expect(log.safeHead.size == 9 && log.head.size == 10)
    let disk = Disk([1], alsoCuts: false)
    log.file.failing = { (call) throws(FilesError) in try disk.call(call) }
    #expect(throws: PrivacyLogError.self) { try log.seal(nights.key, isNightEnd: false) }
    #expect(try nights.checkpoints.sizes().checkpoints.last == 9)
    #expect(try folder.bytes().split(separator: 0x0A).count == 9)
  }
}
