import Glibc

/// Overwrites a file, waits for the disk, removes its name and waits again.
///
/// On flash, on file systems that copy what they change, and in backups the old bytes may stay: who
/// needs certainty destroys the medium.
///
/// - Parameters:
///   - path: of the file; that none is there is fine.
///   - keeping: how many bytes at its start stay as they are until the name is gone, so that one who
///     is interrupted knows the file again.
/// - Returns: false when nothing stood there.
/// - Throws: `notRegularFile` for a link, folder or device; `system`.
@discardableResult
package func overwriteAndRemove(_ path: String, keeping: Int = 0) throws(FilesError) -> Bool {
  let folder = parentFolder(of: path)
  guard somethingStands(at: path) else {
    if fileKind(of: folder) == .folder { try synchroniseFolder(folder) }
    return false
  }
  let reading = try OpenFile(reading: path, followingLinks: false)
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
  guard unsafe unlink(path) == 0 || errno == ENOENT else {
    throw .system(.remove, path: path, code: errno)
  }
  try synchroniseFolder(folder)
  return true
}
