import Foundation
import Glibc
import TestSupport
import Testing

/// 60 kills in all; each test kills some of them, and the tests run side by side.
@Suite("A run that is killed leaves nothing half done")
struct NightKillTests {
  @Test("a first night, killed at any moment, then run again", arguments: 0..<4 as Range<UInt64>)
  func firstNight(seed: UInt64) throws {
    var random = SeededGenerator(seed: 100 + seed)
    let region = try NightRegion.madeUp()
    #expect(try region.run().status == 0)
    let expected = try region.published()
    let length = try length(of: region.sibling())
    for number in 0..<8 {
      let night = try region.sibling()
      // The last of them has no key either: the killed run may have made one.
      let hasKey = number < 7
      if !hasKey { try FileManager.default.removeItem(atPath: night.keyPath) }
      let delay = Double.random(in: 0...1.1, using: &random) * length
      let remark: Comment = "seed \(seed), kill \(number) after \(delay) s"
      try killed(night, after: delay)
      let isPublished = FileManager.default.fileExists(atPath: night.publishedPath)
      if isPublished { #expect(try digestsHold(in: night.publishedPath), remark) }

      let second = try night.run()
      #expect(second.status == 0, "\(remark): \(second.standardError)")
      if hasKey {
        #expect(try night.published() == expected, remark)
      } else {
        #expect(try night.tables() == expected.filter { $0.key.hasSuffix(".csv") }, remark)
      }
      try expectClean(night, like: region, remark)
    }
  }

  @Test(
    "a night over an older release, killed at any moment",
    arguments: [("staged", 200), ("staged", 201), ("fresh", 202), ("fresh", 203)]
      as [(String, UInt64)]
  )
  func laterNight(how: String, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = try NightRegion.madeUp()
    try region.editPipeline("minimum: 10\n", "minimum: 25\n")
    #expect(try region.run().status == 0)
    let older = try region.published()
    let base = try region.sibling()
    try region.copyRuns(to: base)
    try base.editPipeline("minimum: 25\n", "minimum: 10\n")

    let options = how == "fresh" ? ["--fresh"] : []
    let undisturbed = try base.sibling()
    try region.copyRuns(to: undisturbed)
    let length = try length(of: undisturbed, options)
    let newer = try undisturbed.published()
    #expect(older.keys == newer.keys && older != newer)

    for number in 0..<7 {
      let night = try base.sibling()
      try region.copyRuns(to: night)
      let delay = Double.random(in: 0...1.1, using: &random) * length
      let remark: Comment = "seed \(seed), kill \(number) after \(delay) s"
      try killed(night, options, after: delay)
      #expect(try digestsHold(in: night.publishedPath), remark)
      let found = try night.published()
      #expect(found == older || found == newer, remark)

      // Also while the second run works, whoever looks finds one of the two, whole.
      let second = try night.start()
      while second.isRunning {
        let seen = try seen(in: night.publishedPath)
        #expect(seen == older || seen == newer, remark)
        pause(seconds: 0.002)
      }
      let run = try second.finish()
      #expect(run.status == 0, "\(remark): \(run.standardError)")
      #expect(try night.published() == newer, remark)
      try expectClean(night, like: region, remark)
    }
  }

  /// Starts a night and kills it; it may have ended before.
  private func killed(
    _ night: NightRegion,
    _ options: [String] = [],
    after delay: Double
  ) throws {
    let process = try night.start(options)
    pause(seconds: delay)
    process.send(SIGKILL)
    let status = try process.finish().status
    #expect(status == 128 + SIGKILL || status == 0)
    // No kill is taken for tampering, and what stands is signed.
    guard FileManager.default.fileExists(atPath: night.logPath) else { return }
    let hasOutput = FileManager.default.fileExists(atPath: night.folder.file("pipelines/out"))
    let output = hasOutput ? ["--output", "pipelines/out"] : []
    let verified = try runKoppel(["log", "verify", "work"] + output, in: night.folder.path)
    #expect(verified.status == 0, "after \(delay) s: \(verified.standardError)")
  }

  /// How long a night takes here and now, from start to end.
  private func length(of night: NightRegion, _ options: [String] = []) throws -> Double {
    let start = monotonicSeconds()
    let run = try night.run(options)
    #expect(run.status == 0, "\(run.standardError)")
    return monotonicSeconds() - start
  }

  /// What a reader sees who opens the folder once: nil when it was replaced meanwhile.
  private func seen(in path: String) throws -> [String: [UInt8]]? {
    for _ in 0..<100 {
      let before = folderIdentity(path)
      let files = try? publishedFiles(in: path)
      if let files, before != nil, folderIdentity(path) == before { return files }
      // Replaced while it was read, or, where folders cannot change place, gone for an instant:
      // then somebody who looks again finds it.
      #expect(before != nil, "no release stands there")
    }
    return nil
  }

  private func folderIdentity(_ path: String) -> UInt64? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
  }

  /// After the second run: nothing is left but what an undisturbed run leaves, and the log is good.
  private func expectClean(
    _ night: NightRegion,
    like other: NightRegion,
    _ remark: Comment
  ) throws {
    let out = try FileManager.default.contentsOfDirectory(
      atPath: night.folder.file("pipelines/out")
    )
    #expect(out == ["2026-08"], remark)
    #expect(try digestsHold(in: night.publishedPath), remark)
    let leftovers = night.folder.files().filter { name in
      let last = (name as NSString).lastPathComponent
      return name.hasPrefix("work") || name.hasPrefix("pipelines")
        ? last.contains(".part") || last.contains(".old") || last.contains(".new")
          || last.contains("staging-") || last == "lock" || last.hasPrefix(".") && last != ".koppel"
        : false
    }
    #expect(leftovers.isEmpty, remark)
    #expect(stagedNames(night) == stagedNames(other), remark)
    let log = try night.verifyLog()
    #expect(log.status == 0, "\(remark): \(log.standardError)")
  }

  private func stagedNames(_ night: NightRegion) -> [String] {
    night.folder.files().filter { $0.hasPrefix("work/staging/") }
  }
}
