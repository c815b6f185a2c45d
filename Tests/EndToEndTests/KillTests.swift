import Foundation
import Glibc
import TestSupport
import Testing

/// A run may be killed at any moment; the next one must end as if nothing had been.
///
/// `KOPPEL_KILLS` says how often; 10 times unless it does.
@Suite("A killed run")
struct KillTests {
  @Test("leaves all or nothing, and the next run publishes the same bytes")
  func recovers() throws {
    let folder = try TemporaryFolder()
    let pristine = "\(repositoryRoot())/Tests/EndToEndTests/Scripts/night"
    try FileManager.default.copyItem(atPath: pristine, toPath: folder.file("night"))
    let begin = DispatchTime.now().uptimeNanoseconds
    let undisturbed = try runKoppel(["run", "night/night.yaml"], in: folder.path)
    let microseconds = (DispatchTime.now().uptimeNanoseconds - begin) / 1000
    try #require(undisturbed.status == 0, "\(undisturbed.standardError)")
    let expected = try folder.bytes(of: "night/out/use.csv")

    let seed: UInt64 = 2
    var random = SeededGenerator(seed: seed)
    let wanted = ProcessInfo.processInfo.environment["KOPPEL_KILLS"].flatMap { Int($0) } ?? 10
    for round in 0..<wanted {
      // By turns from the first run on, and over what is published.
      if round % 2 == 0 {
        try FileManager.default.removeItem(atPath: folder.file("night/out"))
        try FileManager.default.removeItem(atPath: folder.file("night/.koppel"))
      }
      try kill(afterMicroseconds: UInt32(random.next() % microseconds), in: folder)
      if FileManager.default.fileExists(atPath: folder.file("night/out")) {
        #expect(try folder.bytes(of: "night/out/use.csv") == expected, "round \(round)")
      }
      let next = try runKoppel(["run", "night/night.yaml"], in: folder.path)
      #expect(next.status == 0, "round \(round): \(next.standardError)")
      #expect(try folder.bytes(of: "night/out/use.csv") == expected, "round \(round)")
      let leftovers = folder.files().filter {
        $0.hasSuffix("/lock") || $0.contains("/.out.") || $0.hasSuffix(".new")
      }
      #expect(leftovers == [], "round \(round)")
      let log = try runKoppel(["log", "verify", "night/night.yaml"], in: folder.path)
      #expect(log.status == 0, "round \(round): \(log.standardError)")
    }
  }

  private func kill(afterMicroseconds delay: UInt32, in folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try koppelPath())
    process.arguments = ["run", "night/night.yaml", "--fresh"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ["HOME": folder.path, "TMPDIR": folder.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    usleep(delay)
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
