import Files
import Foundation
import TestSupport
import Testing

@Suite("Filters of records for a partner")
struct RecordFilterTests {
  /// A supplier with an extract, a schema and a secret.
  private struct Supplier {
    let folder: TemporaryFolder
    /// The extract's rows, five values each, and in base64 the filter that clkhash makes of each.
    let rows: [(values: [String], filter: String)]

    private static let vectors =
      #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
      + "/PseudonymisationTests/Vectors/"

    init(secret: String = "secret") throws {
      folder = try TemporaryFolder()
      let text = try String(contentsOfFile: Self.vectors + "record-filters.tsv", encoding: .utf8)
      rows = text.split(separator: "\n").map { line in
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        let hex = Array(cells[5].utf8)
        let bytes = stride(from: 0, to: hex.count, by: 2).map { place in
          UInt8(String(decoding: hex[place..<place + 2], as: UTF8.self), radix: 16) ?? 0
        }
        return (Array(cells.dropLast()), Data(bytes).base64EncodedString())
      }
      let schema = try Data(contentsOf: URL(fileURLWithPath: Self.vectors + "record-filters.json"))
      try folder.write(schema, to: "p/schema.json")
      try FileManager.default.createDirectory(
        atPath: folder.file("keys"),
        withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700]
      )
      try writeSecret(secret, to: "keys/partner.key")
      try writeExtract()
      try writePipeline()
    }

