package import Glibc

/// Files that appear whole or not at all.
package enum AtomicFile {
  /// Writes a file beside its place, waits for the disk, and renames it into place.
  ///
  /// What stood there before stays until the moment of the rename.
  ///
  /// - Parameters:
  ///   - path: where the file is to stand; its folder must exist.
  ///   - bytes: the whole content.
  ///   - mode: who may read it, whatever the umask says.
  /// - Throws: `system`; then what stood there before stays.
  package static func write(
    _ path: String,
    _ bytes: [UInt8],
    mode: mode_t = 0o600
  ) throws(FilesError) {
    let folder = parentFolder(of: path)
    let temporary = "\(folder)/.\(lastPart(of: path)).new-\(getpid())"
    // Only a killed process with our number can have left it.
    unsafe unlink(temporary)
    do {
      let file = try OpenFile(creating: temporary, mode: mode)
      try file.setMode(mode)
      try file.write(bytes)
      try file.synchronise()
    } catch {
      unsafe unlink(temporary)
      throw error.named(path)
    }
    guard unsafe rename(temporary, path) == 0 else {
      let code = errno
      unsafe unlink(temporary)
      throw .system(.rename, path: path, code: code)
    }
    try synchroniseFolder(folder)
  }
}
