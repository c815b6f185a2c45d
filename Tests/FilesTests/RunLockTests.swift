import Diagnostics
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Files

@Suite("The lock of a run")
struct RunLockTests {
  @Test("tells who holds it while it is held, and leaves no file")
  func tellsHolder() throws {
    let folder = try TemporaryFolder()
    let lock = try RunLock(workFolder: folder.path)
    let text = String(decoding: try folder.bytes(of: "lock"), as: UTF8.self)
    let holder = try #require(LockHolder(text: text))
    #expect(holder.process == getpid())
    #expect(try holder.start.wholeMatch(of: Regex("20[0-9]{2}-[0-9-]{5}T[0-9:]{8}Z")) != nil)
    lock.release()
    #expect(folder.files() == [])
  }

  @Test("is refused at once to a second, with the name of the first")
  func refusesSecond() throws {
    let folder = try TemporaryFolder()
    let lock = try RunLock(workFolder: folder.path)
    let error = #expect(throws: FilesError.self) { _ = try RunLock(workFolder: folder.path) }
    #expect(error?.exitStatus == .lockHeld)
    guard case .lockHeld(let path, let holder?) = error else {
      Issue.record("another error")
      return
    }
    #expect(path == folder.file("lock"))
    #expect(holder.process == getpid())
    let sentence = error?.diagnostics.first?.sentence ?? ""
    #expect(sentence.contains("process \(getpid())"))
    #expect(sentence.contains(holder.start))
    lock.release()
    try RunLock(workFolder: folder.path).release()
  }

  @Test("of a process that was killed is free, whatever its file says")
  func isFreedByDeath() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("lock")
    // `flock` of util-linux holds the lock as a run would; then it dies as a run might.
    let other = Process()
    other.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    other.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let holder = LockHolder(process: 1, start: "2026-08-31T02:00:00Z", host: "night")
    other.arguments = [
      "--no-fork", path, "/bin/sh", "-c", "printf '\(holder.text)' >lock; >held; exec sleep 600",
    ]
    try other.run()
    for _ in 0..<10_000 where fileKind(of: folder.file("held")) == nil { usleep(1000) }
    #expect(throws: FilesError.lockHeld(path: path, holder: holder)) {
      _ = try RunLock(workFolder: folder.path)
    }
    kill(other.processIdentifier, SIGKILL)
    other.waitUntilExit()
    try RunLock(workFolder: folder.path).release()
    #expect(fileKind(of: path) == nil)
  }

  @Test("left by a killed run is taken over")
  func takesOverLeftover() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(repeating: 0x78, count: 2000), to: "lock")
    let lock = try RunLock(workFolder: folder.path)
    let text = String(decoding: try folder.bytes(of: "lock"), as: UTF8.self)
    #expect(LockHolder(text: text)?.process == getpid())
    lock.release()
  }

  @Test("is held by one at a time, however many come and go")
  func excludes() throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    let inside = Atomic<Int>(0)
    let taken = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<500 {
        guard let lock = try? RunLock(workFolder: path) else { continue }
        if inside.add(1, ordering: .sequentiallyConsistent).newValue != 1 {
          Issue.record("two held the lock at once")
        }
        taken.add(1, ordering: .relaxed)
        inside.subtract(1, ordering: .sequentiallyConsistent)
        lock.release()
      }
    }
    #expect(taken.load(ordering: .relaxed) > 0)
    #expect(folder.files() == [])
  }

  @Test("in a folder that is not there is an error of output")
  func tellsMissingFolder() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: FilesError.self) {
      _ = try RunLock(workFolder: folder.file("no"))
    }
    #expect(error == .system(.create, path: folder.file("no/lock"), code: ENOENT))
  }

  @Test("holder is only read when it is complete")
  func readsHolder() {
    let holder = LockHolder(process: 12, start: "2026-08-31T02:00:00Z", host: "a b")
    #expect(LockHolder(text: holder.text) == holder)
    for length in 0..<holder.text.utf8.count {
      #expect(LockHolder(text: String(holder.text.prefix(length))) != holder)
    }
  }
}
