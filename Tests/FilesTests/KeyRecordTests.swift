import Cryptography
import Diagnostics
import Foundation
import Glibc
import Tabular
import Testing

@testable import Files

@Suite struct KeyRecordTests {
  private static let day = CivilDate(dayNumber: 20_700)

  private func used(_ state: KeyRecord.State = .active) throws -> KeyRecord {
    var record = KeyRecord(name: "region")
    try record.admit(id: "region.1", fingerprint: "4a87a90e3b88d749", on: Self.day)
    record.generations[0].state = state
    return record
  }

  private func fault(
    _ record: KeyRecord,
    id: String = "region.1",
    fingerprint: String = "4a87a90e3b88d749"
  ) -> KeyFault? {
    var record = record
    do throws(KeyFault) {
      try record.admit(id: id, fingerprint: fingerprint, on: Self.day)
      return nil
    } catch {
      return error
    }
  }

  @Test("each state of a record that forbids a key is told by its own name")
  func states() throws {
    #expect(fault(try used()) == nil)
    #expect(fault(try used(.wrapped)) == nil)
    #expect(fault(try used(.retired)) == .retired(id: "region.1"))
    #expect(fault(try used(.destroyed)) == .destroyed(id: "region.1"))
    #expect(fault(try used(), id: "region.2") == .unknownGeneration(id: "region.2"))
    #expect(
      fault(try used(), fingerprint: "c2c509be6c8ac6f9")
        == .fingerprint(id: "region.1", found: "c2c509be6c8ac6f9", expected: "4a87a90e3b88d749")
    )
    var record = try used()
    let (before, after) = (CivilDate(dayNumber: 20_699), CivilDate(dayNumber: 20_701))
    record.generations[0].notBefore = after
    #expect(fault(record) == .notYetValid(id: "region.1", from: after))
    record.generations[0].notBefore = Self.day
    record.generations[0].notAfter = Self.day
    #expect(fault(record) == nil)
    record.generations[0].notAfter = before
    #expect(fault(record) == .expired(id: "region.1", after: before))
  }

  @Test("a key that waits is taken when no other is in use, and pinned then")
  func waits() throws {
    var record = KeyRecord(name: "region")
    record.generations = [.init(id: "region.1", created: Self.day, state: .preActive)]
    try record.admit(id: "region.1", fingerprint: "4a87a90e3b88d749", on: Self.day)
    #expect(record.active?.fingerprint == "4a87a90e3b88d749")
    record.generations.append(.init(id: "region.2", created: Self.day, state: .preActive))
    #expect(
      fault(record, id: "region.2", fingerprint: "c2c509be6c8ac6f9")
        == .waiting(id: "region.2", active: "region.1")
    )
  }

  @Test("the chain of a release is what was rotated during it, in order")
  func chains() throws {
    var record = try used()
    for number in 2...4 {
      var next = KeyRecord.Generation(id: "region.\(number)", created: Self.day, state: .active)
      next.fingerprint = String(repeating: "\(number)", count: 16)
      record.generations[number - 2].state = .wrapped
      record.generations[number - 2].wrap = .init(
        by: next.id,
        scope: number == 4 ? "b" : "a",
        since: Self.day,
        tableUntil: nil
      )
      record.generations.append(next)
    }
    #expect(record.chain(for: "c").map(\.id) == ["region.4"])
    #expect(record.chain(for: "b").map(\.id) == ["region.3", "region.4"])
    #expect(record.nextID == "region.5")
  }

  @Test("a record comes back as it was written, and holds nothing else")
  func comesBack() throws {
    let folder = try KeyFolder()
    let path = folder.file("keys/region.key.json")
    var record = try used(.wrapped)
    record.dailyRuns = 3
    record.generations[0].approvers = ["A. Ambtenaar"]
    record.generations[0].notAfter = Self.day
    record.generations[0].place = .halves(.file("/a"), .credential("b"))
    record.generations[0].wrap = .init(
      by: "region.2",
      scope: "r",
      since: Self.day,
      tableUntil: Self.day
    )
    var next = KeyRecord.Generation(id: "region.2", created: Self.day, state: .active)
    next.fingerprint = "c2c509be6c8ac6f9"
    record.generations.append(next)
    try record.write(to: path)
    #expect(try KeyRecord.read(path, ofKey: "region") == record)
    #expect(try KeyRecord.read(folder.file("keys/none.key.json"), ofKey: "none") == nil)
    try #require(unsafe chmod(path, 0o666) == 0)
    #expect(throws: KeyError.record(.mode(0o666), path: path)) {
      try KeyRecord.read(path, ofKey: "region")
    }
  }

  @Test("no more runs are counted than a day may have, however many began at once")
  func mostRuns() throws {
    var record = try used()
    record.dailyRuns = 2
    for _ in 0..<2 { try record.countRun("a", on: Self.day) }
    #expect(throws: KeyFault.dailyRuns(count: 3, limit: 2)) {
      try record.countRun("a", on: Self.day)
    }
    #expect(record.runs(on: Self.day) == 2)
    // Only one that was counted can be gone on with for nothing.
    #expect(record.hasCounted("a") && !record.hasCounted("b") && !record.hasCounted(""))
    let folder = try KeyFolder()
    let path = folder.file("region.key.json")
    try record.write(to: path)
    #expect(try KeyRecord.read(path, ofKey: "region") == record)
    try record.countRun("b", on: CivilDate(dayNumber: Self.day.dayNumber + 1))
  }

  @Test("runs are counted a day, uses by pipeline and log, and neither changes the digest")
  func uses() throws {
    let folder = try KeyFolder()
    let path = folder.file("region.key.json")
    var record = try used()
    let digest = try record.digest()
    let next = CivilDate(dayNumber: Self.day.dayNumber + 1)
    for _ in 0..<3 { try record.countRun("a", on: Self.day) }
    #expect(record.runs(on: Self.day) == 3 && record.runs(on: next) == 0)
    try record.countRun("a", on: next)
    #expect(record.runs(on: Self.day) == 0 && record.runs(on: next) == 1)
    func use(_ pipeline: String, _ log: String, _ release: String, _ day: Int) -> KeyRecord.Use {
      let day = CivilDate(dayNumber: day)
      return .init(pipeline: pipeline, log: log, release: release, day: day)
    }
    record.note(use("a", "koppel/a/1", "a/7", 1))
    record.note(use("b", "koppel/b/1", "b/7", 2))
    record.note(use("a", "koppel/a/1", "a/8", 3))
    #expect(record.uses.map(\.release) == ["a/8", "b/7"])
    #expect(record.use(by: "a", log: "koppel/a/1")?.release == "a/8")
    #expect(record.use(by: "a", log: "koppel/a/2") == nil)
    #expect(try record.digest() == digest)
    try record.write(to: path)
    #expect(try KeyRecord.read(path, ofKey: "region") == record)
    for number in 0..<200 { record.note(use("p\(number)", "l", "r", 10 + number)) }
    #expect(record.uses.count == 100 && record.uses.first?.pipeline == "p100")
  }

  @Test("a record that was changed by hand into what cannot be is refused with 77")
  func handEdits() throws {
    let folder = try KeyFolder()
    let text = String(decoding: try used().bytes, as: UTF8.self)
    let edits: [(String, String, KeyRecordFault)] = [
      ("\"daily_runs\": 24", "\"daily_runs\": 0", .value("daily_runs")),
      ("\"reason\"", "\"colour\"", .unknownField("colour")),
      ("\"4a87a90e3b88d749\"", "null", .unpinned("region.1")),
      ("\"4a87a90e3b88d749\"", "\"4a87\"", .value("fingerprint")),
      ("\"active\"", "\"wrapped\"", .unwrapped("region.1")),
      ("\"active\"", "\"asleep\"", .value("state")),
      ("{", "", .notJSON),
      ("\"name\": \"region\"", "\"name\": \"other\"", .value("name")),
    ]
    for (number, (old, new, expected)) in edits.enumerated() {
      let changed = text.replacingOccurrences(of: old, with: new)
      try #require(changed != text)
      let path = try folder.write(changed, to: "record\(number)", mode: 0o600)
      #expect(throws: KeyError.record(expected, path: path), "edit \(number)") {
        try KeyRecord.read(path, ofKey: "region")
      }
    }
    #expect(KeyError.record(.notJSON, path: "x").exitStatus == .privacyRefused)
  }
}

