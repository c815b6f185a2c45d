import Foundation
import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

/// Messages of the standard's own examples, where they are at hand.
private let examples = repositoryRoot() + "/../shared/data/iwmo-2.0"

private func names(in folder: String, ending: String) -> [String] {
  let all = (try? FileManager.default.contentsOfDirectory(atPath: "\(examples)/\(folder)")) ?? []
  return all.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
}

@Suite(
  "EI twins",
  .enabled("the examples of iWmo 2.0 are not at hand") {
    FileManager.default.fileExists(atPath: examples)
  }
)
struct EiTwinTests {
  let extract = Extract.iwmo(
    KnownFormat.iwmo.columns.map { column($0.name, $0.type) },
    messages: [301, 305, 307, 315]
  )

  @Test("an XML message and its EI twin give equal rows, column by column")
  func twins() throws {
    let twins = names(in: "ei", ending: ".ei")
    #expect(twins.count == 11)
    for name in twins {
      let flat = try extract.read(paths: ["\(examples)/ei/\(name).ei"])
      let xml = try extract.read(paths: ["\(examples)/xml/\(name).xml"])
      #expect(flat.rows == xml.rows, "\(name)")
      #expect(flat.corrections == xml.corrections, "\(name)")
      #expect(flat.accepted == flat.read && flat.read > 0, "\(name)")
      #expect(flat.blanked.isEmpty, "\(name)")
    }
  }

  @Test("messages without a twin are read, and nobody but the client is in them")
  func others() throws {
    for (name, start) in [
      ("WMO301_voorbeeld", "301|201501011123|"), ("WMO305_voorbeeld", "305|"),
      ("WMO307_voorbeeld", "307|"), ("WMO315_voorbeeld", "315|"),
    ] {
      let outcome = try extract.read(paths: ["\(examples)/ei/\(name).txt"])
      let row = try #require(outcome.rows.first)
      #expect(row.hasPrefix(start.prefix(4)), "\(row)")
      #expect(row.contains("|Vries|"), "\(row)")
      #expect(!row.contains("BDG") && !row.contains("Huisarts"), "\(row)")
      #expect(outcome.accepted == 1 && outcome.read == 1)
    }
  }

  @Test("no relation's name, birth date or address comes out")
  func relations() throws {
    for name in names(in: "ei", ending: ".ei") {
      let bytes = [UInt8](
        try Data(contentsOf: URL(filePath: "\(examples)/ei/\(name).ei"))
      )
      var rows = DocumentRows()
      let input = DocumentInput(bytes: bytes, range: 0..<bytes.count)
      let decoder = try DocumentFormat(extract.source)?.decoder(for: input, path: "", file: 0)
      _ = try decoder?.read(into: &rows, byteLimit: .max)
      let text = String(decoding: rows.bytes, as: UTF8.self)
      #expect(!text.contains("istral") && !text.contains("19860401"), "\(name)")
    }
  }
}
