import Foundation
import PipelineFile
import TestSupport
import Testing

@testable import Ingest

/// The layouts as tables, where they are at hand.
private let tables = repositoryRoot() + "/../shared/data/vektis-layouts"

@Suite(
  "Layouts of claims",
  .enabled("the tables of the layouts are not at hand") {
    FileManager.default.fileExists(atPath: tables)
  }
)
struct VektisLayoutTests {
  /// Bytes by record and field.
  private func table(_ layout: VektisLayout) throws -> [String: ClosedRange<Int>] {
    let name = "\(layout.standard)-\(layout.version / 100).\(layout.version % 100)"
    let text = try String(contentsOfFile: "\(tables)/\(name).tsv", encoding: .utf8)
    var fields: [String: ClosedRange<Int>] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let parts = line.split(separator: "\t")
      if let from = Int(parts[2]), let to = Int(parts[3]) {
        fields["\(parts[0]).\(parts[1])"] = from...to
      }
    }
    return fields
  }

  @Test("every field stands where the table has it", arguments: VektisLayout.all.indices)
  func fields(number: Int) throws {
    let layout = VektisLayout.all[number]
    let table = try table(layout)
    for field in layout.fields {
      var name = field.column
      if table["04.date"] != nil, ["start", "end"].contains(name) { name = "date" }
      if table["04.date"] == nil, name == "date" { name = "start" }
      if table["04.count"] == nil, name == "count" { name = "quantity" }
      let record = field.record < 10 ? "0\(field.record)" : "\(field.record)"
      #expect(table["\(record).\(name)"] == field.bytes, "\(layout.standard) \(record).\(name)")
    }
    #expect(table["0\(layout.amountRecord).declared"] == layout.amount)
    #expect(table["99.total_declared"] == layout.total)
    #expect(table["99.detail_records"] == layout.counts.last?.bytes)
    #expect(table["04.forwarding"] == VektisLayout.forwarding...VektisLayout.forwarding)
  }

  @Test("every record ends where its filler begins", arguments: VektisLayout.all.indices)
  func ends(number: Int) throws {
    let layout = VektisLayout.all[number]
    let table = try table(layout)
    for (record, end) in layout.ends {
      let name = record < 10 ? "0\(record)" : "\(record)"
      guard let filler = table["\(name).filler"] else {
        // Of a 03 that no table has only the length is known.
        #expect(record == 3 && end == layout.length)
        continue
      }
      #expect(filler == (end + 1)...layout.length, "\(layout.standard) \(name)")
    }
  }

  @Test("every column that a standard offers is read from it", arguments: VektisLayout.all.indices)
  func columns(number: Int) throws {
    let layout = VektisLayout.all[number]
    let offered = Set(layout.fields.map(\.column)).union(["amount", "care_type"])
    #expect(offered == Set(KnownFormat.vektis.columns(of: [layout.standard]).map(\.name)))
  }
}
