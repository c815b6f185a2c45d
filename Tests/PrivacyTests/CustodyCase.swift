import Cryptography
import Foundation
import TestSupport
import Testing

/// A way in which a key is kept wrongly, and what is said of it.
struct CustodyCase: Sendable, CustomTestStringConvertible {
  /// Where keys lie: a pipeline over made-up people, its key in `safe/region.key`.
  final class Place {
    let folder: TemporaryFolder
    var keys = "region: {file: ../safe/region.key}"
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var isSample = true

    init() throws {
      folder = try TemporaryFolder()
      let keys = repositoryRoot() + "/Tests/EndToEndTests/Scripts/keys"
      try FileManager.default.copyItem(atPath: keys, toPath: folder.file("keys"))
    }

    var key: String { folder.file("safe/region.key") }

    func koppel(_ arguments: String...) throws {
      let run = try runKoppel(arguments, in: folder.path)
      guard run.status == 0 else { throw CanaryFailure("\(arguments): \(run.standardError)") }
    }

    func make(_ path: String = "safe/region.key", _ options: [String] = []) throws {
      let run = try runKoppel(["key", "new", "region", "--to", path] + options, in: folder.path)
      guard run.status == 0 else { throw CanaryFailure("no key was made: \(run.standardError)") }
    }

    /// Runs the pipeline with the keys as they are named.
    func run() throws -> CommandRun {
      let text = String(decoding: try folder.bytes(of: "keys/keys.yaml"), as: UTF8.self)
      var changed = text.replacingOccurrences(
        of: "region: {file: ../safe/region.key}",
        with: keys
      )
      if !isSample { changed = changed.replacingOccurrences(of: "sample: true\n", with: "") }
      try folder.write(changed.utf8, to: "keys/keys.yaml")
      return try runKoppel(
        ["run", "keys/keys.yaml", "--set", "month=8"] + arguments,
        in: folder.path,
        environment: environment
      )
    }

    func shell(_ command: String) throws {
      let run = try runCommand("/bin/sh", ["-c", command], in: folder.path)
      guard run.status == 0 else { throw CanaryFailure("\(command): \(run.standardError)") }
    }

    /// Puts a line in place of the key, with a check that fits.
    func write(line: String) throws {
      let digest = try sha256(of: Array(line.utf8))
      try write(text: line + lowerHex(digest.prefix(4)) + "\n")
    }

    func write(text: String) throws {
      try shell("mkdir -p safe && chmod 700 safe && rm -rf safe/region.key")
      try folder.write(text.utf8, to: "safe/region.key")
      try shell("chmod 400 safe/region.key")
    }
  }

  let state: String
  /// What stands in the message and in no other.
  let sentence: String
  let needsRoot: Bool
  let arrange: @Sendable (Place) throws -> Void

  init(
    _ state: String,
    _ sentence: String,
    needsRoot: Bool = false,
    _ arrange: @escaping @Sendable (Place) throws -> Void
  ) {
    self.state = state
    self.sentence = sentence
    self.needsRoot = needsRoot
    self.arrange = arrange
  }

  var testDescription: String { state }
}
