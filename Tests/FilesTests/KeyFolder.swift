import Cryptography
import Diagnostics
import Foundation
import Glibc
import Testing

@testable import Files

/// A folder of its own for one test, removed with the value.
final class KeyFolder: Sendable {
  let path: String

  init() throws {
    let name = "koppel-key-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    try #require(unsafe mkdir(path, 0o700) == 0)
  }

  deinit {
    _ = unsafe chmod(path, 0o700)
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes text as it is, with a mode.
  func write(_ text: String, to name: String = "key", mode: mode_t = 0o400) throws -> String {
    let file = file(name)
    try #require(FileManager.default.createFile(atPath: file, contents: Data(text.utf8)))
    try #require(unsafe chmod(file, mode) == 0)
    return file
  }

  /// Writes a key line with its check, each in a folder of its own, as its holder keeps it.
  func write(line opening: String, _ secret: String, to name: String) throws -> String {
    let before = "\(opening) \(secret) "
    let check = lowerHex(try sha256(of: Array(before.utf8)).prefix(4))
    try FileManager.default.createDirectory(
      atPath: parentFolder(of: file(name)),
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    return try write(before + check + "\n", to: name)
  }

  func fault(
    _ path: String,
    sample: Bool = false,
    forbidden: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> KeyFault? {
    do throws(KeyError) {
      _ = try KeyFile.load(.whole(.file(path)), sample: sample, forbiddenFolders: forbidden)
      return nil
    } catch {
      #expect(error.exitStatus == .privacyRefused, sourceLocation: sourceLocation)
      #expect(error.diagnostics.count == 1, sourceLocation: sourceLocation)
      #expect(error.diagnostics.first?.hint?.isEmpty == false, sourceLocation: sourceLocation)
      guard case .refused(let fault, _) = error else { return nil }
      return fault
    }
  }
}