@Suite struct KeyDestructionTests {
  @Test("a destroyed key is gone, and done again it is no fault")
  func destroys() throws {
    let folder = try KeyFolder()
    let path = folder.file("region.key")
    try KeyFile.create(name: "region", at: path)
    #expect(throws: KeyError.refused(.otherFile(id: "region.2"), path: path)) {
      try KeyFile.destroy(path, id: "region.2")
    }
    #expect(try KeyFile.destroy(path, id: "region.1"))
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(try !KeyFile.destroy(path, id: "region.1"))
  }

  @Test("a key that is half overwritten is known by its name, and finished")
  func torn() throws {
    let folder = try KeyFolder()
    let path = try folder.write("koppel-half-1 region.1 1/1 0000000000", mode: 0o600)
    #expect(try KeyFile.destroy(path, id: "region.1"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("a file that takes the key's name while it is overwritten is left as it is")
  func swapped() throws {
    let folder = try KeyFolder()
    let path = folder.file("region.key")
    try KeyFile.create(name: "region", at: path)
    let other = try folder.write("what nobody may lose", to: "other", mode: 0o600)
    #expect(throws: FilesError.changedWhileRead(path: path)) {
      try overwriteAndRemove(path) { _ in try #require(unsafe rename(other, path) == 0) }
    }
    let left = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(left == Data("what nobody may lose".utf8))
  }

  @Test("overwriting reaches the bytes of the file, whoever else holds it open")
  func overwrites() throws {
    let folder = try KeyFolder()
    let path = folder.file("region.key")
    try KeyFile.create(name: "region", at: path)
    let open = try OpenFile(reading: path)
    let size = try open.size()
    #expect(try KeyFile.destroy(path, id: "region.1"))
    let left = String(decoding: try open.bytes(at: 0, count: size), as: UTF8.self)
    let name = "koppel-half-1 region.1 "
    #expect(left == name + String(repeating: "0", count: size - name.utf8.count))
  }
}

