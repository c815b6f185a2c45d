import Files
import Foundation
import Tabular
import TestSupport
import Testing

@Suite("Pseudonyms of two levels")
struct HandOverTests {
  @Test("are the same, and the tables too, wherever the first level was made")
  func sameTables() throws {
    let region = try HandOverRegion()
    let supplier = try region.runSupplier(["--only", "pseudonymise"])
    try #require(supplier.status == 0, "\(supplier.standardError)")
    #expect(supplier.standardError.contains("2 persons object"))
    for form in [HandOverRegion.Form.clear, .mixed, .packages] {
      try region.writeRegion(form)
      let run = try region.runRegion(form)
      try #require(run.status == 0, "\(form): \(run.standardError)")
      #expect(try region.tables(form).count == 2)
    }
    let expected = try region.tables(.clear)
    #expect(try region.tables(.mixed) == expected)
    #expect(try region.tables(.packages) == expected)
    for source in ["register", "care"] {
      let clear = try shown(source, .clear, region)
      #expect(clear.count > 150)
      #expect(clear.contains { $0.contains("ra") || $0.contains("rb") })
      #expect(try shown(source, .packages, region) == clear, "\(source)")
    }
    // What is staged at the supplier is of the first level, and of no use to whoever has the second.
    let first = try shown("care", "work-supplier", region)
    #expect(first.dropFirst().allSatisfy { $0.hasPrefix("s") })
    let log = try runKoppel(["log", "show", "work-packages"], in: region.folder.path)
    #expect(log.standardOutput.contains("handover.read"))
    #expect(log.standardOutput.contains("counts.opted_out="))
    for work in ["work-supplier", "work-packages", "work-clear"] {
      let verdict = try runKoppel(["log", "verify", work], in: region.folder.path)
      #expect(verdict.status == 0, "\(verdict.standardOutput) \(verdict.standardError)")
    }
  }

  @Test(
    "filters are the same under both keys, wherever the first level was made",
    arguments: ["{token: surname, bloom: surname}", "{bloom: surname}"]
  )
  func sameFilters(policy: String) throws {
    let region = try HandOverRegion(surname: policy)
    let supplier = try region.runSupplier()
    try #require(supplier.status == 0, "\(supplier.standardError)")
    // What was handed over is not kept, and what is handed over is not what the region compares.
    let staging = try namesInFolder(region.folder.file("work-supplier/staging"))
    #expect(!staging.contains { $0.hasSuffix(".filters.staged") })
    #expect(try region.note("register").contains("\"encodings\":[\"field-1024-600-2\"]"))
    #expect(try region.note("care").contains("\"encodings\":[]"))
    let lines = try gunzipped(region.folder.file("packages/register.csv.gz"))
    let header = try #require(lines.split(separator: "\n").first).split(separator: ",")
    #expect(header.contains("surname") == policy.contains("token"))
    #expect(header.contains("surname_bloom"))
    var found: [[String]] = []
    for form in [HandOverRegion.Form.clear, .mixed, .packages] {
      try region.writeRegion(form)
      let run = try region.runRegion(form, ["--only", "pseudonymise"])
      try #require(run.status == 0, "\(form): \(run.standardError)")
      found.append(try Self.filters("work-\(form.rawValue)", region))
      let linked = try region.runRegion(form)
      try #require(linked.status == 0, "\(form): \(linked.standardError)")
      let left = try namesInFolder(region.folder.file("work-\(form.rawValue)/staging"))
      #expect(!left.contains { $0.hasSuffix(".filters.staged") })
    }
    #expect(found[1] == found[0] && found[2] == found[0])
    #expect(Set(found[0].map { $0.split(separator: " ").last ?? "" }).count == 5)
    #expect(try region.tables(.packages) == region.tables(.clear))
    let log = try runKoppel(["log", "show", "work-supplier"], in: region.folder.path)
    #expect(log.standardOutput.contains("handed-over"))
    // The bits that leave the supplier are others than those that the region compares.
    let handedOver = Set(lines.split(separator: "\n").flatMap { $0.split(separator: ",") })
    for line in found[0] {
      let filter = line.split(separator: " ").last ?? ""
      #expect(filter == "none" || !handedOver.contains(filter))
    }
  }

  /// Of each identity its BSN's token and its filter in base64, sorted.
  private static func filters(_ work: String, _ region: HandOverRegion) throws -> [String] {
    let folder = region.folder.file("\(work)/staging")
    let file = try StagedFilters(path: "\(folder)/register.surname.filters.staged")
    let (words, numbers) = try file.read()
    let identities = try StagedTable(path: "\(folder)/register.staged").identities()
    guard case .tokens(let tokens)? = identities["bsn"] else { return [] }
    return zip(tokens, numbers).map { token, number in
      guard number >= 0 else { return "\(token) none" }
      var bytes: [UInt8] = []
      for word in words[Int(number) * 16..<Int(number) * 16 + 16] {
        for shift in stride(from: 56, through: 0, by: -8) {
          bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
        }
      }
      return "\(token) \(Data(bytes).base64EncodedString())"
    }.sorted()
  }