    func writeSecret(_ secret: String, to name: String) throws {
      let before = "koppel-partner-1 partner.1 \(secret) "
      try folder.write(before.utf8, to: "before")
      let digest = try runCommand("/usr/bin/sha256sum", [folder.file("before")], in: "/")
      let check = digest.standardOutput.prefix(8)
      try? FileManager.default.removeItem(atPath: folder.file(name))
      try folder.write("\(before)\(check)\n".utf8, to: name)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o400],
        ofItemAtPath: folder.file(name)
      )
    }

    func writeExtract(order: [Int]? = nil, repeated: Bool = false) throws {
      var text = "client,naam,x,plaats,nr,geb\n"
      for number in order ?? Array(rows.indices) {
        let line = rows[number].values.map { "\"\($0)\"" }.joined(separator: ",")
        text += "\(number),\(line)\n"
        if repeated && number % 4 == 0 { text += "\(number),\(line)\n" }
      }
      try folder.write(text.utf8, to: "p/in/register.csv")
    }

    func writePipeline(
      clk: String = "{schema: schema.json, key: partner, to: ../partner/clk.json}",
      keys: String = "  source: {file: ../keys/demo.key}\n  partner: {file: ../keys/partner.key}",
      sample: Bool = true,
      unique: Bool = false
    ) throws {
      try folder.write(
        """
        koppel: 1
        pipeline: supplier
        owner: tests
        purpose: {text: tests, basis: made-up data}
        \(sample ? "sample: true" : "")
        keys:
        \(keys)
        ingest:
          register:
            domain: municipal
            read: csv
            dialect: {delimiter: ","}
            files: in/*.csv
            rejects: {fail_above: 50 %}
            columns:
              client: {type: text, required: true\(unique ? ", unique: true" : "")}
              naam: {type: text}
              plaats: {type: text}
              nr: {type: text}
              geb: {type: text}
        pseudonymise:
          key: source
          level: source
          hand_over: ../packages
          minimum_persons: 2
          clk: \(clk)
          columns:
            client: {token: client}
        """.utf8,
        to: "p/p.yaml"
      )
    }

    func run(_ options: [String] = []) throws -> CommandRun {
      try runKoppel(["run", "p/p.yaml", "--work", "work"] + options, in: folder.path)
    }

    /// The filters of the partner's file, in its order.
    func filters() throws -> [String] {
      let json = try JSONSerialization.jsonObject(
        with: Data(folder.bytes(of: "partner/clk.json"))
      )
      return (json as? [String: [String]])?["clks"] ?? []
    }

    /// Of each row of the partner's file whether it is made up, and whose it is.
    func list() throws -> [(isMadeUp: Bool, person: String)] {
      let runs = try namesInFolder(folder.file("work/runs")).filter {
        FileManager.default.fileExists(atPath: folder.file("work/runs/\($0)/clk-rows.csv"))
      }
      let run = try #require(runs.count == 1 ? runs.first : nil)
      let text = String(
        decoding: try folder.bytes(of: "work/runs/\(run)/clk-rows.csv"),
        as: UTF8.self
      )
      return text.split(separator: "\n").dropFirst().map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        return (cells[1] == "yes", String(cells[2]))
      }
    }

    var leftInStaging: [String] {
      get throws {
        try namesInFolder(folder.file("work/staging")).filter { $0.contains(".clk") }
      }
    }
  }

  @Test("are those of clkhash, with a quarter made up among them that its owner alone can tell")
  func areThoseOfClkhash() throws {
    let supplier = try Supplier()
    let run = try supplier.run()
    try #require(run.status == 0, "\(run.standardError)")
    let filters = try supplier.filters()
    let list = try supplier.list()
    #expect(filters.count == list.count && list.count { $0.isMadeUp } == 14)
    let real = zip(filters, list).filter { !$0.1.isMadeUp }.map(\.0)
    #expect(real.sorted() == supplier.rows.map(\.filter).sorted())
    let madeUp = zip(filters, list).filter(\.1.isMadeUp).map(\.0)
    // The key is drawn anew each time: what is made up may once be what a real record has.
    #expect(Set(madeUp).intersection(real).count <= 1)
    #expect(Set(list.filter { !$0.isMadeUp }.map(\.person)).count == 40)
    #expect(list.allSatisfy { $0.isMadeUp == $0.person.isEmpty })
    for name in ["partner/clk.json"] {
      let mode = try FileManager.default.attributesOfItem(atPath: supplier.folder.file(name))[
        .posixPermissions
      ]
      #expect(mode as? Int == 0o600)
    }
    #expect(try supplier.leftInStaging == [])
    #expect(try namesInFolder(supplier.folder.file("partner")) == ["clk.json"])
    let log = try runKoppel(["log", "show", "work"], in: supplier.folder.path)
    for part in [
      "handover.written", "counts.made_up=14", "counts.records=40", "handed-over",
      "level=partner",
    ] { #expect(log.standardOutput.contains(part), "\(log.standardOutput)") }
    #expect(try runKoppel(["log", "verify", "work"], in: supplier.folder.path).status == 0)
    let report = try runKoppel(["log", "report", "work"], in: supplier.folder.path)
    #expect(report.standardOutput.contains("shared with a partner"), "\(report.standardError)")
    // Values, and the secret, stand where they came from and nowhere else.
    for name in supplier.folder.files() where !name.hasPrefix("p/") && !name.hasPrefix("keys/") {
      guard let bytes = try? supplier.folder.bytes(of: name) else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      for value in ["Doetinchem", "Aalten", "1950-01-31", "19500131", "secret "] {
        #expect(name == "before" || !text.contains(value), "\(name)")
      }
    }
    let plan = try runKoppel(["plan", "p/p.yaml", "--columns"], in: supplier.folder.path)
    #expect(plan.standardOutput.contains("record filter"))
  }

  @Test("are the same bytes for any number of workers, order of the extract and night")
  func areTheSameBytes() throws {
    let supplier = try Supplier()
    var random = SeededGenerator(seed: 9)
    var files: Set<[UInt8]> = []
    for workers in ["1", "2", "8", "1"] {
      let run = try supplier.run(["--workers", workers])
      try #require(run.status == 0, "\(run.standardError)")
      files.insert(try supplier.folder.bytes(of: "partner/clk.json"))
      try supplier.writeExtract(order: supplier.rows.indices.shuffled(using: &random))
    }
    #expect(files.count == 1)
    try supplier.writeSecret("another", to: "keys/partner.key")
    #expect(try supplier.run().status == 0)
    files.insert(try supplier.folder.bytes(of: "partner/clk.json"))
    #expect(files.count == 2)
  }

  @Test(
    "hardened filters have their length",
    arguments: [("balanced: true", 128), ("xor_fold: true", 32), ("flip: 0.05", 64)]
  )
  func hardens(way: String, byteCount: Int) throws {
    let supplier = try Supplier()
    try supplier.writePipeline(
      clk: "{schema: schema.json, key: partner, to: ../partner/clk.json, \(way)}"
    )
    let run = try supplier.run()
    try #require(run.status == 0, "\(run.standardError)")
    let filters = try supplier.filters()
    #expect(filters.count == 54)
    #expect(filters.allSatisfy { Data(base64Encoded: $0)?.count == byteCount })
    #expect(Set(filters).isDisjoint(with: supplier.rows.map(\.filter)))
    // What is balanced or folded is as full as it may be; nothing is to be told of it.
    #expect(run.standardError.contains("of the bits set") == (way == "flip: 0.05"))
  }

  @Test("of a row that is refused later, as one of a person who is there twice, none leaves")
  func leavesRefusedOut() throws {
    let supplier = try Supplier()
    try supplier.writeExtract(repeated: true)
    try supplier.writePipeline(unique: true)
    let run = try supplier.run()
    try #require(run.status == 0, "\(run.standardError)")
    let list = try supplier.list()
    #expect(list.count { !$0.isMadeUp } == 40)
    let filters = try supplier.filters()
    let real = zip(filters, list).filter { !$0.1.isMadeUp }.map(\.0)
    #expect(real.sorted() == supplier.rows.map(\.filter).sorted())
  }

  @Test("a rotation of the key that draws made-up rows tells that the partner needs a new secret")
  func rotates() throws {
    let supplier = try Supplier()
    let path = supplier.folder.path
    let made = try runKoppel(["key", "new", "source", "--to", "keys/source.key"], in: path)
    #expect(made.status == 0, "\(made.standardError)")
    try supplier.writePipeline(
      keys: "  source: {file: ../keys/source.key}\n  partner: {file: ../keys/partner.key}"
    )
    let arguments = [
      "key", "rotate", "p/p.yaml", "source", "--to", "keys/source-2.key", "--work", "work",
    ]
    let rotated = try runKoppel(arguments, in: path)
    #expect(rotated.status == 0, "\(rotated.standardError)")
    #expect(rotated.standardError.contains("agree on a new secret with the partner"))
  }

  @Test("standardised values make other filters, and only where that was agreed")
  func standardises() throws {
    let supplier = try Supplier()
    try supplier.writePipeline(
      clk: "{schema: schema.json, key: partner, to: ../partner/clk.json, standardise: NL-1}"
    )
    try #require(try supplier.run().status == 0)
    let log = try runKoppel(["log", "show", "work"], in: supplier.folder.path)
    #expect(log.standardOutput.contains("standardisation=NL-1:"))
  }

  @Test("do not leave of people who are real when they are too full or too empty")
  func refusesFill() throws {
    let supplier = try Supplier(secret: "correct-horse-battery")
    let made = try runKoppel(
      ["key", "new", "source", "--to", "keys/source.key"],
      in: supplier.folder.path
    )
    try #require(made.status == 0, "\(made.standardError)")
    let keys = "  source: {file: ../keys/source.key}\n  partner: {file: ../keys/partner.key}"
    try supplier.folder.write("{\"clks\": [\n\"old\"\n]}\n".utf8, to: "partner/clk.json")
    try supplier.writePipeline(keys: keys, sample: false)
    let run = try supplier.run()
    #expect(run.status == 77)
    #expect(run.standardError.contains("of the bits set in filters for the partner, expected 40 %"))
    // What stood there stays, nothing else is left, and the log tells why.
    #expect(try supplier.filters() == ["old"])
    #expect(try namesInFolder(supplier.folder.file("partner")) == ["clk.json"])
    #expect(try supplier.leftInStaging == [])
    let log = try runKoppel(["log", "show", "work"], in: supplier.folder.path)
    #expect(log.standardOutput.contains("record-fill"))
    #expect(!log.standardOutput.contains("handover.written"))
    let balanced = "{schema: schema.json, key: partner, to: ../partner/clk.json, balanced: true}"
    try supplier.writePipeline(clk: balanced, keys: keys, sample: false)
    let second = try supplier.run()
    #expect(second.status == 0, "\(second.standardError)")
    #expect(try supplier.filters().count == 54)
  }

  @Test("a root is never the partner's secret, nor his secret a root, nor another file replaced")
  func refusesKeys() throws {
    let supplier = try Supplier()
    let shared = try runKoppel(
      ["key", "new", "shared", "--to", "keys/shared.key"],
      in: supplier.folder.path
    )
    try #require(shared.status == 0)
    try supplier.writePipeline(
      keys: "  source: {file: ../keys/demo.key}\n  partner: {file: ../keys/shared.key}"
    )
    let root = try supplier.run()
    #expect(root.status == 77)
    #expect(root.standardError.contains("expected a secret that is shared with a partner"))
    try supplier.writePipeline(
      keys: "  source: {file: ../keys/partner.key}\n  partner: {file: ../keys/partner.key}"
    )
    let secret = try supplier.run()
    #expect(secret.status == 77)
    #expect(secret.standardError.contains("found a secret that a partner has"))
    try supplier.writePipeline(
      clk: "{schema: schema.json, key: partner, to: in/register.csv}"
    )
    let extract = try supplier.run()
    #expect(extract.status == 73, "\(extract.standardError)")
    try supplier.writePipeline(clk: "{schema: schema.json, key: partner, to: ../packages/p.json}")
    #expect(try supplier.run().status == 73)
    #expect(!FileManager.default.fileExists(atPath: supplier.folder.file("packages")))
    #expect(!FileManager.default.fileExists(atPath: supplier.folder.file("partner")))
  }

  @Test(
    "are kept for the run that hands them over, and go when it fails or has no partner any more"
  )
  func areKept() throws {
    let supplier = try Supplier()
    try #require(try supplier.run(["--only", "ingest"]).status == 0)
    #expect(try supplier.leftInStaging.count == 3)
    let run = try supplier.run()
    #expect(run.standardError.contains("register: unchanged"), "\(run.standardError)")
    #expect(try supplier.filters().count == 54)
    // A target that is somebody else's stops the run when all is staged.
    try #require(try supplier.run(["--only", "ingest"]).status == 0)
    try FileManager.default.removeItem(atPath: supplier.folder.file("partner"))
    try supplier.folder.write("a file".utf8, to: "partner")
    let failed = try supplier.run()
    #expect(failed.status != 0)
    #expect(try supplier.leftInStaging == [])
    #expect(try supplier.folder.bytes(of: "partner") == Array("a file".utf8))
  }
}
