package import Glibc

/// Files that appear whole or not at all.
package enum AtomicFile {
  /// Writes a file without a name, waits for the disk, and gives it its name.
  ///
  /// What stood there before stays until that moment. A killed process leaves nothing where the
  /// file system knows nameless files; elsewhere `.<name>.new`, which the next write replaces.
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
    let temporary = "\(folder)/.\(lastPart(of: path)).new"
    unsafe unlink(temporary)
    do {
      try place(bytes, at: path, by: temporary, mode: mode)
    } catch {
      unsafe unlink(temporary)
      throw error.named(path)
    }
    try synchroniseFolder(folder)
  }

  private static func place(
    _ bytes: [UInt8],
    at path: String,
    by temporary: String,
    mode: mode_t
  ) throws(FilesError) {
    if let file = try makeNamelessFile(in: parentFolder(of: path)) {
      try fill(file, bytes, mode: mode)
      let source = "/proc/self/fd/\(file.descriptor)"
      if unsafe linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 { return }
      // A name that is taken can only be replaced by a rename.
      if unsafe errno == EEXIST
        && linkat(AT_FDCWD, source, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0
      {
        return try rename(temporary, to: path)
      }
    }
    // No nameless files here, or no /proc.
    try fill(try OpenFile(creating: temporary, mode: mode), bytes, mode: mode)
    try rename(temporary, to: path)
  }

  private static func fill(
    _ file: borrowing OpenFile,
    _ bytes: [UInt8],
    mode: mode_t
  ) throws(FilesError) {
    try file.setMode(mode)
    try file.write(bytes)
    try file.synchronise()
  }

  private static func rename(_ temporary: String, to path: String) throws(FilesError) {
    guard unsafe Glibc.rename(temporary, path) == 0 else {
      throw .system(.rename, path: path, code: errno)
    }
  }
}
