import Cryptography
import Foundation
import TestSupport
import Testing

@testable import Files

@Suite("A journal of nights")
struct JournalTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("persons.ledger") }

  init() throws { folder = try TemporaryFolder() }

  private func key(_ byte: UInt8 = 7) throws -> SecretBytes {
    let bytes = [UInt8](repeating: byte, count: 32)
    return try unsafe bytes.span.withUnsafeBytes { try unsafe SecretBytes(copying: $0) }
  }

  /// Two nights that stay.
  private func twoNights() throws -> Journal {
    let journal = try Journal.begin(path, key: key(), head: Array("whose".utf8))
    for night in 1...2 as ClosedRange<UInt8> {
      try journal.add([[night], [night, night]], facts: [night])
      try journal.stay()
    }
    return journal
  }

  /// The parts that a journal gives, and what it asked of a last night.
  private func opened(
    staying: Bool = false,
    _ key: SecretBytes? = nil
  ) throws -> (journal: Journal, parts: [[UInt8]], asked: [[UInt8]]) {
    var (parts, asked): ([[UInt8]], [[UInt8]]) = ([], [])
    let journal = try Journal.open(path, key: key ?? self.key()) { facts in
      asked.append(facts)
      return staying
    } _: { part in
      parts.append(part)
      return true
    }
    return (journal, parts, asked)
  }

  private let two: [[UInt8]] = [[1], [1, 1], [2], [2, 2]]

  @Test("gives the nights back in their order, and the head to who has no key")
  func readsBack() throws {
    _ = try twoNights()
    let (journal, parts, asked) = try opened()
    #expect(parts == two && asked.isEmpty)
    #expect(try Journal.head(of: path) == Array("whose".utf8))
    #expect(try Journal.nights(of: path).map(\.facts) == [[1], [2]])
    try journal.add([[3]], facts: [3])
    try journal.stay()
    #expect(try opened().parts == two + [[3]])
  }

  @Test("loses nothing that stays and keeps no half night, wherever a third one is torn")
  func tornAnywhere() throws {
    let journal = try twoNights()
    let settled = try folder.bytes(of: "persons.ledger")
    let end = try folder.bytes(of: "persons.ledger.end")
    try journal.add([[3], [3, 3]], facts: [3])
    let added = try folder.bytes(of: "persons.ledger")
    try journal.stay()
    let whole = try folder.bytes(of: "persons.ledger")
    for count in settled.count...whole.count {
      for staying in [false, true] {
        try folder.write(whole.prefix(count), to: "persons.ledger")
        // It is written when the night stays.
        try folder.write(end, to: "persons.ledger.end")
        let remark: Comment = "cut at \(count) of \(whole.count), \(staying)"
        let found = try opened(staying: staying)
        let isWhole = count == whole.count || (count >= added.count && staying)
        #expect(found.parts == (isWhole ? two + [[3], [3, 3]] : two), remark)
        #expect(found.asked == (added.count..<whole.count ~= count ? [[3]] : []), remark)
        #expect(try folder.bytes(of: "persons.ledger") == (isWhole ? whole : settled), remark)
        // What comes next stands behind it.
        try found.journal.add([[4]], facts: [4])
        try found.journal.stay()
        #expect(try opened().parts == found.parts + [[4]], remark)
      }
    }
  }

  @Test(
    "is refused when nights that stayed are gone, wherever it was cut, or an older one put back"
  )
  func refusesCuts() throws {
    let journal = try twoNights()
    let older = try folder.bytes(of: "persons.ledger")
    try journal.add([[3], [3, 3]], facts: [3])
    let added = try folder.bytes(of: "persons.ledger")
    try journal.stay()
    let whole = try folder.bytes(of: "persons.ledger")
    for count in 0..<whole.count {
      try folder.write(whole.prefix(count), to: "persons.ledger")
      #expect(throws: FilesError.self, "cut at \(count)") { _ = try opened() }
      #expect(try folder.bytes(of: "persons.ledger") == Array(whole.prefix(count)))
    }
    // All of the last night is there but that it stays: what was published tells.
    try folder.write(added, to: "persons.ledger")
    #expect(try opened(staying: true).parts == two + [[3], [3, 3]])
    #expect(try folder.bytes(of: "persons.ledger") == whole)

    // One that went on from an older copy.
    let end = try folder.bytes(of: "persons.ledger.end")
    try folder.write(older, to: "persons.ledger")
    try FileManager.default.removeItem(atPath: folder.file("persons.ledger.end"))
    let other = try opened().journal
    try other.add([[4], [4, 4]], facts: [4])
    try other.stay()
    #expect(try opened().parts == two + [[4], [4, 4]])
    try folder.write(end, to: "persons.ledger.end")
    #expect(throws: FilesError.self) { _ = try opened() }
  }

  @Test("is known to be whole wherever it is moved, and one that begins anew is of no earlier one")
  func movesItsEnd() throws {
    let journal = try twoNights()
    let (other, otherPath) = (folder.file("other.ledger"), "other.ledger")
    try journal.move(to: other)
    let whole = try folder.bytes(of: otherPath)
    try folder.write(whole.dropLast(60), to: otherPath)
    #expect(throws: FilesError.self) {
      _ = try Journal.open(other, key: key(), staysAfterAll: { _ in false }) { _ in true }
    }
    // Nothing of it stands where it was.
    let begun = try twoNights()
    #expect(try opened().parts == two)
    try begun.move(to: other)
    _ = try Journal.open(other, key: key(), staysAfterAll: { _ in false }) { _ in true }
    _ = try Journal.begin(other, key: key(), head: Array("whose".utf8))
    let empty = try Journal.open(other, key: key(), staysAfterAll: { _ in false }) { _ in false }
    #expect(empty.path == other)
    try Journal.remove(other)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test("takes a night back without a trace")
  func withdraws() throws {
    let journal = try twoNights()
    let before = try folder.bytes(of: "persons.ledger")
    try journal.add([[3]], facts: [3])
    try journal.withdraw()
    #expect(try folder.bytes(of: "persons.ledger") == before)
    try journal.add([[4]], facts: [4])
    try journal.stay()
    #expect(try opened().parts == two + [[4]])
  }

  @Test("is refused when any of its bytes is another, and under another key")
  func refusesChanges() throws {
    _ = try twoNights()
    let whole = try folder.bytes(of: "persons.ledger")
    for place in whole.indices {
      var changed = whole
      changed[place] ^= 1
      try folder.write(changed, to: "persons.ledger")
      let remark: Comment = "byte \(place) of \(whole.count)"
      #expect(throws: FilesError.self, remark) { _ = try opened(staying: true) }
      #expect(try folder.bytes(of: "persons.ledger") == changed, remark)
    }
    try folder.write(whole, to: "persons.ledger")
    #expect(throws: FilesError.self) { _ = try opened(key(8)) }
  }

  @Test("is refused when a part of it makes no sense to who reads it")
  func refusesParts() throws {
    _ = try twoNights()
    #expect(throws: FilesError.self) {
      _ = try Journal.open(path, key: key()) { _ in
        true
      } _: { _ in
        false
      }
    }
  }
}
