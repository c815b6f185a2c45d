import Foundation
import TestSupport
import Testing

@Suite("The privacy log of some nights")
struct NightLogTests {
  @Test("is good as it is, and told bad at its first bad line however it was changed")
  func findsEveryChange() throws {
    let region = try NightRegion.madeUp()
    for _ in 0..<3 { #expect(try region.run().status == 0) }
    let log = try region.folder.bytes(of: "work/privacy.log")
    let lines = log.split(separator: 0x0A).map(Array.init)
    #expect(lines.count == 33)
    try expectGood(region)

    var random = SeededGenerator(seed: 5)
    for line in lines.indices {
      // The first and the last byte, and some between: of values, hashes, names and braces.
      var places = [0, lines[line].count - 1]
      for _ in 0..<3 { places.append(Int.random(in: lines[line].indices, using: &random)) }
      for place in places {
        var changed = lines
        changed[line][place] = changed[line][place] == 0x31 ? 0x32 : 0x31
        try expectBad(region, changed, at: line + 1, "byte \(place) of line \(line + 1)")
      }
      var removed = lines
      removed.remove(at: line)
      try expectBad(region, removed, at: line + 1, "line \(line + 1) removed")
      var repeated = lines
      repeated.insert(lines[line], at: line)
      try expectBad(region, repeated, at: line + 2, "line \(line + 1) twice")
    }
    for _ in 0..<8 {
      let first = Int.random(in: 0..<lines.count - 1, using: &random)
      let second = Int.random(in: first + 1..<lines.count, using: &random)
      var swapped = lines
      swapped.swapAt(first, second)
      try expectBad(region, swapped, at: first + 1, "lines \(first + 1) and \(second + 1) swapped")
    }
    for kept in [0, 1, 5, 12, 17, 18] {
      let cut = Array(lines[..<kept])
      try expectBad(region, cut, at: kept + 1, "cut after line \(kept)")
      let torn = Array(lines[kept][..<(lines[kept].count / 2)])
      let bytes = joined(cut) + torn
      try expectBad(region, bytes, at: kept + 1, "cut within line \(kept + 1)")
    }
    try region.folder.write(log, to: "work/privacy.log")
    try expectGood(region)
  }

  @Test(
    "tells of each file its rows, of each table how alone its persons are, and of a quiet night"
  )
  func fields() throws {
    let region = try NightRegion.madeUp()
    for _ in 0..<2 { #expect(try region.run().status == 0) }
    #expect(try region.run(["--fresh"]).status == 0)
    func members(_ event: String) throws -> [[String: Any]] {
      try region.folder.bytes(of: "work/privacy.log").split(separator: 0x0A)
        .compactMap { try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] }
        .filter { $0["event"] as? String == event }
    }
    let stages = try members("stage.ended")
    let staged = try #require(stages.first { $0["stage"] as? String == "pseudonymise" })
    let counts = try #require(staged["counts"] as? [String: [String: Any]])
    for (source, account) in counts {
      let inputs = stages.filter { $0["source"] as? String == source }
        .flatMap { $0["input"] as? [[String: Any]] ?? [] }
      let rows = inputs.compactMap { $0["rows"] as? Int }
      #expect(rows.count == inputs.count && rows.allSatisfy { $0 > 0 }, "\(source)")
      // Three runs tell of the same files.
      #expect(rows.reduce(0, +) == 3 * (account["read"] as? Int ?? -1), "\(source)")
    }
    let uniqueness = try #require(
      stages.first { $0["stage"] as? String == "link" }?["uniqueness"] as? [String: Int]
    )
    let outputs = try members("output.released").flatMap { $0["output"] as? [[String: Any]] ?? [] }
    #expect(!outputs.isEmpty)
    for output in outputs {
      #expect(output["k_min"] as? Int == uniqueness["k_min"])
      #expect(output["unique"] as? Int == uniqueness["alone"])
    }
    // The second night brought nothing; what is asked to be read again is no quiet night.
    let quiet = try members("heartbeat")
    #expect(quiet.count == 1 && quiet.first?["outcome"] as? String == "quiet")
    #expect(quiet.first?["run"] as? String == (try members("run.started")[1]["run"] as? String))
    #expect(quiet.first?["counts"] as? [String: Int] == ["unchanged": counts.count])
  }

