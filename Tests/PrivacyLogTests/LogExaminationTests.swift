import Diagnostics
import Files
import Foundation
import Glibc
import Tabular
import Testing

@testable import PrivacyLog

@Suite("What a log must say besides being whole")
struct LogExaminationTests {
  static func nights(_ count: Int) throws -> SignedNights {
    let nights = try SignedNights(LogFolder(), clock: tickingClock())
    for number in 0..<count { try nights.night(number + 1) }
    return nights
  }

  static func remove(_ name: String, of nights: SignedNights) {
    unsafe unlink("\(nights.checkpoints.path)/\(name)")
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  @Test("nights that were signed verify without a word but that nobody witnessed them")
  func good() throws {
    let verdict = try Self.nights(3).verify()
    #expect(verdict.fault == nil && verdict.checkpointCount == 6 && verdict.sealedSize == 25)
    #expect(verdict.remarks.count == 1 && !verdict.isWitnessed)
  }

  @Test("every changed byte of a checkpoint or proof is found, and the file is named")
  func everyByteBeside() throws {
    let nights = try Self.nights(3)
    for name in ["8.checkpoint", "9.checkpoint", "17.checkpoint", "17.proof", "25.proof"] {
      let path = "\(nights.checkpoints.path)/\(name)"
      let bytes = try nights.folder.bytes("checkpoints/\(name)")
      for place in bytes.indices {
        for flip: UInt8 in [0x01, 0x20] {
          var changed = bytes
          changed[place] ^= flip
          try Self.write(changed, to: path)
          let fault = try nights.verify().fault
          if fault?.file != path || fault?.exitStatus != .tampered {
            Issue.record("\(name), place \(place), flip \(flip): \(String(describing: fault))")
          }
        }
      }
      try Self.write(bytes, to: path)
    }
    #expect(try nights.verify().fault == nil)
  }

  @Test("a run that ended unsigned is told, but for the instant between its end and its signature")
  func unsealed() throws {
    let nights = try Self.nights(3)
    Self.remove("25.checkpoint", of: nights)
    Self.remove("25.proof", of: nights)
    let instant = try nights.verify()
    #expect(instant.fault == nil && instant.sealedSize == 24 && instant.remarks.count == 2)
    Self.remove("24.checkpoint", of: nights)
    #expect(try nights.verify().fault == LogFault(line: 25, cause: .unsealed))
    #expect(throws: PrivacyLogError.self) { try nights.night(4) }
    // All of them gone is no better.
    for name in try namesInFolder(nights.checkpoints.path) { Self.remove(name, of: nights) }
    #expect(try nights.verify().fault == LogFault(line: 9, cause: .unsealed))
    // Of a log that came alone, nobody can say.
    #expect(try nights.folder.verify().fault == nil)
  }

  @Test("the next run says that the last one ended unsigned, and signs it")
  func sealsWhatWasLeft() throws {
    let nights = try Self.nights(2)
    Self.remove("17.checkpoint", of: nights)
    Self.remove("17.proof", of: nights)
    try nights.night(3)
    let lines = try nights.lines()
    let recovered = String(decoding: lines[17], as: UTF8.self)
    #expect(recovered.contains("log.recovered") && recovered.contains("\"unsealed_lines\":1"))
    let verdict = try nights.verify()
    #expect(verdict.fault == nil && verdict.sealedSize == lines.count)
  }

  @Test("proofs that are gone are told, and the first that is left is still checked")
  func goneProofs() throws {
    let nights = try Self.nights(4)
    Self.remove("9.proof", of: nights)
    Self.remove("17.proof", of: nights)
    let verdict = try nights.verify()
    #expect(verdict.fault == nil && verdict.remarks.count == 2)
    let path = nights.checkpoints.proofPath(25)
    let proof = try #require(NightProof(try nights.folder.bytes("checkpoints/25.proof")))
    for old in [1, 16, 18] {
      let moved = NightProof(oldSize: old, hashes: proof.hashes, checkpoint: proof.checkpoint)
      try Self.write(moved.bytes, to: path)
      #expect(try nights.verify().fault == LogFault(file: path, cause: .proof))
    }
  }

  @Test("nothing is added to a log that is shorter than its checkpoints, or gone")
  func neverShorter() throws {
    let nights = try Self.nights(2)
    let lines = try nights.lines()
    for kept in [16, 9, 1, 0] {
      let cut = Array(lines[..<kept]).joinedLines
      try nights.folder.write(cut)
      do {
        _ = try PrivacyLog.open(path: nights.folder.log, pipeline: "region")
        Issue.record("a log of \(kept) lines was added to")
      } catch {
        let fault = LogFault(line: kept + 1, cause: .cut(found: kept, expected: 17))
        #expect(error == .tampered(path: nights.folder.log, fault))
      }
      #expect(try nights.folder.bytes() == cut)
    }
    unsafe unlink(nights.folder.log)
    #expect(throws: PrivacyLogError.self) {
      _ = try PrivacyLog.open(path: nights.folder.log, pipeline: "region")
    }
    #expect(!somethingStands(at: nights.folder.log))
  }

