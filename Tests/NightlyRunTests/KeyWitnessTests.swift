import Diagnostics
import Files
import PrivacyLog
import Tabular
import TestSupport
import Testing

@testable import NightlyRun

@Suite("What the log says of keys")
struct KeyWitnessTests {
  private static let run = String(repeating: "0a", count: 16)
  private static let day = CivilDate(dayNumber: 20_700)

  /// A line of the log: the event, how it came out, the generation, and what it took over from.
  private struct Told {
    let event: LogEvent
    let outcome: String
    let id: String
    var from = ""
    var scope = "r/1"
  }

  private static func fingerprint(_ id: String) -> String { "00000000000000a\(id.suffix(1))" }

  private static func log(_ lines: [Told]) throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder()
    let path = folder.file("privacy.log")
    let log = try PrivacyLog.open(path: path, pipeline: "keys")
    for line in lines {
      var key: [String: JSONValue] = [
        "name": "region", "id": .string(line.id), "fingerprint": .string(fingerprint(line.id)),
        "scope": .string(line.scope),
      ]
      if !line.from.isEmpty { key["from"] = .string(line.from) }
      try log.append(line.event, run: run, outcome: line.outcome, fields: ["key": .object(key)])
    }
    return (folder, path)
  }

  private static func record(_ states: [KeyRecord.State]) -> KeyRecord {
    var record = KeyRecord(name: "region")
    for (number, state) in states.enumerated() {
      let id = "region.\(number + 1)"
      var generation = KeyRecord.Generation(id: id, created: day, state: state)
      generation.fingerprint = fingerprint(id)
      record.generations.append(generation)
    }
    return record
  }

  private static func fault(_ record: KeyRecord?, _ lines: [Told]) throws -> KeyRecordFault? {
    let (folder, path) = try log(lines)
    defer { _ = folder }
    let lives = try KeyLives(ofLog: path).lives(of: "region")
    do throws(KeyRecordFault) {
      _ = try KeyRecord.held(record, against: lives)
      return nil
    } catch {
      return error
    }
  }

  private static let used = Told(event: .keyLoaded, outcome: "loaded", id: "region.1")
  private static let next = Told(event: .keyLoaded, outcome: "loaded", id: "region.2")
  private static let rotated = Told(
    event: .keyRotated,
    outcome: "rotated",
    id: "region.2",
    from: "region.1"
  )
  private static let retired = Told(event: .keyRotated, outcome: "retired", id: "region.1")
  private static let destroyed = Told(event: .keyDestroyed, outcome: "destroyed", id: "region.1")

  @Test("a key that ended is known by its fingerprint, whatever it is called, and no other is")
  func ended() throws {
    func state(_ id: String, _ lines: [Told]) throws -> KeyLives.State? {
      let (folder, path) = try Self.log(lines)
      defer { _ = folder }
      return try KeyLives(ofLog: path).ended(fingerprint: Self.fingerprint(id))?.state
    }
    #expect(try state("region.1", [Self.used]) == nil)
    #expect(try state("region.1", [Self.used, Self.rotated, Self.next]) == nil)
    #expect(try state("region.1", [Self.used, Self.retired]) == .retired)
    #expect(try state("region.1", [Self.used, Self.destroyed]) == .destroyed)
    #expect(try state("region.2", [Self.used, Self.destroyed, Self.next]) == nil)
  }

  @Test("a record that is gone is missed as soon as the log knows a use")
  func lost() throws {
    #expect(try Self.fault(nil, []) == nil)
    let made = Told(event: .keyNew, outcome: "made", id: "region.1")
    #expect(try Self.fault(nil, [made]) == nil)
    #expect(try Self.fault(nil, [Self.used]) == .lost(id: "region.1", line: 2))
    #expect(try Self.fault(nil, [made, Self.destroyed]) == .lost(id: "region.1", line: 3))
    let demo = Told(event: .keyLoaded, outcome: "loaded", id: "demo.1")
    #expect(try Self.fault(nil, [demo]) == nil)
  }

  @Test("a record may know more than the log, and never less")
  func neverLess() throws {
    let ends: [(Told, KeyRecord.State, String)] = [
      (Self.retired, .retired, "retired"), (Self.destroyed, .destroyed, "destroyed"),
    ]
    for (told, state, word) in ends {
      for found in [KeyRecord.State.preActive, .active, .retired, .destroyed] {
        let isLess = found != state && found != .destroyed
        let fault = KeyRecordFault.behindLog(
          id: "region.1",
          found: found.rawValue,
          expected: word,
          line: 3
        )
        #expect(
          try Self.fault(Self.record([found]), [Self.used, told]) == (isLess ? fault : nil),
          "\(found) \(word)"
        )
      }
    }
    #expect(
      try Self.fault(Self.record([.active]), [Self.used, Self.next])
        == .behindLog(id: "region.2", found: nil, expected: "used", line: 3)
    )
    var other = Self.record([.active])
    other.generations[0].fingerprint = "00000000000000ff"
    #expect(try Self.fault(other, [Self.used]) == .otherThanLog(id: "region.1", line: 2))
  }

  @Test("a rotation that no run followed binds nobody: it may have been interrupted")
  func interrupted() throws {
    let before = Self.record([.active])
    #expect(try Self.fault(before, [Self.used, Self.rotated]) == nil)
    let followed = [Self.used, Self.rotated, Self.next]
    #expect(
      try Self.fault(Self.record([.active, .preActive]), followed)
        == .behindLog(id: "region.1", found: "active", expected: "wrapped", line: 3)
    )
    #expect(try Self.fault(Self.record([.wrapped, .active]), followed) == nil)
    let back = Told(event: .keyRotated, outcome: "rolled-back", id: "region.1", from: "region.2")
    #expect(try Self.fault(Self.record([.active, .retired]), followed + [back]) == nil)
  }

  @Test("a fingerprint that the record lost is taken from the log")
  func pinned() throws {
    var record = Self.record([.preActive])
    record.generations[0].fingerprint = nil
    let (folder, path) = try Self.log([Self.used])
    defer { _ = folder }
    let held = try KeyRecord.held(record, against: KeyLives(ofLog: path).lives(of: "region"))
    #expect(held?.generations[0].fingerprint == Self.fingerprint("region.1"))
  }

  @Test("a wrapped key that makes tokens of another release is told by verification with 77")
  func wrapped() throws {
    let lines = [Self.used, Self.rotated, Self.used, Self.next]
    func verdict(_ scope: String) throws -> LogVerdict {
      let (folder, path) = try Self.log(
        lines + [Told(event: .keyLoaded, outcome: "loaded", id: "region.1", scope: scope)]
      )
      defer { _ = folder }
      return try PrivacyLog.verify(path: path, expectedHead: nil)
    }
    #expect(try verdict("r/1").fault == nil)
    let late = try verdict("r/2")
    #expect(late.exitStatus == .privacyRefused && late.fault?.line == 6)
  }
}
