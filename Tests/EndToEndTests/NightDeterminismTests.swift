import Foundation
import TestSupport
import Testing

@Suite("The same inputs, pipeline and key publish the same bytes")
struct NightDeterminismTests {
  @Test("for 1, 2 and 8 workers, from staging, afresh, and in another place and language")
  func sameBytes() throws {
    let region = try NightRegion.sample()
    let first = try region.run(["--workers", "1"])
    try #require(first.status == 0, "\(first.standardError)")
    let expected = try region.published()
    let staged = try stagedFiles(of: region)
    let tables = ["care-by-type.csv", "cost-by-municipality.csv", "use-by-neighbourhood.csv"]
    #expect(expected.keys.sorted() == (tables + ["SHA256SUMS", "manifest.json"]).sorted())
    #expect(staged.count >= 3)
    #expect(try digestsHold(in: region.publishedPath))

    let again = try region.run(["--workers", "2"])
    #expect(again.status == 0)
    #expect(again.standardError.contains("register: unchanged"))
    #expect(try region.published() == expected, "from staging")

    for workers in ["2", "8"] {
      let other = try region.sibling()
      let run = try other.run(
        ["--workers", workers],
        environment: ["TZ": "Asia/Tokyo", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"]
      )
      #expect(run.status == 0, "\(run.standardError)")
      #expect(try other.published() == expected, "\(workers) workers")
      #expect(try stagedFiles(of: other) == staged, "staged by \(workers) workers")
      #expect(try rejects(of: other) == rejects(of: region), "\(workers) workers")
    }

    let fresh = try region.run(["--fresh", "--workers", "8"])
    #expect(fresh.status == 0)
    #expect(!fresh.standardError.contains("unchanged"))
    #expect(try region.published() == expected, "afresh")
    #expect(try stagedFiles(of: region) == staged, "staged afresh")
  }

  @Test("and in the manifest nothing but the object 'run' differs")
  func onlyRunDiffers() throws {
    let region = try NightRegion.madeUp()
    #expect(try region.run().status == 0)
    let path = "pipelines/out/2026-08/manifest.json"
    let first = try region.folder.bytes(of: path)
    #expect(try region.run().status == 0)
    let second = try region.folder.bytes(of: path)
    #expect(first != second)
    #expect(manifestWithoutRun(first) == manifestWithoutRun(second))
    #expect(first.count - manifestWithoutRun(first).count > 100)
  }

  /// Staged tables too are the same: no clock, thread or order of hashing is in them.
  private func stagedFiles(of region: NightRegion) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in region.folder.files() where name.hasPrefix("work/staging/") {
      files[name] = try region.folder.bytes(of: name)
    }
    return files
  }

  private func rejects(of region: NightRegion) throws -> [UInt8]? {
    let name = region.folder.files().first {
      $0.hasPrefix("work/runs/") && $0.hasSuffix("rejects.csv")
    }
    return try name.map { try region.folder.bytes(of: $0) }
  }
}
