package import Glibc

/// A copy of a file that waits beside the place where it is to stand, until it is put there.
///
/// All that can fail or take time is done before; what is left is one step of the kernel. What a
/// killed run left is removed by `clean` when the next one begins.
package final class PendingFile {
  private static let blockSize = 1 << 20

  private let path: String
  private let temporary: String
  private var isPlaced = false

  /// Copies a file, and waits for the disk.
  ///
  /// - Parameters:
  ///   - source: what is copied; it stays.
  ///   - path: where it is to stand; folders above it are made.
  ///   - mode: who may read it, whatever the umask says.
  /// - Throws: `system`, `unexpectedEnd`; then nothing is left.
  package init(copying source: String, to path: String, mode: mode_t = 0o600) throws(FilesError) {
    self.path = path
    temporary = Self.temporary(of: path)
    try makeFolder(parentFolder(of: path), mode: 0o700)
    unsafe unlink(temporary)
    do {
      let file = try OpenFile(creating: temporary, mode: mode)
      try file.setMode(mode)
      let original = try OpenFile(reading: source, followingLinks: false)
      let size = try original.size()
      for start in stride(from: 0, to: size, by: Self.blockSize) {
        try file.write(original.bytes(at: start, count: min(Self.blockSize, size - start)))
      }
      try file.synchronise()
    } catch {
      unsafe unlink(temporary)
      throw error.named(path)
    }
  }

  deinit { if !isPlaced { unsafe unlink(temporary) } }

  /// Puts the file in its place.
  ///
  /// - Throws: `system`; then what stood there stays.
  package func place() throws(FilesError) {
    guard unsafe rename(temporary, path) == 0 else {
      throw .system(.rename, path: path, code: errno)
    }
    isPlaced = true
    try synchroniseFolder(parentFolder(of: path))
  }

  /// Removes what a killed run left beside a place.
  package static func clean(_ path: String) { unsafe _ = unlink(temporary(of: path)) }

  private static func temporary(of path: String) -> String {
    "\(parentFolder(of: path))/.\(lastPart(of: path)).new"
  }
}
