import Tabular
import Testing

@testable import DisclosureControl
@testable import PipelineFile
@testable import Publication

@Suite("Manifest")
struct ManifestTests {
  private func manifest(run: String = "1") throws -> JSONValue {
    let table = try protect(exampleTable, Protection(minimum: 10, method: .round(base: 5)))
    let release = try Release([table], columns: .full, coverage: [])
    return exampleManifest(run: run).json(tables: release.tables)
  }

  @Test("its form is the published one")
  func hasItsForm() throws {
    let json = try manifest()
    #expect(json["format"] == "koppel-manifest/1")
    #expect(
      json["pipeline"] == [
        "name": "region",
        "title": "Care by neighbourhood",
        "owner": "data@regio.example",
        "purpose": ["text": "Regiobeeld", "basis": "DPIA 2026-014"],
        "period": ["label": "2026-08", "first_day": "2026-08-01", "last_day": "2026-08-31"],
        "sample": true,
        "sha256": .string(String(repeating: "1", count: 64)),
      ]
    )
    #expect(json["release"] == "region/2026-08")
    #expect(json["protection"] == ["method": "round", "base": 5, "minimum": 10])
    #expect(json["residents"] == ["count": 18, "duplicates": 0])
    let inputs = json["inputs"]?.arrayValue?.map { $0["file"] }
    #expect(inputs == ["c.csv.gz", "a.csv.gz", "b.csv.gz"])
    #expect(
      json["sources"]?.arrayValue?.first == [
        "name": "register", "read": 20, "accepted": 18, "rejected": ["bsn-check": 2],
        "skipped": [:], "blanked": ["postcode": 1], "identities": 18,
      ]
    )
    #expect(
      json["sources"]?.arrayValue?.last?["linkage"] == [
        "linked": ["rows": 7, "identities": 4],
        "unlinked": ["rows": 2, "identities": 1],
        "passes": [["on": ["bsn"], "rows": 7, "identities": 4]],
        "unlinked_reasons": ["no-block": ["rows": 2, "identities": 1]],
      ]
    )
    let table = json["tables"]?.arrayValue?.first
    #expect(table?["file"] == "use.csv")
    #expect(table?["marks"] == ["x": 2, "~": 6])
    #expect(json["versions"]?["format"] == "koppel-manifest/1")
  }

  @Test("two runs of one night differ in nothing but the object `run`")
  func keepsTimesApart() throws {
    let first = try #require(try manifest(run: "first").objectValue)
    let second = try #require(try manifest(run: "second").objectValue)
    #expect(first != second)
    #expect(first.filter { $0.key != "run" } == second.filter { $0.key != "run" })
  }
}
