import Foundation
import TestSupport
import Testing

@Suite("A thousand canaries are planted in every format")
struct CanaryFormatsTests {
  @Test("the search finds some in every file that is given")
  func searchFinds() throws {
    let region = try CanaryFormats()
    #expect(region.identifierCount >= 1_000)
    let given = region.folder.files().filter { $0.hasPrefix("given/in/") }
    #expect(given.count > 70)
    for name in given {
      guard let bytes = try? region.folder.bytes(of: name) else { continue }
      #expect(!region.search.hits(in: bytes).isEmpty, "\(name)")
    }
    for (number, file) in region.broken.enumerated() {
      #expect(!region.search.hits(in: file.bytes).isEmpty, "\(number), \(file.read)")
    }
  }

  @Test("and none is in anything that a night, or a command about it, writes")
  func noneIsFound() throws {
    let region = try CanaryFormats()
    for arguments in [
      ["check", "formats.yaml"], ["check", "formats.yaml", "--data"], ["plan", "formats.yaml"],
      ["plan", "formats.yaml", "--columns"], ["run", "formats.yaml"],
      ["run", "formats.yaml", "--fresh", "--log-format", "json", "--workers", "1"],
      ["plan", "formats.yaml"], ["key", "list", "formats.yaml"], ["log", "verify", "formats.yaml"],
      ["log", "show", "formats.yaml"], ["log", "checkpoint", "formats.yaml", "--old", "0"],
      ["log", "report", "formats.yaml"], ["log", "report", "formats.yaml", "--language", "nl"],
      ["log", "report", "formats.yaml", "--html", "../report.html"],
      ["log", "report", "formats.yaml", "--as", "dossier", "--html", "../dossier.html"],
      ["log", "report", "formats.yaml", "--as", "nen7513"],
      ["log", "report", "formats.yaml", "--as", "ldv"], ["show", "out/use.csv"],
    ] { try region.run(arguments) }
    for name in region.folder.files() where name.hasSuffix(".staged") {
      try region.run(["show", "../" + name, "--format", "csv"])
      try region.run(["show", "../" + name, "--identities", "--format", "csv"])
    }
    for place in 0..<3 {
      let status: Int32? = place == 0 ? 0 : nil
      try region.run(
        ["log", "show", "formats.yaml", "--subject", "-"],
        status,
        input: "in/asked-\(place)"
      )
    }
    // Who gives the number as an argument is refused, and it is not said again.
    try region.run(["log", "show", "formats.yaml", "--subject", region.flock[0].bsn], 77)
    for name in region.folder.files() where name.hasPrefix("given/in/") {
      try region.run(["contract", String(name.dropFirst(6)), "--name", "proposed"], nil)
    }
    expectNone(in: region)
    let told = try Self.reasons(in: region)
    #expect(Self.rowReasons.isSubset(of: told), "\(Self.rowReasons.subtracting(told).sorted())")
  }

