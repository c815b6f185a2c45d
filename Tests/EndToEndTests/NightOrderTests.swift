import Foundation
import TestSupport
import Testing

@Suite("How a delivery is cut and ordered does not change a published table")
struct NightOrderTests {
  @Test("neither the order of register rows, nor of claims, nor the cut, nor names of files")
  func sameTables() throws {
    let region = try NightRegion.sample()
    let first = try region.run()
    try #require(first.status == 0, "\(first.standardError)")
    let expected = try region.tables()
    let persons = try persons(of: region)

    for seed in [11, 12] as [UInt64] {
      var random = SeededGenerator(seed: seed)
      let other = try NightRegion.sample()
      try region.copyKey(to: other)
      try shuffleRegister(of: other, &random)
      try splitClaims(of: other, &random)
      try renameMessages(of: other, &random)
      let run = try other.run()
      #expect(run.status == 0, "seed \(seed): \(run.standardError)")
      #expect(try other.tables() == expected, "seed \(seed)")
      #expect(try self.persons(of: other) == persons, "seed \(seed)")
    }
  }

  /// Who has which id, among residents and in each source.
  private func persons(of region: NightRegion) throws -> [String] {
    try ["register.persons", "care.links", "care.apart", "support.links"].map { table in
      let shown = try runKoppel(
        ["show", "work/staging/\(table).staged", "--format", "csv"],
        in: region.folder.path
      )
      try #require(shown.status == 0, "\(shown.standardError)")
      return shown.standardOutput
    }
  }

  private func shuffleRegister(of region: NightRegion, _ random: inout SeededGenerator) throws {
    let name = "sample-data/register/register.csv.gz"
    let lines = try gunzipped(region.folder.file(name)).split(separator: "\n")
    let rows = lines.dropFirst().shuffled(using: &random)
    // Two files of unequal size, the header repeated.
    let cut = Int.random(in: 1..<rows.count, using: &random)
    for (number, part) in [rows[..<cut], rows[cut...]].enumerated() {
      let text = ([lines[0]] + part).joined(separator: "\n") + "\n"
      try gzip(text.utf8, to: "sample-data/register/part-\(number).csv.gz", in: region.folder)
    }
    try FileManager.default.removeItem(atPath: region.folder.file(name))
  }

  private func splitClaims(of region: NightRegion, _ random: inout SeededGenerator) throws {
    let names = region.folder.files().filter {
      $0.hasPrefix("sample-data/care/") && $0.hasSuffix(".csv.gz")
    }
    var header: Substring = ""
    var rows: [Substring] = []
    for name in names {
      let text = try gunzipped(region.folder.file(name))
      let lines = text.split(separator: "\n")
      header = lines[0]
      rows += lines.dropFirst()
      try FileManager.default.removeItem(atPath: region.folder.file(name))
    }
    rows.shuffle(using: &random)
    try region.editPipeline("/care/*.csv.gz", "/care/*.csv*")
    var start = 0
    var number = 0
    while start < rows.count {
      // Some files hold a single row; line ends of both kinds; the last has none.
      let length = number % 4 == 0 ? 1 : Int.random(in: 500...9000, using: &random)
      let end = min(rows.count, start + length)
      let lineEnd = number % 3 == 0 ? "\r\n" : "\n"
      var text = ([header] + rows[start..<end]).joined(separator: lineEnd)
      if number % 2 == 0 { text += lineEnd }
      let name = "sample-data/care/\(9_000 - number)-part.csv"
      if number % 5 == 0 {
        try region.folder.write(text.utf8, to: name)
      } else {
        try gzip(text.utf8, to: name + ".gz", in: region.folder)
      }
      start = end
      number += 1
    }
  }

  private func renameMessages(of region: NightRegion, _ random: inout SeededGenerator) throws {
    let names = region.folder.files().filter {
      $0.hasPrefix("sample-data/support/") && $0.hasSuffix(".xml")
    }
    for (number, name) in names.shuffled(using: &random).enumerated() {
      try FileManager.default.moveItem(
        atPath: region.folder.file(name),
        toPath: region.folder.file("sample-data/support/message-\(number).xml")
      )
    }
  }
}
