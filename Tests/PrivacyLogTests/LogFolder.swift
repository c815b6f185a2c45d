import Files
import Foundation
import Glibc
import Synchronization
import Tabular
import Testing

@testable import PrivacyLog

/// A folder of its own for one test, removed with the value.
final class LogFolder: Sendable {
  let path: String
  var log: String { "\(path)/privacy.log" }

  init() throws {
    let name = "koppel-log-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    try #require(unsafe mkdir(path, 0o700) == 0)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func bytes(_ name: String = "privacy.log") throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func write(_ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: log))
  }

  func write(_ lines: [[UInt8]]) throws { try write(lines.flatMap { $0 + [0x0A] }) }

  func verify(_ head: LogHead? = nil) throws -> LogVerdict {
    try PrivacyLog.verify(path: log, expectedHead: head)
  }
}

/// A clock that ticks a second each time it is read.
func tickingClock() -> () -> Int64 {
  var now: Int64 = 1_786_000_000_000
  return {
    now += 1000
    return now
  }
}

/// Opens a log, and waits while it is held.
///
/// A process that another test starts has all open files of this one until it is another program: a
/// lock that was let go just then is held a moment longer.
func openedWhenFree(_ open: () throws -> PrivacyLog) throws -> PrivacyLog {
  for _ in 0..<1000 {
    do { return try open() } catch PrivacyLogError.held { usleep(10_000) }
  }
  return try open()
}

let testRun = "00112233445566778899aabbccddeeff"

/// Lines of a log of some nights, without line ends, and its head.
func sampleLog(_ count: Int) throws -> (lines: [[UInt8]], head: LogHead) {
  let folder = try LogFolder()
  let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
  let events: [LogEvent] = [.runStarted, .keyLoaded, .stageEnded, .outputReleased, .runEnded]
  while log.head.size < count {
    try log.append(
      events[log.head.size % events.count],
      run: testRun,
      outcome: "done",
      fields: ["counts": ["read": .integer(Int64(log.head.size * 7))], "host": "Zwolle\n"]
    )
  }
  let lines = try folder.bytes().split(separator: 0x0A).map { Array($0) }
  return (lines, log.head)
}
