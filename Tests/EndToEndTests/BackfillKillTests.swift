import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Several periods in one go, killed at any moment")
struct BackfillKillTests {
  private static let periods = ["2026-06", "2026-07", "2026-08"]
  private static let range = ["--set", "period=2026-06..2026-08"]

  @Test("go on where they were, and leave what they leave undisturbed", arguments: [300, 301])
  func goesOn(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = try NightRegion.madeUp()
    let start = monotonicSeconds()
    let undisturbed = try region.run(Self.range)
    try #require(undisturbed.status == 0, "\(undisturbed.standardError)")
    let length = monotonicSeconds() - start
    let expected = try releases(of: region)
    for number in 0..<4 {
      let night = try region.sibling()
      let delay = Double.random(in: 0...1, using: &random) * length
      let remark: Comment = "seed \(seed), kill \(number) after \(delay) s"
      let process = try night.start(Self.range)
      pause(seconds: delay)
      process.send(SIGKILL)
      _ = try process.finish()
      let standing = Self.periods.filter { FileManager.default.fileExists(atPath: path($0, night)) }
      let second = try night.run(Self.range)
      #expect(second.status == 0, "\(remark): \(second.standardError)")
      for period in standing {
        #expect(second.standardError.contains("\(period): nothing to do"), remark)
      }
      #expect(try releases(of: night) == expected, remark)
      #expect(try night.verifyLog().status == 0, remark)
    }
  }

  private func path(_ period: String, _ region: NightRegion) -> String {
    region.folder.file("pipelines/out/\(period)")
  }

  private func releases(of region: NightRegion) throws -> [[String: [UInt8]]] {
    try Self.periods.map { try publishedFiles(in: path($0, region)) }
  }
}
