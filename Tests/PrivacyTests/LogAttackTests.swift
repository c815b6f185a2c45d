import Foundation
import TestSupport
import Testing

@Suite("Who owns the machine and its keys")
struct LogAttackTests {
  @Test("cannot write the log anew: the witness saw another, and the steward's check is warned")
  func newLog() throws {
    let night = try AttackedNight()
    try night.runs(1)
    #expect(try night.witness().status == 0)
    try night.runs(1)
    try night.remove(night.work, "night/out")
    try night.runs(1)
    #expect(try night.verify().standardError.contains("held against no witness"))
    try expectBad(night.verify(witnessed: true), "privacy.log:1: error: ")
    #expect(try night.witness().status == 76)
  }

  @Test(
    "cannot let a second log begin while anything tells of the first",
    arguments: ["signing.key", "deliveries.ledger", "staging/care.staged", "out"]
  )
  func secondBeginning(remnant: String) throws {
    let night = try AttackedNight()
    try night.runs(1)
    let kept = remnant == "out" ? "night/out" : "\(night.work)/\(remnant)"
    try night.move(kept, to: "kept")
    try night.remove(night.work, "night/out")
    try FileManager.default.createDirectory(
      atPath: night.folder.file(night.work + "/staging"),
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    let mode = [FileAttributeKey.posixPermissions: 0o700]
    try FileManager.default.setAttributes(mode, ofItemAtPath: night.folder.file(night.work))
    try night.move("kept", to: kept)
    let destroy = ["key", "destroy", "night/night.yaml", "region", "--yes"]
    // What a killed run may have begun with is no log either.
    for beginning in ["", #"{"event":"log.cre"#] {
      if !beginning.isEmpty { try night.folder.write(Array(beginning.utf8), to: night.logPath) }
      let run = try night.run()
      try expectBad(run, "privacy.log:1: error: found no log, and of earlier runs '")
      #expect(run.standardError.contains(remnant == "out" ? "out/manifest.json" : remnant))
      #expect(run.standardError.contains("put the log back from a backup"))
      #expect(FileManager.default.fileExists(atPath: night.folder.file(kept)))
      #expect(try night.koppel(destroy).status == 76)
    }
    try night.remove(night.work, "night/out")
    #expect(try night.run().status == 0)
  }

  @Test("cannot have runs signed that never were: one may be unfinished, a second is refused")
  func forgedRuns() throws {
    let night = try AttackedNight()
    try night.runs(1)
    let whole = try night.folder.bytes(of: night.logPath)
    // Without its checkpoints a later night is a run that nobody signed.
    try night.runs(2)
    let sizes = try night.sizes(".checkpoint")
    let lines = try night.folder.bytes(of: night.logPath).split(separator: 0x0A).map(Array.init)
    let first = whole.split(separator: 0x0A).count
    for ending in [".checkpoint", ".proof"] {
      for size in try night.sizes(ending) where size > first {
        try night.remove("\(night.work)/checkpoints/\(size)\(ending)")
      }
    }
    try night.remove(night.work + "/runs", "night/out")
    // Their ends are left out: a run that ended unsigned is told anyway.
    let second = sizes.filter { $0 > first }[1]
    let forged = lines[..<(second - 1)] + lines[second...(second + 2)]
    try night.folder.write(forged.flatMap { $0 + [0x0A] }, to: night.logPath)
    #expect(try night.verify().status == 76)
    // Chained as they should be, by whoever can compute a hash.
    try night.folder.write(
      try ChainedLines.rechained(Array(forged), from: second - 1).flatMap { $0 + [0x0A] },
      to: night.logPath
    )
    let before = try night.folder.bytes(of: night.logPath)
    for bad in [try night.verify(), try night.run()] {
      try expectBad(
        bad,
        "privacy.log:\(second): error: found a second run that no checkpoint covers"
      )
    }
    #expect(try night.folder.bytes(of: night.logPath) == before)
    // One is what a killed run leaves.
    try night.folder.write(lines[..<(second - 1)].flatMap { $0 + [0x0A] }, to: night.logPath)
    #expect(try night.verify().status == 0)
    #expect(try night.run().status == 0)
    #expect(try night.verify().status == 0)
  }

  @Test("stops each run while its key is refused, and no number of them is called tampering")
  func refusedAgainAndAgain() throws {
    let night = try AttackedNight()
    try night.runs(1)
    let key = night.folder.file(night.work + "/signing.key")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    for _ in 0..<4 {
      let run = try night.run()
      #expect(run.status == 77, "\(run.standardError)")
      let verified = try night.verify()
      #expect(verified.status == 0, "\(verified.standardError)")
    }
    let log = String(decoding: try night.folder.bytes(of: night.logPath), as: UTF8.self)
    #expect(log.components(separatedBy: #""event":"run.started""#).count == 3)
    #expect(log.components(separatedBy: #""event":"key.refused""#).count == 5)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    let run = try night.run()
    #expect(run.status == 0, "\(run.standardError)")
    #expect(run.standardError.contains("interrupted before all that it did was signed"))
    let verified = try night.verify()
    #expect(verified.status == 0 && !verified.standardError.contains("not signed"))
  }

  @Test("cannot rewrite a line with the key before the witness's checkpoint")
  func rewritten() throws {
    let night = try AttackedNight()
    try night.runs(1)
    let first = try night.folder.bytes(of: night.logPath).count
    #expect(try night.witness().status == 0)
    // The same nights again from an older copy, with the same key: every line is validly signed.
    try night.copy(night.work, to: "older")
    try night.runs(1)
    #expect(try night.witness().status == 0)
    try night.remove("night/out")
    try night.copy("older", to: night.work)
    try night.runs(2)
    #expect(try night.folder.bytes(of: night.logPath).count > first)
    #expect(try night.verify().status == 0)
    try expectBad(night.verify(witnessed: true), "not those that the witness saw")
    #expect(try night.witness().status != 0)
  }

  @Test("cannot drop the checkpoints, nor delete the runs to make a cut go unseen")
  func dropped() throws {
    let night = try AttackedNight()
    try night.runs(1)
    #expect(try night.witness().status == 0)
    try night.runs(1)
    #expect(try night.witness().status == 0)
    try night.copy("night", to: "whole")
    try night.remove(night.work + "/checkpoints")
    try expectBad(night.verify(), "was not signed")
    #expect(try night.run().status == 76)

    // Without runs the log itself is as good as before: they are for the steward.
    try night.copy("whole", to: "night")
    try night.remove(night.work + "/runs")
    #expect(try night.verify(witnessed: true).status == 0)
    #expect(try night.run().status == 0)

    // Cut at a boundary: by its checkpoints, by the manifests, by what was published, by the witness.
    try night.copy("whole", to: "night")
    let lines = try night.folder.bytes(of: night.logPath).split(separator: 0x0A)
    try night.folder.write(lines[..<11].flatMap { Array($0) + [0x0A] }, to: night.logPath)
    try expectBad(night.verify(), "privacy.log:12: error: ")
    #expect(try night.run().status == 76)
    try night.cut(to: 11)
    try expectBad(night.verify(), "privacy.log:12: error: ")
    #expect(try night.run().status == 76)
    try night.remove(night.work + "/runs")
    try expectBad(night.verify(), "tables of a run of which the log does not say")
    try night.remove("night/out")
    #expect(try night.verify().status == 0)
    try expectBad(night.verify(witnessed: true), "privacy.log:12: error: ")
  }

  @Test("cannot bring back an old work folder: what the witness saw since is missing")
  func replayed() throws {
    let night = try AttackedNight()
    try night.runs(1)
    #expect(try night.witness().status == 0)
    try night.copy(night.work, to: "backup")
    try night.runs(1)
    #expect(try night.witness().status == 0)
    try night.copy("backup", to: night.work)
    try expectBad(night.verify(), "tables of a run of which the log does not say")
    try expectBad(night.verify(witnessed: true), "the log ends after 11 lines, expected 22")
    try night.runs(1)
    try expectBad(night.verify(witnessed: true), "privacy.log:12: error: ")
    #expect(try night.witness().status == 76)
  }

  @Test("cannot sign with another key: the next run says so, and the witness pinned the first")
  func otherSigner() throws {
    let night = try AttackedNight()
    try night.runs(1)
    #expect(try night.witness().status == 0)
    try night.remove(night.work + "/signing.key")
    let run = try night.run()
    #expect(run.status == 0)
    #expect(run.standardError.contains("another key signs the privacy log than before"))
    #expect(try night.verify().standardError.contains("warning: another key signs from here on"))
    try expectBad(night.verify(witnessed: true), "privacy.log:13: error: another key signs")
    #expect(try night.witness().status == 76)
  }

  @Test("cannot let a pipeline go on with the log of another")
  func swapped() throws {
    let night = try AttackedNight()
    let text = String(decoding: try night.folder.bytes(of: "night/night.yaml"), as: UTF8.self)
    let other = text.replacingOccurrences(of: "pipeline: night", with: "pipeline: other")
      .replacingOccurrences(of: "to: out", with: "to: other-out")
    try night.folder.write(other.utf8, to: "night/other.yaml")
    try night.runs(1)
    #expect(try night.witness().status == 0)
    try night.runs(1, of: "other")
    try night.move(night.work, to: "night/.koppel/aside")
    try night.move("night/.koppel/other", to: night.work)
    try night.move("night/.koppel/aside", to: "night/.koppel/other")
    #expect(try night.run().status == 73)
    #expect(try night.run(of: "other").status == 73)
    // The ledger says whose folder it is; without it the log itself does.
    for pipeline in ["night", "other"] {
      try night.remove("night/.koppel/\(pipeline)/deliveries.ledger")
      let before = try night.folder.bytes(of: "night/.koppel/\(pipeline)/privacy.log")
      let run = try night.run(of: pipeline)
      try expectBad(run, "the log is that of another pipeline")
      #expect(try night.folder.bytes(of: "night/.koppel/\(pipeline)/privacy.log") == before)
    }
    #expect(try night.verify(witnessed: true).status == 76)
  }

  @Test("is told of a full disk, of a second run and of a clock that goes back, and loses no line")
  func accidents() throws {
    let night = try AttackedNight()
    try night.runs(1)
    let before = try night.folder.bytes(of: night.logPath)
    for limit in [512, 2_048, before.count / 512 * 512 + 512, before.count / 512 * 512 + 2_048] {
      let run = try night.koppel(
        ["run", "night/night.yaml", "--fresh"],
        fileByteLimit: limit
      )
      #expect([73, 74].contains(run.status), "\(limit): \(run.status) \(run.standardError)")
      let verified = try night.verify()
      #expect(verified.status == 0, "\(limit): \(verified.standardError)")
      #expect(try night.folder.bytes(of: night.logPath).starts(with: before))
    }
    let started = try (0..<4).map { _ in
      try StartedCommand(
        koppelPath(),
        ["run", "night/night.yaml", "--fresh"],
        in: night.folder.path
      )
    }
    let ended = try started.map { try $0.finish().status }
    #expect(ended.contains(0))
    #expect(ended.allSatisfy { $0 == 0 || $0 == 75 }, "\(ended)")
    #expect(try night.verify().status == 0)
  }

  @Test("gets no table out while a checkpoint cannot be written", arguments: ["file", "link"])
  func noCheckpoint(fault: String) throws {
    let night = try AttackedNight()
    try night.runs(1)
    try night.copy("night/out", to: "before")
    let place = night.work + "/checkpoints"
    try night.move(place, to: "aside")
    if fault == "file" {
      try night.folder.write([], to: place)
    } else {
      try FileManager.default.createSymbolicLink(
        atPath: night.folder.file(place),
        withDestinationPath: "/dev/null/nowhere"
      )
    }
    let run = try night.run()
    #expect([73, 74, 76].contains(run.status), "\(run.status) \(run.standardError)")
    let same = FileManager.default.contentsEqual(
      atPath: night.folder.file("night/out"),
      andPath: night.folder.file("before")
    )
    #expect(same)
    try night.remove(place)
    try night.move("aside", to: place)
    #expect(try night.run().status == 0)
    #expect(try night.verify().status == 0)
  }

  @Test("gets no table out when the checkpoint over it is refused in the middle of the night")
  func checkpointRefused() throws {
    let night = try AttackedNight()
    try night.runs(1)
    try night.copy("night/out", to: "before")
    let place = night.folder.file(night.work + "/checkpoints")
    // Who is root may write wherever a mode forbids it; an immutable folder stops root too.
    let frozen = try runCommand("/usr/bin/chattr", ["+i", place], in: night.folder.path)
    guard frozen.status == 0 else { return }
    let run = try night.run()
    let thawed = try runCommand("/usr/bin/chattr", ["-i", place], in: night.folder.path)
    #expect(thawed.status == 0)
    #expect(run.status == 73, "\(run.status) \(run.standardError)")
    #expect(run.standardError.contains(".checkpoint: error: "))
    let same = FileManager.default.contentsEqual(
      atPath: night.folder.file("night/out"),
      andPath: night.folder.file("before")
    )
    #expect(same)
    let torn = try night.verify()
    #expect(torn.status == 0)
    #expect(torn.standardError.contains("not signed yet; the next run signs them"))
    #expect(try night.run().status == 0)
    #expect(try night.verify().status == 0)
  }

  @Test("gets no first table out either where no checkpoint can be")
  func noFirstCheckpoint() throws {
    let night = try AttackedNight()
    try night.folder.write([], to: night.work + "/checkpoints")
    let mode = [FileAttributeKey.posixPermissions: 0o700]
    try FileManager.default.setAttributes(mode, ofItemAtPath: night.folder.file(night.work))
    let run = try night.run()
    #expect([73, 74, 76].contains(run.status), "\(run.status) \(run.standardError)")
    #expect(!FileManager.default.fileExists(atPath: night.folder.file("night/out")))
  }

  private func expectBad(_ run: CommandRun, _ sentence: String) throws {
    #expect(run.status == 76, "\(run.standardError)")
    #expect(run.standardError.contains(sentence), "\(run.standardError)")
  }
}
