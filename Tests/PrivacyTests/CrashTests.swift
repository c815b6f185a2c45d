import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A crash in the middle of a run")
struct CrashTests {
  @Test("writes no memory anywhere, though cores are allowed: 0 canaries, no core file")
  func crashIsSilent() throws {
    let region = try CanaryRegion(repeats: 1_500)
    let made = try region.koppel(["key", "new", "region", "--to", "../keys/region.key"])
    #expect(made.status == 0)
    var crashes = 0
    for (turn, signal) in [SIGABRT, SIGSEGV, SIGQUIT, SIGBUS, SIGILL, SIGSYS].enumerated() {
      let runs = Self.runCount(region)
      let run = try StartedCommand(
        "/bin/sh",
        ["-c", "ulimit -c unlimited; exec \"$0\" run canary.yaml --fresh", koppelPath()],
        in: region.folder.file("given"),
        environment: region.environment
      )
      try Self.wait(for: run, region, before: runs)
      usleep(UInt32(70_000 * turn))
      let limits = (try? String(contentsOfFile: "/proc/\(run.identifier)/limits", encoding: .utf8))
      if run.isRunning, let limits {
        let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
        #expect(core?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
      }
      run.send(signal)
      let ended = try run.finish()
      // A run that ended before the signal came was no crash.
      if ended.status == 70 || ended.status == 128 + signal { crashes += 1 }
      #expect([0, 70, 128 + signal].contains(ended.status), "signal \(signal): \(ended.status)")
      if ended.status == 70 { #expect(ended.standardError.contains("this is a bug of ours")) }
      expectNone(region, ended, "signal \(signal)")
    }
    #expect(crashes >= 4)
    expectNone(in: region)
    let cores = region.folder.files().filter {
      ($0 as NSString).lastPathComponent.hasPrefix("core")
    }
    #expect(cores.isEmpty)
    #expect(try region.koppel(["run", "canary.yaml"]).status == 0)
  }

  /// Where the system puts a core beside the program, as it does unless told otherwise.
  private static var coresAreLocal: Bool {
    let pattern = try? String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8)
    return pattern.map { !$0.hasPrefix("|") && !$0.contains("/") } ?? false
  }

  @Test(
    "a program that does not forbid it leaves a core, and the search finds in it what memory held",
    .enabled(if: coresAreLocal)
  )
  func coresWouldBeFound() throws {
    let folder = try TemporaryFolder()
    let flock = Canary.flock(3, seed: 41)
    var search = CanarySearch()
    _ = search.add(flock)
    let run = try runCommand(
      "/bin/sh",
      ["-c", "ulimit -c unlimited; kill -SEGV $$"],
      in: folder.path,
      environment: ["HELD": "\(flock[0].bsn) \(flock[1].surname) \(flock[2].iban)"]
    )
    #expect(run.status == 128 + SIGSEGV)
    let core = try #require(folder.files().first { $0.hasPrefix("core") })
    let hits = search.hits(in: try folder.bytes(of: core))
    for kind in ["BSN of 0", "surname of 1", "IBAN of 2"] {
      #expect(hits.contains { $0.hasPrefix(kind) }, "\(kind)")
    }
  }

  @Test("nor is one in any file that a run has open while it reads, with a name or without")
  func openFilesHoldNone() throws {
    let region = try CanaryRegion(repeats: 1_500)
    #expect(try region.koppel(["key", "new", "region", "--to", "../keys/region.key"]).status == 0)
    var looks = 0
    for turn in 0..<6 {
      let runs = Self.runCount(region)
      let run = try StartedCommand(
        koppelPath(),
        ["run", "canary.yaml", "--fresh"],
        in: region.folder.file("given"),
        environment: region.environment
      )
      try Self.wait(for: run, region, before: runs)
      usleep(UInt32(60_000 * turn))
      run.send(SIGSTOP)
      let descriptors = "/proc/\(run.identifier)/fd"
      for name in (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? [] {
        let path = "\(descriptors)/\(name)"
        let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? ""
        let isGiven = ["/given/in/", "/given/codes/", "/keys/"].contains { target.contains($0) }
        guard target.hasPrefix("/"), !target.hasPrefix("/dev"), !isGiven,
          let bytes = try? Data(contentsOf: URL(fileURLWithPath: path))
        else { continue }
        looks += 1
        let hits = region.search.hits(in: [UInt8](bytes))
        #expect(hits.isEmpty, "\(target): \(hits.prefix(5))")
      }
      expectNone(in: region, atLeast: 1)
      run.send(SIGCONT)
      #expect(try run.finish().status == 0)
    }
    #expect(looks > 0)
  }

  private static func runCount(_ region: CanaryRegion) -> Int {
    let folder = region.folder.file("given/.koppel/canary/runs")
    return (try? FileManager.default.contentsOfDirectory(atPath: folder))?.count ?? 0
  }

  /// Until the run has made its folder: by then no core may be dumped, and it goes on to read.
  private static func wait(
    for run: StartedCommand,
    _ region: CanaryRegion,
    before: Int
  ) throws {
    for _ in 0..<2_000 where run.isRunning && runCount(region) == before { usleep(10_000) }
    guard runCount(region) > before else { throw CanaryFailure("no run began") }
  }
}