  @Test(
    "filters of another encoding are refused with 77, and what is none rejects its row",
    arguments: ["encoding", "none", "bits", "short", "dropped"]
  )
  func refusesFilters(fault: String) throws {
    let region = try HandOverRegion(surname: "{token: surname, bloom: surname}")
    try #require(try region.runSupplier().status == 0)
    try region.writeRegion(.packages)
    let sentence: String
    switch fault {
    case "encoding":
      try region.editNote("register", "field-1024-600-2", "field-1024-500-2")
      sentence = "found Bloom filters encoded as field-1024-500-2, expected field-1024-600-2"
    case "none":
      try region.editNote("register", "[\"field-1024-600-2\"]", "[]")
      sentence = "found no encoding of Bloom filters"
    case "bits":
      try region.repack("register") { $0.replacingOccurrences(of: "=", with: "!") }
      sentence = "a Bloom filter of 128 bytes in base64"
    case "short":
      try region.repack("register") {
        $0.replacingOccurrences(of: "[^,]{4}=,", with: ",", options: .regularExpression)
      }
      sentence = "a Bloom filter of 128 bytes in base64"
    default:
      try region.repack("register") { $0.replacingOccurrences(of: "surname_bloom", with: "x") }
      sentence = "surname_bloom"
    }
    let run = try region.runRegion(.packages)
    #expect(run.status == (["encoding", "none"].contains(fault) ? 77 : 65), "\(run.standardError)")
    #expect(run.standardError.contains(sentence), "\(run.standardError)")
    #expect(!FileManager.default.fileExists(atPath: region.folder.file("out/packages")))
    let left = try namesInFolder(region.folder.file("work-packages/staging"))
    #expect(!left.contains { $0.hasSuffix(".filters.staged") })
  }

