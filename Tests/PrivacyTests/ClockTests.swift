import Diagnostics
import Foundation
import NightlyRun
import Synchronization
import TestSupport
import Testing

@Suite("By the clock")
struct ClockTests {
  @Test("the table of a rotation is kept for 30 days and not a day longer")
  func tableExpires() throws {
    let folder = try Self.folder()
    try Self.night(folder, day: 0)
    try Self.keeping(folder, day: 0).rotate(to: [folder.file("safe/region-2.key")], .init())
    let table = folder.file("keys/.koppel/keys/rotations/region-region.2.table")
    #expect(FileManager.default.fileExists(atPath: table))
    try Self.night(folder, day: 30)
    #expect(FileManager.default.fileExists(atPath: table))
    try Self.night(folder, day: 31)
    #expect(!FileManager.default.fileExists(atPath: table))
    let log = String(decoding: try folder.bytes(of: "keys/.koppel/keys/privacy.log"), as: UTF8.self)
    let told = log.split(separator: "\n").filter { $0.contains("\"event\":\"table.destroyed\"") }
    #expect(told.count == 1)
    #expect(told.first?.contains("\"outcome\":\"expired\"") == true)
    let keeping = try Self.keeping(folder, day: 31)
    #expect(throws: (any Error).self) { try keeping.rollBack(.init()) }
  }

  @Test("a command about keys ends that time too, and no rollback comes after it")
  func tableExpiresWithoutRun() throws {
    for isListed in [false, true] {
      let folder = try Self.folder()
      try Self.night(folder, day: 0)
      try Self.keeping(folder, day: 0).rotate(to: [folder.file("safe/region-2.key")], .init())
      let table = folder.file("keys/.koppel/keys/rotations/region-region.2.table")
      func list(_ day: Int64) throws {
        try KeyKeeping.destroyExpiredTables(
          path: folder.file("keys/keys.yaml"),
          options: Self.options,
          clock: Self.clock(day),
          observer: Silence()
        )
      }
      try list(30)
      #expect(FileManager.default.fileExists(atPath: table))
      if isListed { try list(31) }
      do {
        try Self.keeping(folder, day: 31).rollBack(.init())
        Issue.record("rolled back after the last day")
      } catch let error as any KoppelError {
        #expect(error.exitStatus == .privacyRefused)
        let sentence = error.diagnostics.first?.sentence ?? ""
        #expect(sentence.contains("could be rolled back until 2026-08-31"), "\(sentence)")
      }
      #expect(!FileManager.default.fileExists(atPath: table))
      let told = try Self.lines(folder, "\"event\":\"table.destroyed\"")
      #expect(told.count == 1 && told.first?.contains("\"outcome\":\"expired\"") == true)
      let verify = ["log", "verify", "keys/keys.yaml", "--set", "month=8"]
      let verified = try runKoppel(verify, in: folder.path)
      #expect(verified.status == 0, "\(verified.standardError)")
      #expect(!verified.standardError.contains("not signed yet"), "\(verified.standardError)")
    }
  }

  /// The lines of the log that hold a text.
  private static func lines(_ folder: TemporaryFolder, _ text: String) throws -> [Substring] {
    String(decoding: try folder.bytes(of: "keys/.koppel/keys/privacy.log"), as: UTF8.self)
      .split(separator: "\n").filter { $0.contains(text) }
  }

  @Test("a log whose clock went back is told of, and is good all the same")
  func clockGoesBack() throws {
    let folder = try Self.folder()
    try Self.night(folder, day: 2)
    try Self.night(folder, day: 3)
    try Self.night(folder, day: 1)
    let verify = ["log", "verify", "keys/keys.yaml", "--set", "month=8"]
    let verified = try runKoppel(verify, in: folder.path)
    #expect(verified.status == 0, "\(verified.standardError)")
    let warnings = verified.standardError.split(separator: "\n").filter {
      $0.contains("warning: the clock went back")
    }
    #expect(warnings.count == 1, "\(verified.standardError)")
    #expect(try runKoppel(verify + ["--strict"], in: folder.path).status == 3)
  }

  @Test("a log whose clock goes back in the middle of a run is told of")
  func clockGoesBackInARun() throws {
    let folder = try Self.folder()
    let reads = Mutex(0)
    let outcome = try Night.run(
      path: folder.file("keys/keys.yaml"),
      options: Self.options,
      clock: {
        // The run reads it for its name, its day and its first lines.
        let read = reads.withLock { count in
          count += 1
          return count
        }
        return Self.clock(read < 7 ? 2 : 1)()
      },
      observer: Silence()
    )
    #expect(outcome.publishedFolder != nil)
    let verified = try runKoppel(
      ["log", "verify", "keys/keys.yaml", "--set", "month=8"],
      in: folder.path
    )
    #expect(verified.status == 0, "\(verified.standardError)")
    let warnings = verified.standardError.split(separator: "\n").filter {
      $0.contains("warning: the clock went back: this line is of 2026-08-02T12:00:00.000Z")
    }
    #expect(warnings.count == 1, "\(verified.standardError)")
  }

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let keys = repositoryRoot() + "/Tests/EndToEndTests/Scripts/keys"
    try FileManager.default.copyItem(atPath: keys, toPath: folder.file("keys"))
    let made = try runKoppel(["key", "new", "region", "--to", "safe/region.key"], in: folder.path)
    guard made.status == 0 else { throw CanaryFailure("no key was made") }
    return folder
  }

  private static var options: RunOptions {
    var options = RunOptions()
    options.settings = ["month": "8"]
    return options
  }

  /// Milliseconds at noon of a day, counted from 1 August 2026.
  private static func clock(_ day: Int64) -> @Sendable () -> Int64 {
    { 1_785_585_600_000 + day * 86_400_000 }
  }

  private static func night(_ folder: TemporaryFolder, day: Int64) throws {
    let outcome = try Night.run(
      path: folder.file("keys/keys.yaml"),
      options: options,
      clock: clock(day),
      observer: Silence()
    )
    #expect(outcome.publishedFolder != nil)
  }

  private static func keeping(_ folder: TemporaryFolder, day: Int64) throws -> KeyKeeping {
    try KeyKeeping(
      "region",
      path: folder.file("keys/keys.yaml"),
      options: options,
      clock: clock(day),
      observer: Silence()
    )
  }
}

/// Nobody is told.
private struct Silence: RunObserver {
  func note(_ sentence: String) {}
  func warn(_ diagnostic: Diagnostic) {}
  func progress(_ subject: String, rows: Int) {}
}
