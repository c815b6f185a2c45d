import Foundation
import TestSupport
import Testing

@Suite("Deliveries that come twice, late, corrected or unfinished")
struct NightDeliveryTests {
  @Test(
    "a night with a duplicate, two versions and a correction, run again, publishes the same bytes"
  )
  func sameBytes() throws {
    let night = try MonthlyNight()
    try night.expectRun(0)
    try night.write(Self.claims(4), to: "in/2026-08/care/claims.csv")
    try night.write(Self.claims(9), to: "in/2026-08/care/claims-9.csv")
    try night.write(Self.claims(9), to: "in/2026-08/care/claims-again.csv")
    try night.write(Self.claims(6), to: "in/2026-08/care-2/claims-9.csv")
    try night.expectRun(0)
    let expected = try night.published()
    let ledger = try night.folder.bytes(of: "monthly/.koppel/monthly/deliveries.ledger")
    let manifest = String(decoding: expected["manifest.json"] ?? [], as: UTF8.self)
    for word in ["duplicate", "replaced", "\"replaces\": ["] {
      #expect(manifest.contains(word), "\(word)")
    }
    for options in [[], ["--fresh", "--workers", "1"], ["--workers", "8"], ["--fresh"]] {
      try night.expectRun(0, options)
      #expect(try night.published() == expected, "\(options)")
      #expect(
        try night.folder.bytes(of: "monthly/.koppel/monthly/deliveries.ledger") == ledger,
        "\(options)"
      )
    }
    #expect(
      try runKoppel(["log", "verify", "monthly/.koppel/monthly"], in: night.folder.path).status == 0
    )
  }

  @Test("a file that grows while the night works has not come: status 66, and nothing is published")
  func growing() throws {
    let night = try MonthlyNight()
    let path = night.folder.file("monthly/in/2026-08/care/claims.csv")
    let row = "999900006;huisarts;2026-08-01;1000"
    let writer = try StartedCommand(
      "/bin/sh",
      ["-c", "while :; do echo '\(row)' >> '\(path)'; sleep 0.002; done"],
      in: night.folder.path
    )
    defer {
      writer.send(SIGKILL)
      _ = try? writer.finish()
    }
    let run = try runKoppel(["run", "monthly/monthly.yaml"], in: night.folder.path)
    #expect(run.status == 66, "\(run.standardError)")
    #expect(run.standardError.contains("claims.csv: error: "))
    #expect(run.standardError.contains("it is still being written"))
    #expect(!run.standardError.contains("999900006"))
    #expect(!FileManager.default.fileExists(atPath: night.folder.file("monthly/out")))
  }

  @Test("where the previous delivery may stand in, it does so for one that grows")
  func growingStoodInFor() throws {
    let night = try MonthlyNight()
    let ingest = try night.folder.bytes(of: "monthly/ingest.yaml")
    let text = String(decoding: ingest, as: UTF8.self) + "  delivery: {late: use-previous}\n"
    try night.write(text, to: "ingest.yaml")
    let path = night.folder.file("monthly/in/2026-08/care/claims.csv")
    let writer = try StartedCommand(
      "/bin/sh",
      ["-c", "while :; do echo '999900006;ggz;2026-08-01;1' >> '\(path)'; sleep 0.002; done"],
      in: night.folder.path
    )
    defer {
      writer.send(SIGKILL)
      _ = try? writer.finish()
    }
    let run = try runKoppel(["run", "monthly/monthly.yaml"], in: night.folder.path)
    #expect(run.status == 0, "\(run.standardError)")
    #expect(run.standardError.contains("that of 2026-07 stands in for it"))
    let manifest = try night.published()["manifest.json"] ?? []
    #expect(String(decoding: manifest, as: UTF8.self).contains("\"stale\": \"2026-07\""))
  }

  @Test(
    "a run that is killed leaves the ledger of before or the new one, never a part",
    arguments: 0..<12
  )
  func killed(number: Int) throws {
    let night = try MonthlyNight()
    try night.expectRun(0)
    try night.write(Self.claims(number + 1), to: "in/2026-08/care/claims.csv")
    let start = monotonicSeconds()
    let process = try StartedCommand(
      koppelPath(),
      ["run", "monthly/monthly.yaml", "--fresh"],
      in: night.folder.path
    )
    pause(seconds: Double(number) * 0.012)
    process.send(SIGKILL)
    let status = try process.finish().status
    #expect(status == 0 || status == 128 + SIGKILL)
    let remark: Comment = "killed after \(monotonicSeconds() - start) s"
    try night.expectRun(0)
    let alone = try MonthlyNight()
    try alone.write(Self.claims(number + 1), to: "in/2026-08/care/claims.csv")
    try alone.expectRun(0)
    let tables = try alone.published().filter { $0.key.hasSuffix(".csv") }
    #expect(try night.published().filter { $0.key.hasSuffix(".csv") } == tables, remark)
    let manifest = String(
      decoding: try night.published()["manifest.json"] ?? [],
      as: UTF8.self
    )
    #expect(manifest.contains("\"replaces\": ["), remark)
  }

  /// So many claims of one resident.
  private static func claims(_ count: Int) -> String {
    "bsn;care_type;date;amount\n"
      + (0..<count).map { "999900006;huisarts;2026-08-01;\(1000 + $0)\n" }.joined()
  }
}

/// The small month of the scripts, in a folder of its own.
private struct MonthlyNight {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: repositoryRoot() + "/Tests/EndToEndTests/Scripts/monthly",
      toPath: folder.file("monthly")
    )
  }

  func write(_ text: String, to name: String) throws {
    let path = folder.file("monthly/\(name)") as NSString
    try FileManager.default.createDirectory(
      atPath: path.deletingLastPathComponent,
      withIntermediateDirectories: true
    )
    try folder.write(text.utf8, to: "monthly/\(name)")
  }

  func expectRun(_ status: Int32, _ options: [String] = []) throws {
    let run = try runKoppel(["run", "monthly/monthly.yaml"] + options, in: folder.path)
    #expect(run.status == status, "\(run.standardError)")
  }

  func published() throws -> [String: [UInt8]] {
    try publishedFiles(in: folder.file("monthly/out/2026-08"))
  }
}
