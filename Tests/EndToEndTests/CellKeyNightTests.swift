import TestSupport
import Testing

@Suite("A night whose figures are moved by cell keys")
struct CellKeyNightTests {
  private func region() throws -> NightRegion {
    let region = try NightRegion.sample()
    try region.editPipeline("method: suppress", "method: cell-key")
    try region.editPipeline("columns: full", "columns: values")
    return region
  }

  /// The rows of a table, by their dimensions.
  private func rows(
    _ name: String,
    of region: NightRegion,
    dimensions: Int
  ) throws -> [[Substring]: [Substring]] {
    let bytes = try region.folder.bytes(of: "pipelines/out/2026-08/\(name).csv")
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let fields = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    return Dictionary(
      uniqueKeysWithValues: fields.map {
        (Array($0.prefix(dimensions)), Array($0.dropFirst(dimensions)))
      }
    )
  }

  @Test("is the same to the byte for any number of workers, and the same persons are in any table")
  func sameBytes() throws {
    let region = try region()
    let run = try region.run(["--workers", "1"])
    try #require(run.status == 0, "\(run.standardError)")
    for workers in ["2", "8"] {
      let other = try region.sibling()
      #expect(try other.run(["--workers", workers]).status == 0)
      #expect(try other.published() == region.published(), "\(workers) workers")
    }
    // Residents stand first, and costs of care under the same name, in both tables.
    let areas = try rows("use-by-neighbourhood", of: region, dimensions: 2)
    let towns = try rows("cost-by-municipality", of: region, dimensions: 3)
    let (all, again) = (areas[["total", "total"]] ?? [], towns[["total", "total", "total"]] ?? [])
    #expect(!all.isEmpty)
    #expect(all.first == again.first)
    #expect(all.last == again.dropFirst().first)
  }

  @Test("gives whom it counted last night the same value, and whoever came draws afresh")
  func nextNight() throws {
    let region = try region()
    try #require(try region.run().status == 0)
    let before = try rows("use-by-neighbourhood", of: region, dimensions: 2)
    let path = region.folder.file("sample-data/register/register.csv.gz")
    let lines = try gunzipped(path).split(whereSeparator: \.isNewline)
    // Somebody who has moved away.
    let left = try #require(lines.dropFirst().first)
    let area = try #require(left.split(separator: ";").first { $0.hasPrefix("BU") })
    let text = lines.filter { $0 != left }.joined(separator: "\n") + "\n"
    try gzip(text.utf8, to: "sample-data/register/register.csv.gz", in: region.folder)
    let run = try region.run()
    try #require(run.status == 0, "\(run.standardError)")
    let after = try rows("use-by-neighbourhood", of: region, dimensions: 2)
    let elsewhere = before.filter { ![area, "total"].contains($0.key[0]) }
    #expect(elsewhere.count > 10)
    for (place, figures) in elsewhere { #expect(after[place] == figures, "\(place)") }
    let changed = before.filter { after[$0.key] != $0.value }
    #expect(!changed.isEmpty)
  }
}
