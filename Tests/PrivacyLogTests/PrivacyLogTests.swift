import Diagnostics
import Files
import Foundation
import Glibc
import Tabular
import Testing

@testable import PrivacyLog

@Suite struct PrivacyLogTests {
  @Test("a new log begins with log.created, each line holds the hash of the one before")
  func chain() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    #expect(log.head.size == 1 && log.recovered == nil)
    try log.append(.runStarted, run: testRun, outcome: "started", fields: [:])
    let lines = try folder.bytes().split(separator: 0x0A).map { Array($0) }
    let zeros = String(repeating: "0", count: 64)
    #expect(
      String(decoding: lines[0], as: UTF8.self)
        == #"{"event":"log.created","outcome":"created","prev":"\#(zeros)","#
        + #""run":"\#(PrivacyLog.noRun)","seq":1,"ts":1786000001000,"v":1}"#
    )
    let first = try TreeHash.leaf(lines[0]).hex
    #expect(
      String(decoding: lines[1], as: UTF8.self)
        == #"{"event":"run.started","outcome":"started","prev":"\#(first)","#
        + #""run":"\#(testRun)","seq":2,"ts":1786000002000,"v":1}"#
    )
    #expect(try log.head == LogHead(size: 2, hash: TreeHash.leaf(lines[1]).hex))
    var status = stat()
    #expect(unsafe stat(folder.log, &status) == 0 && status.st_mode & 0o7777 == 0o600)
  }

  @Test("the same events at the same times give the same bytes")
  func deterministic() throws {
    let first = try sampleLog(12)
    let second = try sampleLog(12)
    #expect(first.lines == second.lines && first.head == second.head)
  }

  @Test("a log that is opened again goes on where it was, without a second genesis")
  func openedAgain() throws {
    let folder = try LogFolder()
    for night in 1...3 {
      let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
      #expect(log.head.size == night)
      try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:])
    }
    let verdict = try folder.verify()
    #expect(verdict.fault == nil && verdict.head.size == 4)
  }

  @Test("a second writer is refused at once, and let in when the first has gone")
  func oneWriter() throws {
    let folder = try LogFolder()
    let first = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    #expect(throws: PrivacyLogError.held(path: folder.log)) {
      _ = try PrivacyLog.open(path: folder.log)
    }
    withExtendedLifetime(first) {}
  }

  @Test("the lock goes with the writer")
  func lockGoes() throws {
    let folder = try LogFolder()
    _ = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    #expect(try PrivacyLog.open(path: folder.log).head.size == 1)
  }

  @Test("a log torn at any byte of its last line is recovered, said so, and is then sound")
  func tornAnywhere() throws {
    let (lines, _) = try sampleLog(3)
    let whole: [UInt8] = lines.flatMap { $0 + [0x0A] }
    let lastStart = whole.count - lines[2].count - 1
    for end in lastStart..<whole.count {
      let folder = try LogFolder()
      try folder.write(Array(whole[..<end]))
      let torn = end - lastStart
      let before = try folder.verify()
      #expect(before.fault == nil && before.tornByteCount == torn, "end \(end)")
      let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
      #expect((log.recovered == nil) == (torn == 0), "end \(end)")
      #expect(log.head.size == (torn == 0 ? 2 : 3), "end \(end)")
      let after = try folder.verify(log.head)
      #expect(after.fault == nil && after.tornByteCount == 0, "end \(end)")
      if torn > 0 {
        #expect(try folder.bytes("privacy.log.torn") == Array(whole[lastStart..<end]) + [0x0A])
      }
    }
  }

  @Test("a log torn in its first line begins once, and tells of the tear after it")
  func tornGenesis() throws {
    let folder = try LogFolder()
    try folder.write(Array("{\"event\":\"log.cre".utf8))
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    #expect(log.head.size == 2 && log.recovered != nil)
    let text = String(decoding: try folder.bytes(), as: UTF8.self)
    #expect(text.components(separatedBy: "log.created").count == 2)
    #expect(text.contains("log.recovered"))
    #expect(try folder.verify(log.head).fault == nil)
  }

  @Test("two tears stand one after the other beside the log")
  func twoTears() throws {
    let folder = try LogFolder()
    try folder.write(Array("first".utf8))
    _ = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    try folder.write(folder.bytes() + Array("second".utf8))
    _ = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    #expect(try folder.bytes("privacy.log.torn") == Array("first\nsecond\n".utf8))
  }

  @Test("nothing is added after a last line that is no line of a log")
  func refusesBadEnd() throws {
    let folder = try LogFolder()
    var (lines, _) = try sampleLog(4)
    lines[3].removeLast()
    try folder.write(lines)
    do {
      _ = try PrivacyLog.open(path: folder.log)
      Issue.record("a bad last line was taken")
    } catch {
      #expect(error.exitStatus == .tampered)
    }
    #expect(try folder.bytes() == lines.flatMap { $0 + [0x0A] })
  }

  @Test("what does not fit in a line is refused before a byte is written")
  func unfit() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    let before = try folder.bytes()
    let unfit: [(String, String, [String: JSONValue])] = [
      ("x", "done", [:]), (testRun.uppercased(), "done", [:]), (testRun, "", [:]),
      (testRun, "done", ["seq": 1]), (testRun, "done", ["prev": ""]),
      (testRun, "done", ["naïef": 1]), (testRun, "done", ["n": 9_007_199_254_740_992]),
      (testRun, "done", ["n": .integer(.min)]),
    ]
    for (run, outcome, fields) in unfit {
      #expect(throws: PrivacyLogError.self) {
        try log.append(.heartbeat, run: run, outcome: outcome, fields: fields)
      }
    }
    #expect(try folder.bytes() == before)
    try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:])
    #expect(try folder.verify(log.head).fault == nil)
  }

  @Test("texts of every kind are written so that they verify")
  func texts() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    let controls = String(String.UnicodeScalarView((0..<0x30).compactMap(Unicode.Scalar.init)))
    for text in ["", "\"\\/", controls, "Zoë", "Zoe\u{308}", "👩🏽‍⚕️", "\u{7F}\u{2028}"] {
      let fields: [String: JSONValue] = [
        "host": .string(text), "list": [.string(text), .null, true, -1, [:], []],
      ]
      try log.append(.runStarted, run: testRun, outcome: "started", fields: fields)
    }
    #expect(try folder.verify(log.head).fault == nil)
  }

  @Test("a symbolic link and a folder are no log")
  func notAFile() throws {
    let folder = try LogFolder()
    try #require(unsafe symlink("elsewhere", folder.log) == 0)
    for _ in 0..<2 {
      #expect(throws: PrivacyLogError.self) { _ = try PrivacyLog.open(path: folder.log) }
      #expect(throws: PrivacyLogError.self) { _ = try folder.verify() }
      _ = unsafe unlink(folder.log)
      _ = unsafe mkdir(folder.log, 0o700)
    }
    do {
      _ = try PrivacyLog.verify(path: folder.path + "/none")
    } catch {
      #expect(error.exitStatus == .inputOutput)
    }
  }

  @Test("a failed write is cut back and nothing follows it, until the log is opened again")
  func failedWrite() async {
    // A limit on file sizes is the process's own: this runs in one of its own.
    await #expect(processExitsWith: .success) {
      let folder = try LogFolder()
      let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
      let before = try folder.bytes()
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: rlim_t(before.count + 40), rlim_max: rlim_t.max)
      guard unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0 else { exit(0) }
      do {
        try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:])
        exit(1)
      } catch let error as PrivacyLogError {
        guard case .file = error else { exit(2) }
      }
      guard try folder.bytes() == before else { exit(3) }
      limit.rlim_cur = rlim_t.max
      guard unsafe setrlimit(__rlimit_resource_t(1), &limit) == 0 else { exit(4) }
      do {
        try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:])
        exit(5)
      } catch let error as PrivacyLogError {
        guard error == .closed(path: folder.log) else { exit(6) }
      }
      guard try folder.bytes() == before, log.head == log.safeHead else { exit(7) }
      guard try folder.verify(log.head).fault == nil else { exit(8) }
      exit(0)
    }
  }
}
