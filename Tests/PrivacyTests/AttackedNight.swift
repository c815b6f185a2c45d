import Foundation
import TestSupport

/// A small pipeline whose machine an adversary owns: he may do to its files whatever he likes.
///
/// An officer on another machine has seen the log of the first night, in `officer/seen`.
final class AttackedNight {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let night = repositoryRoot() + "/Tests/EndToEndTests/Scripts/night"
    try FileManager.default.copyItem(atPath: night, toPath: folder.file("night"))
  }

  var work: String { "night/.koppel/night" }
  var logPath: String { work + "/privacy.log" }

  func koppel(_ arguments: [String], fileByteLimit: Int? = nil) throws -> CommandRun {
    try runKoppel(arguments, in: folder.path, fileByteLimit: fileByteLimit)
  }

  func run(_ options: [String] = [], of pipeline: String = "night") throws -> CommandRun {
    try koppel(["run", "night/\(pipeline).yaml"] + options)
  }

  /// Runs nights that must be good.
  func runs(_ count: Int, of pipeline: String = "night") throws {
    for _ in 0..<count {
      let run = try run(of: pipeline)
      guard run.status == 0 else { throw CanaryFailure("a night failed: \(run.standardError)") }
    }
  }

  /// The officer takes the newest proof of the log, the first time with the key that signs it.
  func witness() throws -> CommandRun {
    let proof = try sizes(".proof").last ?? 0
    try copy("\(work)/checkpoints/signer", to: "officer/signer")
    try copy("\(work)/checkpoints/\(proof).proof", to: "officer/\(proof).proof")
    return try koppel(
      ["log", "verify", "--proof", "officer/\(proof).proof", "--witness", "officer/seen"]
    )
  }

  func verify(witnessed: Bool = false) throws -> CommandRun {
    try koppel(
      ["log", "verify", "night/night.yaml"] + (witnessed ? ["--witness", "officer/seen"] : [])
    )
  }

  /// The sizes of which there is a checkpoint or proof, ascending.
  func sizes(_ ending: String) throws -> [Int] {
    try FileManager.default.contentsOfDirectory(atPath: folder.file(work + "/checkpoints"))
      .filter { $0.hasSuffix(ending) }.compactMap { Int($0.dropLast(ending.count)) }.sorted()
  }

  /// Removes what is there, a link to nowhere too.
  func remove(_ names: String...) throws {
    let manager = FileManager.default
    for path in names.map(folder.file)
    where (try? manager.attributesOfItem(atPath: path)) != nil {
      try manager.removeItem(atPath: path)
    }
  }

  func move(_ name: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: folder.file(name), toPath: folder.file(other))
  }

  /// Copies a file or folder in place of what is there.
  func copy(_ name: String, to other: String) throws {
    try remove(other)
    let parent = (folder.file(other) as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    let run = try runCommand("/bin/cp", ["-a", name, other], in: folder.path)
    guard run.status == 0 else { throw CanaryFailure("\(name) cannot be copied") }
  }

  /// Cuts the log, its checkpoints and proofs back to so many lines.
  func cut(to size: Int) throws {
    let lines = try folder.bytes(of: logPath).split(separator: 0x0A)
    try folder.write(lines[..<size].flatMap { Array($0) + [0x0A] }, to: logPath)
    for ending in [".checkpoint", ".proof"] {
      for other in try sizes(ending) where other > size {
        try remove("\(work)/checkpoints/\(other)\(ending)")
      }
    }
  }
}
