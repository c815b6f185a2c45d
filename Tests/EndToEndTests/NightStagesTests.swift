import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A night does what is asked, once, and alone")
struct NightStagesTests {
  @Test("a second run at once is refused, and told which process runs")
  func secondRunIsRefused() throws {
    let region = try NightRegion.madeUp()
    let first = try region.start()
    defer { first.send(SIGCONT) }
    // It stops as soon as it has told who holds the lock.
    let lock = region.folder.file("work/lock")
    let deadline = monotonicSeconds() + 60
    while FileManager.default.contents(atPath: lock)?.last != 0x0A {
      try #require(monotonicSeconds() < deadline && first.isRunning)
    }
    first.send(SIGSTOP)
    let second = try region.run()
    #expect(second.status == 75)
    #expect(second.standardError.contains("process \(first.identifier)"))
    #expect(second.standardError.contains("since 20"))
    #expect(second.standardOutput.isEmpty)
    let plan = try runKoppel(["plan", "pipelines/region.yaml"], in: region.folder.path)
    #expect(plan.status == 0, "plan waits for nobody")
    first.send(SIGCONT)
    let run = try first.finish()
    #expect(run.status == 0, "\(run.standardError)")
    #expect(try digestsHold(in: region.publishedPath))
    #expect(!FileManager.default.fileExists(atPath: lock))
  }

  @Test("'--only' does one stage; '--from' takes the stages before as they are")
  func stagesAlone() throws {
    let whole = try NightRegion.madeUp()
    #expect(try whole.run().status == 0)
    let region = try whole.sibling()
    for options in [["--only", "link"], ["--from", "link"], ["--from", "publish"]] {
      let run = try region.run(options)
      #expect(run.status == 64, "\(options): \(run.standardError)")
      #expect(run.standardError.contains("nothing current is staged of source 'register'"))
      #expect(!FileManager.default.fileExists(atPath: region.publishedPath))
    }
    let staged = try region.run(["--only", "pseudonymise"])
    #expect(staged.status == 0, "\(staged.standardError)")
    #expect(staged.standardError.contains("register: 300 rows read"))
    #expect(!staged.standardError.contains("linked"))
    let linked = try region.run(["--only", "link"])
    #expect(linked.status == 0, "\(linked.standardError)")
    #expect(linked.standardError.contains("rows linked"))
    #expect(staged.standardOutput.isEmpty && linked.standardOutput.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: region.publishedPath))
    let published = try region.run(["--from", "link"])
    #expect(published.status == 0, "\(published.standardError)")
    #expect(!published.standardError.contains("rows read"))
    #expect(try region.published() == whole.published())
    #expect(try region.verifyLog().status == 0)
  }

  @Test("an unchanged delivery is not read again, whatever becomes of the tables")
  func unchangedIsNotRead() throws {
    let region = try NightRegion.madeUp()
    #expect(try region.run().status == 0)
    let staged = try stagedFiles(region)
    let tables = try region.tables()

    let again = try region.run()
    #expect(again.status == 0)
    for source in ["register", "care", "support"] {
      #expect(again.standardError.contains("\(source): unchanged"))
    }
    #expect(!again.standardError.contains("rows read"))
    #expect(try stagedFiles(region) == staged)

    try region.editPipeline("age_group: band(age, 0, 18, 65)", "age_group: band(age, 0, 21, 65)")
    let changed = try region.run()
    #expect(changed.status == 0, "\(changed.standardError)")
    #expect(!changed.standardError.contains("rows read"))
    #expect(try stagedFiles(region) == staged)
    #expect(try region.tables() != tables)
  }

  @Test("a changed delivery is read again, and no other")
  func changedIsRead() throws {
    let region = try NightRegion.madeUp()
    #expect(try region.run().status == 0)
    let staged = try stagedFiles(region)
    let tables = try region.tables()

    // One amount of one claim, as long as before: neither name nor size of the text tells.
    let name = "sample-data/care/claims_2026-08.csv.gz"
    var text = try gunzipped(region.folder.file(name))
    let last = try #require(text.split(separator: "\n").last)
    let amount = try #require(last.split(separator: ";").last)
    let digit = amount.hasPrefix("9") ? "8" : "9"
    text.removeLast(amount.count + 1)
    text += digit + amount.dropFirst() + "\n"
    try gzip(text.utf8, to: name, in: region.folder)
    let changed = try region.run()
    #expect(changed.status == 0, "\(changed.standardError)")
    #expect(changed.standardError.contains("register: unchanged"))
    #expect(changed.standardError.contains("support: unchanged"))
    #expect(changed.standardError.contains("care: 6,655 rows read"))
    #expect(try stagedFiles(region)["register.staged"] == staged["register.staged"])
    #expect(try region.tables() != tables)

    // A further file, an absent one, another name: each is another delivery.
    let folder = region.folder
    try FileManager.default.moveItem(
      atPath: folder.file(name),
      toPath: folder.file("sample-data/care/claims_2026-09.csv.gz")
    )
    #expect(try region.run().standardError.contains("care: 6,655 rows read"))
    try FileManager.default.removeItem(
      atPath: folder.file("sample-data/care/claims_2026-09.csv.gz")
    )
    #expect(try region.run().standardError.contains("rows read"))
    #expect(try region.run().standardError.contains("care: unchanged"))

    // Another key makes other tokens of all of them, and the same tables.
    let before = try region.tables()
    try FileManager.default.removeItem(atPath: region.keyPath)
    let rekeyed = try region.run()
    #expect(rekeyed.status == 0, "\(rekeyed.standardError)")
    #expect(!rekeyed.standardError.contains("unchanged"))
    #expect(try region.tables() == before)
  }

  @Test("a night that fails leaves the tables of the night before, and no lock")
  func failedNightLeavesTables() throws {
    let region = try NightRegion.madeUp()
    #expect(try region.run().status == 0)
    let published = try region.published()
    try NightFaults.plantRows(in: region)
    let run = try region.run()
    #expect(run.status == 65, "\(run.standardError)")
    #expect(run.standardOutput.isEmpty)
    #expect(try region.published() == published)
    #expect(try digestsHold(in: region.publishedPath))
    #expect(!FileManager.default.fileExists(atPath: region.folder.file("work/lock")))
    #expect(try region.verifyLog().status == 0)
  }

  @Test("a damaged staged table is read anew, and never used", arguments: 0..<12 as Range<UInt64>)
  func damagedIsReadAnew(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let region = try NightRegion.madeUp()
    #expect(try region.run().status == 0)
    let published = try region.published()
    let name = "work/staging/\(["care", "register", "support"][Int(seed % 3)]).staged"
    var bytes = try region.folder.bytes(of: name)
    if seed < 6 {
      bytes[Int.random(in: bytes.indices, using: &random)] ^= 0x10
    } else {
      bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
    }
    try region.folder.write(bytes, to: name)
    let run = try region.run()
    #expect(run.status == 0, "seed \(seed): \(run.standardError)")
    #expect(run.standardError.contains("rows read"), "seed \(seed)")
    #expect(try region.published() == published, "seed \(seed)")
  }

  /// Which files the staged sources are: what is read again becomes another file.
  private func stagedFiles(_ region: NightRegion) throws -> [String: [String]] {
    let folder = region.folder.file("work/staging")
    var found: [String: [String]] = [:]
    for name in ["register.staged", "care.staged", "support.staged"] {
      var status = stat()
      #expect(unsafe stat("\(folder)/\(name)", &status) == 0)
      found[name] = ["\(status.st_ino)", "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"]
    }
    return found
  }
}
