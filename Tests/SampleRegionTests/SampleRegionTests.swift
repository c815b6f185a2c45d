import Diagnostics
import Foundation
import SampleRegion
import Testing

@Suite("The made-up region")
struct SampleRegionTests {
  @Test("The same seed gives the same bytes")
  func sameBytes() throws {
    let left = try WrittenRegion(residents: 400, seed: 7)
    let right = try WrittenRegion(residents: 400, seed: 7)
    let paths = try left.paths()
    #expect(try right.paths() == paths)
    #expect(left.summary == right.summary)
    #expect(left.summary.files == paths.count)
    for path in paths { #expect(try left.stored(path) == right.stored(path), "\(path)") }
  }

  @Test("Another seed gives another region")
  func otherBytes() throws {
    let left = try WrittenRegion(residents: 400, seed: 7)
    let right = try WrittenRegion(residents: 400, seed: 8)
    for path in ["register/register.csv.gz", "care/claims_2026-01.csv.gz", "truth/truth.csv"] {
      #expect(try left.stored(path) != right.stored(path), "\(path)")
    }
  }

  @Test("The committed sample is what the tool writes")
  func committedSample() throws {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let committed = repository.appendingPathComponent("sample-data").path
    let region = try WrittenRegion(residents: 2_000, seed: 2026)
    let paths = try region.paths()
    #expect(try WrittenRegion.paths(below: committed) == paths)
    var byteCount = 0
    for path in paths {
      let stored = try region.stored(path)
      byteCount += stored.count
      let other = try Data(contentsOf: URL(fileURLWithPath: "\(committed)/\(path)"))
      #expect(stored == other, "\(path)")
    }
    #expect(paths.count <= 300)
    #expect(byteCount < 3_000_000)
  }

  @Test("All text is UTF-8")
  func encoding() throws {
    let region = try WrittenRegion(residents: 400, seed: 7)
    for path in try region.paths() { #expect(try region.text(path) != nil, "\(path)") }
  }

  @Test("The truth lies in its own folder")
  func truthApart() throws {
    let region = try WrittenRegion(residents: 400, seed: 7)
    let parts = Set(try region.paths().map { $0.split(separator: "/").first.map(String.init) })
    #expect(
      parts == [
        "README.md", "register", "care", "support", "waiting-list", "areas", "survey", "truth",
      ]
    )
    for path in try region.paths() where !path.hasPrefix("truth") && path != "README.md" {
      let text = try region.text(path) ?? ""
      #expect(!text.contains("P0000") && !text.contains("mistyped"), "\(path)")
    }
  }

  @Test("A folder that holds something is left as it is")
  func refusesFullFolder() throws {
    let region = try WrittenRegion(residents: 100, seed: 1)
    let before = try region.paths()
    #expect(throws: SampleRegionError.self) {
      try SampleRegion(residents: 100, seed: 1).write(to: region.folder)
    }
    #expect(try region.paths() == before)
  }

  @Test("Too few and too many residents are refused", arguments: [-1, 0, 99, 20_000_001])
  func refusesCount(residents: Int) {
    #expect(throws: SampleRegionError.self) {
      try SampleRegion(residents: residents, seed: 1).write(to: "/nonexistent/koppel")
    }
  }

  @Test("The error of a folder that cannot be made names it and ends with 73")
  func cannotMake() {
    do {
      _ = try SampleRegion(residents: 100, seed: 1).write(to: "/proc/koppel-region")
      Issue.record("wrote into /proc")
    } catch {
      #expect(error.exitStatus.rawValue == 73)
      #expect(error.diagnostics.first?.text.contains("/proc/koppel-region") == true)
    }
  }
}
