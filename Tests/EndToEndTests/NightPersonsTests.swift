import Foundation
import Glibc
import TestSupport
import Testing

@Suite("The ids of persons stay with the tables of their night")
struct NightPersonsTests {
  /// The block that says that a night stays: its frame, its words and its hash.
  private let staysCount = 5 + 16 + 32
  private let ledger = "work/persons.ledger"

  @Test("when a run is killed between its tables and the last word of the ledger")
  func killedBehindTables() throws {
    let region = try NightRegion.madeUp()
    try expect(region.run(), "create 3")
    let whole = try region.folder.bytes(of: ledger)
    let manifest = "pipelines/out/2026-08/manifest.json"
    let published = try region.folder.bytes(of: manifest)
    for torn in [0, 1, 20, staysCount - 1] {
      try region.folder.write(published, to: manifest)
      try region.folder.write(whole.prefix(whole.count - staysCount + torn), to: ledger)
      try expect(region.run(), "events: none")
      #expect(try region.folder.bytes(of: ledger) == whole, "\(torn) bytes of the last word")
    }
  }

  @Test("and when it is killed before its tables stand, nothing of the night is kept")
  func killedBeforeTables() throws {
    let region = try NightRegion.madeUp()
    try expect(region.run(), "create 3")
    let first = try persons(of: region)
    let whole = try region.folder.bytes(of: ledger)
    try FileManager.default.removeItem(atPath: region.publishedPath)
    try region.folder.write(whole.prefix(whole.count - staysCount), to: ledger)
    // It is written when the night stays.
    try FileManager.default.removeItem(atPath: region.folder.file("\(ledger).end"))
    try expect(region.run(), "create 3")
    #expect(try persons(of: region) == first)
    #expect(try region.folder.bytes(of: ledger).count == whole.count)
  }

  @Test("a ledger of which any byte of the first block was changed is told to be altered")
  func changedHead() throws {
    let region = try NightRegion.madeUp()
    try expect(region.run(), "create 3")
    let whole = try region.folder.bytes(of: ledger)
    let length = Int(whole[16]) | Int(whole[17]) << 8
    for place in [0, 15, 16, 20] + stride(from: 21, to: 21 + length + 32, by: 11) {
      var changed = whole
      changed[place] ^= 1
      try region.folder.write(changed, to: ledger)
      let next = try region.run()
      #expect(next.status == 76, "byte \(place): \(next.standardError)")
      #expect(
        next.standardError.contains(" changed\nhint: put back a copy of it"),
        "byte \(place): \(next.standardError)"
      )
    }
    try region.folder.write(whole, to: ledger)
    try expect(region.run(), "events: none")
  }

  @Test("whenever it is killed: what was not kept is told again, and nothing twice")
  func killedAnywhere() throws {
    let region = try NightRegion.madeUp()
    let start = monotonicSeconds()
    try expect(region.run(), "create 3")
    let length = monotonicSeconds() - start
    let expected = try (persons(of: region), events(of: region))
    var random = SeededGenerator(seed: 21)
    for number in 0..<8 {
      let night = try region.sibling()
      let delay = Double.random(in: 0.4...1.1, using: &random) * length
      let process = try night.start()
      pause(seconds: delay)
      process.send(SIGKILL)
      _ = try process.finish()
      let run = try night.run()
      #expect(run.status == 0, "kill \(number) after \(delay) s: \(run.standardError)")
      #expect(try persons(of: night) == expected.0, "kill \(number) after \(delay) s")
      #expect(try events(of: night) == expected.1, "kill \(number) after \(delay) s")
    }
  }

  @Test("and only its owner may read the ledger, which holds no number of theirs")
  func isPrivate() throws {
    let region = try NightRegion.madeUp()
    try expect(region.run(), "create 3")
    let attributes = try FileManager.default.attributesOfItem(atPath: region.folder.file(ledger))
    #expect((attributes[.posixPermissions] as? Int) == 0o600)
  }

  private func expect(_ run: CommandRun, _ text: String) throws {
    try #require(run.status == 0, "\(run.standardError)")
    #expect(run.standardError.contains(text), "\(run.standardError)")
  }

  private func persons(of region: NightRegion) throws -> [String] {
    try ["register.persons", "care.links", "support.links"].map { name in
      try shown("work/staging/\(name).staged", of: region)
    }
  }

  /// What the ledger tells but for when it was.
  private func events(of region: NightRegion) throws -> [Substring] {
    try shown(ledger, of: region).split(separator: "\n").map { line in
      line.drop { $0 != "," }
    }
  }

  private func shown(_ path: String, of region: NightRegion) throws -> String {
    let shown = try runKoppel(["show", path, "--format", "csv"], in: region.folder.path)
    try #require(shown.status == 0, "\(shown.standardError)")
    return shown.standardOutput
  }
}