  @Test("none is in a package, nor in what the region makes of it and of packages that are wrong")
  func handedOver() throws {
    let region = try CanaryFormats()
    for name in ["source", "region"] {
      try FileManager.default.createDirectory(
        atPath: region.folder.file("keys/\(name)"),
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    }
    try region.folder.write(CanaryFormats.supplier.utf8, to: "given/supplier.yaml")
    try region.run(["check", "supplier.yaml"])
    try region.run(["run", "supplier.yaml"])
    let note = String(decoding: try region.folder.bytes(of: "packages/nursing.json"), as: UTF8.self)
    let start = try #require(note.range(of: "\"fingerprint\":\""))
    let fingerprint = String(note[start.upperBound...].prefix(16))
    try region.folder.write(
      CanaryFormats.region(fingerprint: fingerprint).utf8,
      to: "given/region.yaml"
    )
    try region.run(["check", "region.yaml", "--data"], nil)
    try region.run(["run", "region.yaml"])
    for log in ["supplier.yaml", "region.yaml"] {
      for form in [[], ["--as", "dossier"], ["--as", "nen7513"], ["--as", "ldv"]] {
        try region.run(["log", "report", log] + form)
      }
      try region.run(["log", "show", log])
    }
    try region.run(["contract", "../packages/nursing.csv.gz", "--name", "proposed"], nil)
    expectNone(in: region)
    // In place of a package stands an extract, and then a note of persons.
    let name = region.folder.file("packages/nursing.csv.gz")
    try FileManager.default.removeItem(atPath: name)
    try region.folder.write(
      try region.folder.bytes(of: "given/in/rows.csv"),
      to: "given/in/nursing.csv"
    )
    let packing = try runCommand("/bin/gzip", ["given/in/nursing.csv"], in: region.folder.path)
    #expect(packing.status == 0)
    try FileManager.default.moveItem(
      atPath: region.folder.file("given/in/nursing.csv.gz"),
      toPath: name
    )
    #expect(try region.run(["run", "region.yaml"], nil).status != 0)
    try FileManager.default.removeItem(atPath: region.folder.file("packages/patients.json"))
    try region.folder.write(
      try region.folder.bytes(of: "given/in/brp/register.json"),
      to: "packages/patients.json"
    )
    #expect(try region.run(["run", "region.yaml", "--log-format", "json"], nil).status != 0)
    try FileManager.default.removeItem(atPath: region.folder.file("packages"))
    expectNone(in: region)
  }

  @Test("none is in what is said of a file that is refused, though parsers quote what they met")
  func brokenFiles() throws {
    let region = try CanaryFormats()
    var refused = 0
    for (number, file) in region.broken.enumerated() {
      let name = "in/broken/\(number)"
      try region.folder.write(file.bytes, to: "given/" + name)
      try region.folder.write(
        CanaryFormats.pipeline(reading: name, file.read).utf8,
        to: "given/broken.yaml"
      )
      try region.run(["check", "broken.yaml", "--data"], nil)
      let form = number % 2 == 0 ? "json" : "text"
      let run = try region.run(["run", "broken.yaml", "--log-format", form], nil)
      #expect([0, 65].contains(run.status), "\(number), \(file.read): \(run.standardError)")
      if run.status == 65 { refused += 1 }
      // The names of columns are told, whatever they are called; a number in one is not.
      let contract = try region.koppel(["contract", name, "--name", "proposed"])
      let hits = region.search.hits(in: Array(contract.standardOutput.utf8))
        .filter { !$0.hasPrefix("surname") }
      #expect(hits.isEmpty, "contract of \(number), \(file.read): \(hits.prefix(5))")
    }
    #expect(refused > 30)
    expectNone(in: region)
  }

  @Test(
    "none is in what is said of an extract that is given for something else",
    arguments: ["rows.csv", "brp/register.json", "fhir/patients.ndjson", "lo3/register.csv"]
  )
  func mistakenFiles(extract: String) throws {
    let region = try CanaryFormats()
    let name = "in/" + extract
    for arguments in [
      ["check"], ["plan"], ["run"], ["show"], ["key", "list"], ["log", "verify"], ["log", "show"],
      ["log", "report"], ["log", "checkpoint"],
    ] {
      let run = try region.run(arguments + [name], nil)
      #expect(run.status != 70)
    }
    let text = String(decoding: try region.folder.bytes(of: "given/formats.yaml"), as: UTF8.self)
    for (old, new) in [
      ("  rows:\n    domain: care\n", "  rows:\n    domain: care\n    contract: \(name)\n"),
      ("pseudonymise:\n", "pseudonymise:\n  opt_out: {files: \(name), column: bsn}\n"),
      ("{type: code, values: {A: visit}, required: true}", "{type: code, codes: \(name)}"),
    ] {
      let changed = text.replacingOccurrences(of: old, with: new)
      #expect(changed != text)
      try region.folder.write(changed.utf8, to: "given/mistaken.yaml")
      try region.run(["check", "mistaken.yaml"], nil)
      try region.run(["run", "mistaken.yaml"], nil)
    }
  }

  /// The words of `rejects.csv` of all runs.
  private static func reasons(in region: CanaryFormats) throws -> Set<String> {
    var reasons: Set<String> = []
    for name in region.folder.files() where name.hasSuffix("rejects.csv") {
      let text = String(decoding: try region.folder.bytes(of: name), as: UTF8.self)
      for line in text.split(separator: "\n") {
        reasons.formUnion(line.split(separator: ",").map(String.init))
      }
    }
    return reasons
  }

  private static let rowReasons: Set<String> = [
    "required", "encoding", "nul", "control", "quote", "field-count", "line-length", "number",
    "money", "date", "future", "code", "range", "name-script", "name-length", "postcode",
    "bsn-check", "unique", "structure",
  ]
}
