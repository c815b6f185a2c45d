import Glibc

/// Overwrites a file, waits for the disk, removes its name and waits again.
///
/// The folder and the file are opened once: what was looked at is what is overwritten, and its name is
/// removed only while it is still the name of that file. On flash, on file systems that copy what they
/// change, and in backups the old bytes may stay: who needs certainty destroys the medium.
///
/// - Parameters:
///   - path: of the file; that none is there is fine.
///   - keeping: how many bytes at its start stay as they are until the name is gone, so that one who
///     is interrupted knows the file again.
///   - check: looks at the file that is open before a byte of it is overwritten.
/// - Returns: false when nothing stood there.
/// - Throws: `notRegularFile` for a link, folder or device; `changedWhileRead` when another file took
///   its name; `system`; what `check` throws.
@discardableResult
package func overwriteAndRemove(
  _ path: String,
  keeping: Int = 0,
  _ check: (borrowing OpenFile) throws -> Void = { _ in }
) throws -> Bool {
  guard fileKind(of: parentFolder(of: path)) != nil else { return false }
  let folder = OpenFile(
    descriptor: try OpenFile.open(
      parentFolder(of: path),
      O_RDONLY | O_DIRECTORY | O_CLOEXEC,
      for: .open
    ),
    path: parentFolder(of: path)
  )
  guard somethingStands(at: path) else {
    try folder.synchronise()
    return false
  }
  let reading = try openRegular(in: folder, path)
  try check(reading)
  // A key's own mode, 0400, lets not even its owner write.
  try reading.setMode(0o600)
  let writing = OpenFile(
    descriptor: try OpenFile.open(
      "/proc/self/fd/\(reading.descriptor)",
      O_WRONLY | O_CLOEXEC,
      for: .write
    ),
    path: path
  )
  let size = try writing.size()
  let zeros = [UInt8](repeating: 0x30, count: 1 << 16)
  var place = min(keeping, size)
  while place < size {
    let count = min(zeros.count, size - place)
    try writing.write(Array(zeros[..<count]), at: place)
    place += count
  }
  try writing.synchronise()
  guard try isStill(reading, in: folder, path) else {
    throw FilesError.changedWhileRead(path: path)
  }
  guard unsafe unlinkat(folder.descriptor, lastPart(of: path), 0) == 0 || errno == ENOENT else {
    throw FilesError.system(.remove, path: path, code: errno)
  }
  try folder.synchronise()
  return true
}

/// Opens a regular file of a folder that is open; nothing else, and no link.
private func openRegular(
  in folder: borrowing OpenFile,
  _ path: String
) throws(FilesError) -> OpenFile {
  // A device or pipe may already do something when it is opened.
  if let kind = fileKind(of: path), kind != .regular {
    throw .notRegularFile(path: path, found: kind)
  }
  let file = try FoundKey.openKey(in: folder, path: path)
  let kind = FileKind(mode: try file.status().st_mode)
  guard kind == .regular else { throw .notRegularFile(path: path, found: kind) }
  return file
}

/// Whether a name still is that of the file that is open, or of none.
private func isStill(
  _ file: borrowing OpenFile,
  in folder: borrowing OpenFile,
  _ path: String
) throws(FilesError) -> Bool {
  var named = stat()
  guard unsafe fstatat(folder.descriptor, lastPart(of: path), &named, AT_SYMLINK_NOFOLLOW) == 0
  else {
    guard errno == ENOENT else { throw .system(.examine, path: path, code: errno) }
    return true
  }
  return try FoundKey.Identity(file.status()) == FoundKey.Identity(named)
}
