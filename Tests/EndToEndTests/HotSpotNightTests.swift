import Foundation
import TestSupport
import Testing

@Suite("A night of hot spots")
struct HotSpotNightTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["pipelines", "sample-data"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name),
        withIntermediateDirectories: true
      )
    }
    let names = [
      "pipelines/hot-spots.yaml", "pipelines/contracts", "sample-data/register",
      "sample-data/care", "sample-data/areas",
    ]
    for name in names {
      try FileManager.default.copyItem(
        atPath: "\(repositoryRoot())/\(name)",
        toPath: folder.file(name)
      )
    }
  }

  @Test("publishes the same bytes by 1 and 2 workers, and makes nothing of what is hidden")
  func night() throws {
    var published: [[UInt8]] = []
    for workers in ["1", "2"] {
      let run = try runKoppel(
        ["run", "pipelines/hot-spots.yaml", "--work", "work", "--workers", workers, "--fresh"],
        in: folder.path
      )
      try #require(run.status == 0, "\(run.standardError)")
      published.append(
        try folder.bytes(of: "pipelines/out/hot-spots/2026-08/hospital-hot-spots.csv")
      )
    }
    #expect(published[0] == published[1])
    let lines = String(decoding: published[0], as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let columns = lines[0]
    let rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(columns, $0)) }
    let made = ["smr", "p", "q", "verdict", "zone", "zone_llr", "zone_p", "gi", "gi_q"]
    #expect(columns.filter(made.contains) == made)
    for row in rows where row["observed_mark"] == "x" {
      for name in made + ["smr_lower", "smr_upper"] { #expect(row[name] == "", "\(name)") }
      for name in made { #expect(row["\(name)_mark"] == "x", "\(name)") }
    }
    for row in rows where row["observed_mark"] == "" {
      let (observed, expected) = (Double(row["observed"] ?? ""), Double(row["expected"] ?? ""))
      let ratio = try #require(observed) / #require(expected)
      #expect(abs(try #require(Double(row["smr"] ?? "")) - ratio) <= 5.1e-7)
    }
    #expect(Set(rows.compactMap { $0["observed_mark"] }) == ["", "x"])
    let high = rows.filter { $0["verdict"] == "high" }.compactMap { $0["neighbourhood"] }
    #expect(high == ["BU90010202", "BU90020202"])
  }

  @Test("shows its cases what is not protected")
  func cases() throws {
    let run = try runKoppel(["test", "pipelines/hot-spots.yaml"], in: folder.path)
    #expect(run.status == 0, "\(run.standardError)\(run.standardOutput)")
  }
}