  @Test(
    "checkpoints of a key that the log does not name are refused; a new key that it names is told"
  )
  func signers() throws {
    let nights = try Self.nights(2)
    let own = try #require(try nights.checkpoints.checkpoint(17))
    let other = NoteSigner(name: "koppel/region", kind: .note, signingKey: try signingKey(8))
    let forged = try Checkpoint(origin: own.origin, size: 17, root: own.root, signer: other)
    let path = nights.checkpoints.checkpointPath(17)
    try Self.write(forged.note.bytes, to: path)
    #expect(try nights.verify().fault == LogFault(file: path, cause: .unknownSigner))
    try Self.write(own.note.bytes, to: path)
    try SignedNights(nights.folder, key: signingKey(8), clock: tickingClock()).night(3)
    let verdict = try nights.verify()
    #expect(verdict.fault == nil)
    let told = verdict.remarks.filter { $0.sentence.contains("another key signs") }
    #expect(told.map(\.severity) == [.warning] && told.first?.place?.line == 19)
  }

  @Test("a checkpoint of another log or another size is refused")
  func otherCheckpoint() throws {
    let nights = try Self.nights(2)
    let path = nights.checkpoints.checkpointPath(17)
    try Self.write(try nights.folder.bytes("checkpoints/9.checkpoint"), to: path)
    #expect(try nights.verify().fault == LogFault(file: path, cause: .checkpointForm))
    let signer = NoteSigner(name: "koppel/region", kind: .note, signingKey: try signingKey(7))
    let own = try #require(NightProof(try nights.folder.bytes("checkpoints/17.proof"))?.checkpoint)
    let foreign = try Checkpoint(
      origin: "koppel/region/0123456789abcdef",
      size: 17,
      root: own.root,
      signer: signer
    )
    try Self.write(foreign.note.bytes, to: path)
    #expect(try nights.verify().fault?.file == path)
  }

