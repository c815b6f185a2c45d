import PipelineFile
import Tabular
import TestSupport
import Testing

@testable import Ingest

/// A claim file made at random, and what must come out of it by a plain reckoning.
private struct RandomClaims {
  var file: VektisFile
  var rows: [String] = []
  var rejectCount = 0
  var skipCount = 0

  init(_ standard: VektisFile.Standard, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    file = VektisFile(standard)
    for number in 0..<Int.random(in: 1...6, using: &random) {
      var person = VektisPerson()
      person.number = String(number)
      person.bsn = Bool.random(using: &random) ? "999900006" : "999900007"
      file.add(person)
      if Bool.random(using: &random) { file.addPayer() }
      addActivities(of: person, &random)
      if number == 3 {
        file.close()
        file.open()
      }
    }
    file.close()
  }

  private mutating func addActivities(
    of person: VektisPerson,
    _ random: inout SeededGenerator
  ) {
    for sequence in 0..<Int.random(in: 0...5, using: &random) {
      var activity = VektisActivity()
      activity.sequence = sequence
      activity.cents = Int.random(in: -99_999...99_999, using: &random)
      activity.forwarding = Int.random(in: 0..<8, using: &random) == 0 ? "2" : "1"
      var owner = person
      let isForeign = Int.random(in: 0..<8, using: &random) == 0
      if isForeign { owner.number += "9" }
      var cents = activity.cents
      let before = Int.random(in: -500...500, using: &random)
      if file.standard.hasTariffs {
        file.addTariff(before, activity, of: owner)
        cents += before
      }
      file.add(activity, of: owner)
      if file.standard.hasTariffs { file.addTariff(activity.cents, activity, of: owner) }
      if activity.forwarding != "1" {
        skipCount += 1
      } else if isForeign || person.bsn == "999900007" {
        rejectCount += 1
      } else {
        rows.append("\(person.bsn)|\(cents)")
      }
    }
  }
}

@Suite("Properties of claims")
struct VektisPropertyTests {
  let extract = Extract.vektis([
    column("bsn", .bsn, required: true), column("amount", .money, required: true),
  ])

  @Test("random claims come to what was written, to the cent", arguments: 0..<60 as Range<UInt64>)
  func agreesWithWriter(seed: UInt64) throws {
    let all = VektisFile.Standard.all
    let claims = RandomClaims(all[Int(seed) % all.count], seed: seed)
    let outcome = try extract.read(claims.file.bytes)
    #expect(outcome.rows == claims.rows, "seed \(seed)")
    #expect(outcome.rejected == claims.rejectCount, "seed \(seed)")
    #expect(outcome.skipped[.objection] ?? 0 == claims.skipCount, "seed \(seed)")
    #expect(outcome.read == claims.rows.count + claims.rejectCount + claims.skipCount)
    // Neither where chunks end, nor filler and line ends, change what is read.
    for size in [16, 700, 4096] {
      let other = try extract.inChunks(of: size).read(claims.file.bytes)
      #expect(other.meaning == outcome.meaning, "seed \(seed), chunks of \(size)")
    }
    var other = claims.file
    other.lineEnd = "\r\n"
    #expect(try extract.read(other.bytes).meaning == outcome.meaning, "seed \(seed)")
    #expect(try extract.read(claims.file.trimmed).meaning == outcome.meaning, "seed \(seed)")
  }

  @Test(
    "of a mutated claim each row is accounted for, or the file is refused",
    arguments: 0..<14 as Range<UInt64>
  )
  func mutations(seed: UInt64) throws {
    let all = VektisFile.Standard.all
    let good = RandomClaims(all[Int(seed) % all.count], seed: seed).file.bytes
    let format = try #require(try DocumentFormat(extract.source))
    var random = SeededGenerator(seed: seed)
    var refused = 0
    for _ in 0..<250 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
        default: bytes[place] = UInt8.random(in: 0x30...0x39, using: &random)
        }
      }
      if try format.fault(of: bytes) != nil {
        refused += 1
        continue
      }
      let outcome = try extract.read(bytes)
      let skipped = outcome.skipped.values.reduce(0, +)
      #expect(outcome.read == outcome.accepted + outcome.rejected + skipped, "seed \(seed)")
      // An independent count: lines that are activities, and tariff records without one.
      let activities = bytes.split(separator: 0x0A).filter { $0.starts(with: Array("04".utf8)) }
      let orphans = outcome.rejects.filter { $0.contains(" orphan ") }
      #expect(outcome.read == activities.count + orphans.count, "seed \(seed)")
    }
    #expect(refused < 250)
  }

  @Test("a line of a megabyte costs its row, not the memory")
  func longLine() throws {
    var file = VektisFile(.mz301)
    file.add(VektisPerson())
    file.add(VektisActivity(), of: VektisPerson())
    file.add(VektisActivity(), of: VektisPerson())
    file.close()
    let long = [UInt8](repeating: 0x20, count: 1 << 20)
    let bytes: [UInt8] = file.lines.enumerated().flatMap { number, line in
      (number == 2 ? line + long : line) + [UInt8(0x0A)]
    }
    let outcome = try extract.read(bytes)
    #expect(outcome.rows == ["999900006|1250"])
    #expect(outcome.rejects == ["3  line-length "])
  }
}