  @Test("loses no line when a killed run left half of one")
  func recoversTornTail() throws {
    let region = try NightRegion.madeUp()
    #expect(try region.run().status == 0)
    let log = try region.folder.bytes(of: "work/privacy.log")
    for torn in ["{", "{\"event\":\"run.started\",\"outc", "{\"event\":\"run.ended\",\"v\":1}"] {
      let before = try region.folder.bytes(of: "work/privacy.log")
      try region.folder.write(before + Array(torn.utf8), to: "work/privacy.log")
      let run = try region.run()
      #expect(run.status == 0, "\(run.standardError)")
      #expect(run.standardError.contains("unfinished line"))
      let after = try region.folder.bytes(of: "work/privacy.log")
      #expect(after.starts(with: before))
      try expectGood(region)
      let apart = String(
        decoding: try region.folder.bytes(of: "work/privacy.log.torn"),
        as: UTF8.self
      )
      #expect(apart.hasSuffix(torn + "\n"))
    }
    #expect(try region.folder.bytes(of: "work/privacy.log").starts(with: log))
  }

  @Test("stops the next night when its last line was changed")
  func changedTailStopsNight() throws {
    let region = try NightRegion.madeUp()
    #expect(try region.run().status == 0)
    let published = try region.published()
    var log = try region.folder.bytes(of: "work/privacy.log")
    log[log.count - 2] = 0x31
    try region.folder.write(log, to: "work/privacy.log")
    let run = try region.run()
    #expect(run.status == 76, "\(run.standardError)")
    #expect(try region.folder.bytes(of: "work/privacy.log") == log)
    #expect(try region.published() == published)
  }

  @Test("stops the next night when its tail was cut or it is gone: it never grows past a cut")
  func cutStopsNight() throws {
    let region = try NightRegion.madeUp()
    for _ in 0..<2 { #expect(try region.run().status == 0) }
    let log = try region.folder.bytes(of: "work/privacy.log")
    let lines = log.split(separator: 0x0A).map(Array.init)
    for kept in [lines.count - 1, 9, 1, 0] {
      let cut = joined(Array(lines[..<kept]))
      try region.folder.write(cut, to: "work/privacy.log")
      let run = try region.run()
      #expect(run.status == 76, "\(run.standardError)")
      #expect(run.standardError.contains("privacy.log:\(kept + 1): "))
      #expect(try region.folder.bytes(of: "work/privacy.log") == cut)
    }
    try FileManager.default.removeItem(atPath: region.logPath)
    #expect(try region.run().status == 76)
    #expect(!FileManager.default.fileExists(atPath: region.logPath))
  }

  private func expectGood(_ region: NightRegion) throws {
    let verified = try region.verifyLog()
    #expect(verified.status == 0, "\(verified.standardError)")
    #expect(verified.standardOutput.contains("good"))
  }

  private func expectBad(
    _ region: NightRegion,
    _ lines: [[UInt8]],
    at line: Int,
    _ remark: String
  ) throws {
    try expectBad(region, joined(lines), at: line, remark)
  }

  private func expectBad(
    _ region: NightRegion,
    _ bytes: [UInt8],
    at line: Int,
    _ remark: String
  ) throws {
    try region.folder.write(bytes, to: "work/privacy.log")
    let verified = try region.verifyLog()
    #expect(verified.status == 76, "\(remark)")
    #expect(
      verified.standardError.contains("work/privacy.log:\(line): error: "),
      "\(remark): \(verified.standardError)"
    )
    #expect(verified.standardOutput.isEmpty, "\(remark)")
  }

  private func joined(_ lines: [[UInt8]]) -> [UInt8] { lines.flatMap { $0 + [0x0A] } }
}
