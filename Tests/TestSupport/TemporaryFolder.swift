import Foundation

/// A folder of one test, empty at first, removed with all that is in it when nobody holds it.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// Makes a folder whose name no other test has.
  ///
  /// - Throws: what the file manager throws.
  package init() throws {
    let name = "koppel-test-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)"
    path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    try FileManager.default.createDirectory(
      atPath: path,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a name in the folder.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file in the folder, and the folders that its name holds.
  ///
  /// - Returns: its path.
  /// - Throws: what the file manager throws.
  @discardableResult
  package func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let url = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: url)
    return file(name)
  }

  /// The bytes of a file in the folder.
  ///
  /// - Throws: what reading throws.
  package func bytes(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
  }

  /// The paths of all files in the folder and below, relative to it, in byte order.
  package func files() -> [String] {
    let found = FileManager.default.enumerator(atPath: path)
    var names: [String] = []
    while let name = found?.nextObject() as? String { names.append(name) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
