import Diagnostics
import Testing

@testable import PrivacyLog

@Suite("The times of a log")
struct LogTimeTests {
  @Test(
    "a time before that of the line before is told, in one run as between two, and each but once"
  )
  func clockWentBack() throws {
    let folder = try LogFolder()
    var now: Int64 = 1_786_000_000_000
    let log = try PrivacyLog.open(path: folder.log) { now }
    func append(_ milliseconds: Int64) throws {
      now = milliseconds
      try log.append(.heartbeat, run: testRun, outcome: "quiet", fields: [:], waiting: false)
    }
    func told() throws -> [Int?] {
      try folder.verify().remarks.filter { $0.sentence.contains("the clock went back") }
        .map { $0.place?.line }
    }
    let start = now
    try append(start + 500_000)
    // What a clock that is kept right is set back by gives no earlier time.
    try append(start + 499_000)
    try append(start + 440_000)
    #expect(try told().isEmpty)
    try append(start + 439_999)
    try append(start + 439_999)
    try append(start + 450_000)
    #expect(try told() == [5])
    try append(start - 86_400_000)
    #expect(try told() == [5, 8])
    let last = try #require(try folder.verify().remarks.last { $0.place?.line == 8 })
    #expect(last.severity == .warning)
    #expect(
      last.sentence
        == "the clock went back: this line is of 2026-08-05T07:06:40.000Z, the one before it of "
        + "2026-08-06T07:14:10.000Z"
    )
  }

  @Test("a time after that at which a witness signed the line is told")
  func afterWitness() throws {
    let scene = try WitnessTests.Scene(2)
    func told() throws -> [String] {
      try scene.nights.verify(scene.seen()).remarks.map(\.sentence)
        .filter { $0.contains("the witness signed this line at") }
    }
    // The clock of the nights begins at 1,786,000,000 seconds, and ticks one a line.
    _ = try scene.take(9, at: 1_786_000_009)
    #expect(try told().isEmpty)
    _ = try scene.take(17, at: 1_785_999_900)
    #expect(try told().count == 1)
  }
}