@Suite struct TranslationTableTests {
  @Test("pairs come back in their order; a changed, cut or foreign table is refused")
  func comesBack() throws {
    let folder = try KeyFolder()
    let path = folder.file("table")
    let root = try KeyFile.create(name: "region", at: folder.file("key")).root
    let other = try KeyFile.create(name: "region", at: folder.file("other")).root
    let count = TranslationTable.pairsInSegment + 7
    let old = (0..<count).map { Token(high: UInt64($0), low: 1) }
    let new = (0..<count).map { Token(high: 2, low: UInt64($0)) }
    var batches = [
      TranslationTable.Batch(label: "person", old: old, new: new),
      TranslationTable.Batch(label: "row", old: [old[0]], new: [new[1]]),
    ][...]
    let heading = TranslationTable.Heading(from: "a", to: root.fingerprint, scope: "r")
    #expect(
      try TranslationTable.write(to: path, heading, root: root) { batches.popFirst() } == count + 1
    )
    var read: [TranslationTable.Batch] = []
    #expect(try TranslationTable.read(path, root: root) { read.append($0) } == heading)
    #expect(read.flatMap(\.old) == old + [old[0]] && read.flatMap(\.new) == new + [new[1]])
    #expect(read.map(\.label) == ["person", "person", "row"])
    #expect(throws: FilesError.self) { try TranslationTable.read(path, root: other) { _ in } }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for place in [0, 20, bytes.count / 2, bytes.count - 1] {
      var changed = bytes
      changed[place] ^= 1
      try changed.write(to: URL(fileURLWithPath: path))
      #expect(throws: FilesError.self, "place \(place)") {
        try TranslationTable.read(path, root: root) { _ in }
      }
    }
    for cut in [bytes.count - 20, bytes.count / 2, 30] {
      try bytes.prefix(cut).write(to: URL(fileURLWithPath: path))
      #expect(throws: FilesError.self, "cut \(cut)") {
        try TranslationTable.read(path, root: root) { _ in }
      }
    }
  }
}