  @Test(
    "a key that is used after its end is told with 77, at its line",
    arguments: [
      (LogEvent.keyDestroyed, "destroyed", true), (.keyRotated, "retired", true),
      (.keyRotated, "wrapped", false), (.keyNew, "made", false),
    ]
  )
  func keyStates(event: LogEvent, outcome: String, isEnd: Bool) throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    func use(_ event: LogEvent, _ outcome: String, _ fingerprint: JSONValue) throws {
      try log.append(
        event,
        run: testRun,
        outcome: outcome,
        fields: ["key": ["id": "region.1", "fingerprint": fingerprint]]
      )
    }
    try use(.keyLoaded, "loaded", "00000000000000aa")
    try use(event, outcome, "00000000000000aa")
    try use(.keyLoaded, "loaded", "00000000000000bb")
    #expect(try folder.verify().fault == nil)
    try use(.keyLoaded, "loaded", "00000000000000aa")
    let verdict = try folder.verify()
    #expect(verdict.fault?.line == (isEnd ? 5 : nil))
    #expect(verdict.exitStatus == (isEnd ? .privacyRefused : .success))
    if isEnd {
      #expect(verdict.fault?.cause == .keyState(outcome, since: 3))
      // The log goes on, and tampering weighs more.
      _ = try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:])
      var bytes = try folder.bytes()
      bytes[bytes.count - 300] ^= 1
      try folder.write(bytes)
      #expect(try folder.verify().exitStatus == .tampered)
    }
  }

  @Test("a policy that changed is told, and one that changed unsaid is a warning")
  func policies() throws {
    let nights = try Self.nights(1)
    try nights.night(2, policy: "b")
    let said = try nights.verify().remarks.filter { $0.sentence.contains("policy") }
    #expect(said.map(\.severity) == [.note])
    let log = try PrivacyLog.open(path: nights.folder.log, clock: tickingClock())
    let digest = JSONValue.string(String(repeating: "c", count: 64))
    try log.append(.runStarted, run: testRun, outcome: "started", fields: ["policy": digest])
    let unsaid = try nights.verify().remarks.filter { $0.sentence.contains("policy") }
    #expect(unsaid.map(\.severity) == [.note, .warning])
    #expect(unsaid.last?.place?.line == log.head.size)
  }

  @Test("a night without a run is told, of a log that has one each night")
  func missingNights() throws {
    func remarks(_ days: [Int64], _ periods: [String] = []) throws -> [String] {
      let folder = try LogFolder()
      var now: Int64 = 1_786_000_000_000
      let log = try PrivacyLog.open(path: folder.log) { now }
      for (number, day) in days.enumerated() {
        now = 1_786_000_000_000 + day * 86_400_000
        let period = periods.isEmpty ? "" : periods[number]
        try log.append(
          .runStarted,
          run: testRun,
          outcome: "started",
          fields: ["period": .string(period)],
          waiting: false
        )
        try log.append(.runEnded, run: testRun, outcome: "published", fields: [:], waiting: false)
      }
      return try folder.verify().remarks.map(\.sentence).filter { !$0.contains("witness") }
    }
    #expect(try remarks([0, 1, 2, 3]).isEmpty)
    #expect(
      try remarks([0, 1, 2, 4, 5]) == [
        "no run began on 2026-08-09, though runs began the days around it"
      ]
    )
    #expect(
      try remarks([0, 0, 1, 2, 3, 6]) == ["no run began from 2026-08-10 to 2026-08-11: 2 nights"]
    )
    #expect(try remarks([0, 31, 61, 92]).isEmpty)
    #expect(
      try remarks([0, 31, 61], ["2025-11", "2026-02", "2026-01"]) == [
        "no run published period 2025-12"
      ]
    )
  }

  @Test("published tables that are not what the log says are told, and tables of no run")
  func published() throws {
    let folder = try LogFolder()
    let log = try PrivacyLog.open(path: folder.log, clock: tickingClock())
    let out = "\(folder.path)/out"
    try #require(unsafe mkdir(out, 0o700) == 0)
    try Self.write(Array("a,b\n1,2\n".utf8), to: "\(out)/use.csv")
    let digest = try fileDigest("\(out)/use.csv")
    func manifest(_ run: String) throws {
      let text = #"{"run":{"id":"\#(run)"},"pipeline":{"name":"region"}}"#
      try Self.write(Array(text.utf8), to: "\(out)/manifest.json")
    }
    try log.append(
      .outputReleased,
      run: testRun,
      outcome: "released",
      fields: ["output": [["table": "use", "sha256": .string(digest), "rows": 1]]]
    )
    func fault() throws -> LogFault? {
      var evidence = PrivacyLog.Evidence()
      evidence.published = [try #require(try PublishedFolder(path: out))]
      return try PrivacyLog.verify(path: folder.log, against: evidence).fault
    }
    try manifest(testRun)
    #expect(try fault() == nil)
    try Self.write([], to: "\(out)/more.csv")
    #expect(try fault() == LogFault(file: out, cause: .output("more.csv")))
    unsafe unlink("\(out)/more.csv")
    try Self.write(Array("a,b\n1,3\n".utf8), to: "\(out)/use.csv")
    #expect(try fault() == LogFault(file: out, cause: .output("use.csv")))
    unsafe unlink("\(out)/use.csv")
    #expect(try fault() == LogFault(file: out, cause: .output("use.csv")))
    try manifest(String(repeating: "1", count: 32))
    #expect(try fault() == LogFault(file: out, cause: .unknownOutput))
    #expect(try PublishedFolder(path: folder.path) == nil)
  }

  @Test("the reader gives every line decoded, and stops at one that is none")
  func reader() throws {
    let nights = try Self.nights(1)
    var reader = try LogReader(path: nights.folder.log)
    var records: [LogRecord] = []
    while let record = try reader.next() { records.append(record) }
    #expect(records.map(\.sequence) == Array(1...9) && records.map(\.number) == Array(1...9))
    #expect(records[1].event == .runStarted && records[1].outcome == "started")
    #expect(records[1]["host"]?.stringValue == "Zwolle" && records[1]["prev"] == nil)
    #expect(records[8].run == String(repeating: "0", count: 31) + "1")
    try nights.folder.write(nights.folder.bytes() + Array("{}\n".utf8))
    var other = try LogReader(path: nights.folder.log)
    for _ in 0..<9 { _ = try other.next() }
    do {
      _ = try other.next()
      Issue.record("a line that is none was given")
    } catch let fault as LogFault {
      #expect(fault == LogFault(line: 10, cause: .fieldMissing))
    }
  }
}
