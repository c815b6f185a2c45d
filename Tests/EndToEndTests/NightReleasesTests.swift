import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A night whose tables did not appear is remembered all the same")
struct NightReleasesTests {
  private let folder: TemporaryFolder
  private let ledger = ".koppel/night/releases.ledger"

  /// The pipeline and the deliveries of the script `releases.txt`.
  init() throws {
    folder = try TemporaryFolder()
    let path = repositoryRoot() + "/Tests/EndToEndTests/Scripts/releases.txt"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var name = ""
    var files: [String: String] = [:]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- "), line.hasSuffix(" --") {
        name = String(line.dropFirst(3).dropLast(3))
      } else {
        files[name, default: ""] += line + "\n"
      }
    }
    for name in ["night.yaml", "first.csv", "second.csv"] {
      try folder.write(Array((try #require(files[name])).utf8), to: name)
    }
    try FileManager.default.createDirectory(
      atPath: folder.file("in"),
      withIntermediateDirectories: true
    )
  }

  private func run(_ delivery: String) throws -> CommandRun {
    try folder.write(folder.bytes(of: delivery), to: "in/register.csv")
    return try runKoppel(["run", "night.yaml"], in: folder.path)
  }

  private func table() throws -> String {
    String(decoding: try folder.bytes(of: "out/use.csv"), as: UTF8.self)
  }

  @Test("when it is killed between the ledger and the tables, also in the last word of the ledger")
  func killedBeforeTables() throws {
    // What a run leaves that was killed there: its ledger, without its tables.
    for torn in [0, 20, 5 + 16 + 32] {
      try? FileManager.default.removeItem(atPath: folder.file(".koppel"))
      try? FileManager.default.removeItem(atPath: folder.file("out"))
      let first = try run("first.csv")
      try #require(first.status == 0, "\(first.standardError)")
      let whole = try folder.bytes(of: ledger)
      try FileManager.default.removeItem(atPath: folder.file("out"))
      try folder.write(whole.prefix(whole.count - torn), to: ledger)
      // It is written when the night stays, and after that the manifest of the run.
      if torn > 0 { try FileManager.default.removeItem(atPath: folder.file("\(ledger).end")) }
      let second = try run("second.csv")
      try #require(second.status == 0, "\(torn): \(second.standardError)")
      #expect(try table().contains("Noord,24,h 2"), "\(torn)")
      #expect(try !table().contains("25"), "\(torn)")
    }
  }

  @Test("wherever it is killed, the next one is guarded against all that was shown")
  func killedAnywhere() throws {
    var random = SeededGenerator(seed: 31)
    let start = monotonicSeconds()
    try #require(try run("first.csv").status == 0)
    let length = monotonicSeconds() - start
    for number in 0..<8 {
      try folder.write(folder.bytes(of: "second.csv"), to: "in/register.csv")
      let process = try StartedCommand(koppelPath(), ["run", "night.yaml"], in: folder.path)
      let delay = Double.random(in: 0.2...1.1, using: &random) * length
      pause(seconds: delay)
      process.send(SIGKILL)
      _ = try process.finish()
      let next = try run(number % 2 == 0 ? "second.csv" : "first.csv")
      #expect(next.status == 0, "kill \(number) after \(delay) s: \(next.standardError)")
      #expect(try table().contains("Noord,24,"), "kill \(number)")
    }
  }

  @Test("a ledger of which any byte of the first block was changed is told to be altered")
  func changedHead() throws {
    try #require(try run("first.csv").status == 0)
    let whole = try folder.bytes(of: ledger)
    // A word of 16 bytes, a length of four and a kind, then the head and its hash.
    let length = Int(whole[16]) | Int(whole[17]) << 8
    try #require(length > 0 && length < 1_000)
    for place in [0, 9, 15, 16, 17, 19, 20] + stride(from: 21, to: 21 + length + 32, by: 9) {
      var changed = whole
      changed[place] ^= 1
      try folder.write(changed, to: ledger)
      let next = try run("second.csv")
      #expect(next.status == 76, "byte \(place): \(next.standardError)")
      #expect(
        next.standardError.contains("releases.ledger: error: found a ledger that cannot be trusted")
          && next.standardError.contains(" changed\nhint: put back a copy of it"),
        "byte \(place): \(next.standardError)"
      )
    }
    try folder.write(whole, to: ledger)
    #expect(try run("second.csv").status == 0)
  }
}
