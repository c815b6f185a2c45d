package import Glibc

/// Makes a folder and the folders above it; that it exists is fine.
///
/// - Parameters:
///   - path: the folder.
///   - mode: of each folder that is made, less what the umask takes.
/// - Throws: `notFolder` if something else stands there; `system`.
package func makeFolder(_ path: String, mode: mode_t = 0o700) throws(FilesError) {
  if isFolder(path) { return }
  if unsafe mkdir(path, mode) == 0 { return }
  switch errno {
  case EEXIST where isFolder(path):
    return
  case EEXIST, ENOTDIR:
    throw .notFolder(path: path)
  case ENOENT where !path.isEmpty:
    let parent = parentFolder(of: path)
    guard parent != path, parent != "." else { fallthrough }
    try makeFolder(parent, mode: mode)
    guard unsafe mkdir(path, mode) == 0 || (errno == EEXIST && isFolder(path)) else {
      throw .system(.create, path: path, code: errno)
    }
  default:
    throw .system(.create, path: path, code: errno)
  }
}

/// The names in a folder, without `.` and `..`, in byte order.
///
/// - Throws: `nameNotUTF8`, `system`.
package func namesInFolder(_ path: String) throws(FilesError) -> [String] {
  guard let folder = unsafe opendir(path) else {
    throw .system(.list, path: path, code: errno)
  }
  defer { unsafe _ = closedir(folder) }
  var names: [String] = []
  while true {
    errno = 0
    guard let entry = unsafe readdir(folder) else {
      guard errno == 0 else { throw .system(.list, path: path, code: errno) }
      break
    }
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
      unsafe field.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { start in
        unsafe String(validatingCString: start)
      }
    }
    guard let name else { throw .nameNotUTF8(folder: path) }
    if name != "." && name != ".." { names.append(name) }
  }
  return inByteOrder(names)
}

/// Removes a file, or a folder with all that is in it; that nothing is there is fine.
///
/// Links are removed, not followed.
package func removeTree(_ path: String) throws(FilesError) {
  if unsafe unlink(path) == 0 || errno == ENOENT { return }
  let code = errno
  guard fileKind(of: path) == .folder else { throw .system(.remove, path: path, code: code) }
  for name in try namesInFolder(path) { try removeTree("\(path)/\(name)") }
  guard unsafe rmdir(path) == 0 || errno == ENOENT else {
    throw .system(.remove, path: path, code: errno)
  }
}

/// Opens a file without a name, gone when it is closed, whatever ends the process.
///
/// - Parameter folder: on whose disk it lies; also the path that errors name.
/// - Returns: the file, mode 0600.
/// - Throws: `system`.
package func makeScratchFile(in folder: String) throws(FilesError) -> OpenFile {
  if let file = try makeNamelessFile(in: folder) { return file }
  return try makeUnlinkedFile(in: folder)
}

/// Opens a file without a name, which may be given one; nil where the file system knows none.
func makeNamelessFile(in folder: String) throws(FilesError) -> OpenFile? {
  let flags = O_RDWR | namelessFile | O_CLOEXEC
  let descriptor: Int32
  do {
    descriptor = try OpenFile.open(folder, flags, mode: 0o600, for: .create)
  } catch {
    guard case .system(_, _, let code) = error, [EOPNOTSUPP, EISDIR, EINVAL].contains(code) else {
      throw error
    }
    return nil
  }
  return OpenFile(descriptor: descriptor, path: folder)
}

func makeUnlinkedFile(in folder: String) throws(FilesError) -> OpenFile {
  let name = "\(folder)/.scratch-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
  let file = try OpenFile(creating: name)
  guard unsafe unlink(name) == 0 else { throw .system(.remove, path: name, code: errno) }
  return file
}

/// Waits until the names in a folder have reached the disk.
package func synchroniseFolder(_ path: String) throws(FilesError) {
  let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
  let folder = OpenFile(
    descriptor: try OpenFile.open(path, flags, for: .synchronise),
    path: path
  )
  try folder.synchronise()
}

/// Whether a folder is there, also through a link.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return unsafe stat(path, &status) == 0 && FileKind(mode: status.st_mode) == .folder
}

/// The permissions of a folder; nil if none is there.
package func folderMode(_ path: String) throws(FilesError) -> UInt32? {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else {
    guard errno == ENOENT else { throw .system(.examine, path: path, code: errno) }
    return nil
  }
  return UInt32(status.st_mode & 0o7777)
}

/// The folder that a path stands in; `.` if it has none.
package func parentFolder(of path: String) -> String {
  let trimmed = withoutTrailingSlashes(path)
  guard let slash = trimmed.utf8.lastIndex(of: slash) else { return "." }
  let parent = withoutTrailingSlashes(String(trimmed[..<slash]))
  return parent.isEmpty ? "/" : parent
}

/// The last part of a path.
package func lastPart(of path: String) -> String {
  let trimmed = withoutTrailingSlashes(path)
  guard let slash = trimmed.utf8.lastIndex(of: slash) else { return trimmed }
  return String(trimmed[trimmed.utf8.index(after: slash)...])
}

// Bytes, not characters: a slash and an accent after it are one character, and two for the kernel.
private let slash = UInt8(ascii: "/")

private func withoutTrailingSlashes(_ path: String) -> String {
  var end = path.utf8.endIndex
  while end > path.utf8.startIndex {
    let last = path.utf8.index(before: end)
    guard last > path.utf8.startIndex, path.utf8[last] == slash else { break }
    end = last
  }
  return String(path[..<end])
}

/// Names in the order of their bytes: the same on every machine.
func inByteOrder(_ names: [String]) -> [String] {
  names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