  @Test("are handed over as the same bytes by any number of workers, in the order of their lines")
  func sameBytes() throws {
    let region = try HandOverRegion()
    var packages: Set<[UInt8]> = []
    for workers in ["1", "2", "8"] {
      let run = try region.runSupplier(["--fresh", "--workers", workers])
      try #require(run.status == 0, "\(run.standardError)")
      packages.insert(try region.folder.bytes(of: "packages/care.csv.gz"))
    }
    #expect(packages.count == 1)
    let text = try gunzipped(region.folder.file("packages/care.csv.gz"))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "bsn,day,amount,kind,note")
    #expect(lines.last == "")
    let rows = lines.dropFirst().dropLast().map { Array($0.utf8) }
    #expect(rows == rows.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(rows.count > 450)
  }

  @Test("show nobody: not in a package, a log, a work folder or a message")
  func noClearValue() throws {
    let region = try HandOverRegion()
    var printed = try [region.runSupplier(), region.runSupplier(["--log-format", "json"])]
    try region.writeRegion(.packages)
    printed.append(try region.runRegion(.packages))
    for run in printed {
      #expect(run.status == 0, "\(run.standardError)")
      #expect(region.values.hits(in: Array(run.standardError.utf8)).isEmpty)
    }
    var count = 0
    for name in region.folder.files() where !name.hasPrefix("supplier/in") {
      guard var bytes = try? region.folder.bytes(of: name) else { continue }
      if name.hasSuffix(".gz") { bytes = Array(try gunzipped(region.folder.file(name)).utf8) }
      #expect(region.values.hits(in: bytes).isEmpty, "\(name)")
      count += 1
    }
    #expect(count > 10)
    let extract = try region.folder.bytes(of: "supplier/in/register.csv")
    #expect(!region.values.hits(in: extract).isEmpty)
  }

  @Test("a package is taken over from its signer alone, when that is pinned")
  func pinnedSigner() throws {
    let region = try HandOverRegion()
    try #require(try region.runSupplier().status == 0)
    let signer = try region.member("public_key", of: "care")
    try region.writeRegion(.packages, signer: signer)
    #expect(try region.runRegion(.packages).status == 0)
    let other = Data(repeating: 1, count: 32).base64EncodedString()
    try region.writeRegion(.packages, signer: other)
    let run = try region.runRegion(.packages)
    #expect(run.status == 77)
    #expect(run.standardError.contains("a signature by another key than 'signer'"))
    try region.writeRegion(.packages, signer: signer)
    try region.editNote("care", "\"period\":\"\"", "\"period\":\"\"")
    let unsigned = try region.runRegion(.packages)
    #expect(unsigned.status == 77)
    #expect(unsigned.standardError.contains("found no signature"))
  }

  @Test("a package that may not be used, or is not whole, is refused", arguments: Fault.allCases)
  func refused(fault: Fault) throws {
    let region = try HandOverRegion()
    try #require(try region.runSupplier().status == 0)
    try region.writeRegion(.packages)
    try fault.apply(to: region)
    let run = try region.runRegion(.packages)
    #expect(run.status == fault.status, "\(run.standardError)")
    #expect(run.standardError.contains(fault.sentence), "\(run.standardError)")
    #expect(!FileManager.default.fileExists(atPath: region.folder.file("out/packages")))
    let log = try runKoppel(["log", "show", "work-packages"], in: region.folder.path)
    #expect(!log.standardOutput.contains("output.released"))
  }

  enum Fault: String, CaseIterable, Sendable {
    case otherKey, otherScope, otherRules, changedNote
    case changedByte, truncated, wrongCount, unbalanced, missingNote, otherFormat, reformatted
    case otherLabel, missingColumn, otherLevel, upperCase

    var status: Int32 {
      switch self {
      case .otherKey, .otherScope, .otherRules, .changedNote: 77
      default: 65
      }
    }

    var sentence: String {
      switch self {
      case .otherKey: "found tokens by key"
      case .otherScope: "found tokens of scope 'elsewhere', expected 'region'"
      case .otherRules: "found values standardised by NL-2:0, expected NL-1:"
      case .changedNote: "found a signature that is not of what is signed"
      case .changedByte: "found a file with SHA-256"
      case .truncated: "bytes, expected"
      case .wrongCount: "as the note of the package counts"
      case .unbalanced: "its counts do not add up"
      case .missingNote: "found no note beside the lines"
      case .otherFormat: "found a package of another format"
      case .reformatted: "found a note that is not as it was written"
      case .otherLabel: "found column 'bsn' as token client, expected token person"
      case .missingColumn: "'bsn'"
      case .otherLevel, .upperCase: "a token of the first level"
      }
    }

    func apply(to region: HandOverRegion) throws {
      switch self {
      case .otherKey:
        try region.writeSupplier(key: "other")
        _ = try region.runSupplier()
      case .otherScope:
        try region.writeSupplier(scope: "elsewhere")
        _ = try region.runSupplier()
      case .otherRules:
        try region.editNote(
          "care",
          try region.member("standardisation", of: "care"),
          "NL-2:0"
        )
      case .changedNote:
        let text = try region.note("care")
        let changed = text.replacingOccurrences(
          of: "\"period\":\"\"",
          with: "\"period\":\"2026-08\""
        )
        try region.folder.write(changed.utf8, to: "packages/care.json")
      case .changedByte:
        var bytes = try region.folder.bytes(of: "packages/care.csv.gz")
        bytes[bytes.count / 2] ^= 1
        try region.folder.write(bytes, to: "packages/care.csv.gz")
      case .truncated:
        let bytes = try region.folder.bytes(of: "packages/care.csv.gz")
        try region.folder.write(bytes.dropLast(100), to: "packages/care.csv.gz")
      case .wrongCount:
        try region.repack("care") { text in
          text.split(separator: "\n").dropLast().map { $0 + "\n" }.joined()
        }
      case .unbalanced: try region.editNote("care", "\"skipped\":0", "\"skipped\":1")
      case .missingNote:
        try FileManager.default.removeItem(atPath: region.folder.file("packages/care.json"))
      case .otherFormat: try region.editNote("care", "koppel-hand-over/1", "koppel-hand-over/2")
      case .reformatted: try region.editNote("care", "{\"bytes\"", "{ \"bytes\"")
      case .otherLabel: try region.editNote("care", "\"person\"", "\"client\"")
      case .missingColumn:
        try region.repack("care") { $0.replacingOccurrences(of: "bsn,day", with: "person,day") }
      case .otherLevel:
        try region.repack("care") { $0.replacingOccurrences(of: "\ns", with: "\nr") }
      case .upperCase:
        try region.repack("care") { $0.replacingOccurrences(of: "\ns", with: "\nS") }
      }
    }
  }

  private func shown(
    _ source: String,
    _ form: HandOverRegion.Form,
    _ region: HandOverRegion
  ) throws -> [String] {
    try shown(source, "work-\(form.rawValue)", region)
  }

  /// What is staged of a source, sorted, without what the two ways number differently.
  private func shown(
    _ source: String,
    _ work: String,
    _ region: HandOverRegion
  ) throws -> [String] {
    let run = try runKoppel(
      ["show", "\(work)/staging/\(source).staged", "--format", "csv"],
      in: region.folder.path
    )
    guard run.status == 0 else { throw NightFailure(run.standardError) }
    let lines = run.standardOutput.split(separator: "\n").map(String.init)
    return lines.prefix(1) + lines.dropFirst().sorted()
  }
}
