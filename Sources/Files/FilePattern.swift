import Glibc

/// The paths that a pattern names, in byte order.
///
/// `*` and `?` stand for any characters of one part of the path, `[…]` for one of a set, `\` before
/// a character for that character. Names that begin with a point are only found when asked for.
/// Folders are found like files: who opens them will say that they are none. A folder below the
/// first part with such a sign is whoever's who may write there: it may not be a link elsewhere.
///
/// - Parameter pattern: such as `inbox/2026-08/*.csv.gz`.
/// - Returns: the paths, as the pattern begins them; none if nothing matches.
/// - Throws: `system` for a folder that cannot be read; `nameNotUTF8`; `notRegularFile` for a link
///   in place of a folder.
package func matchFiles(pattern: String) throws(FilesError) -> [String] {
  guard !pattern.utf8.contains(0) else { throw .system(.list, path: pattern, code: EINVAL) }
  var found = unsafe glob_t()
  defer { unsafe globfree(&found) }
  errno = 0
  let status = unsafe glob(
    pattern,
    GLOB_NOSORT,
    { _, code in
      // A folder that is not there holds no file. One that may not be read could hold a delivery.
      guard code != ENOENT, code != ENOTDIR else { return 0 }
      errno = code
      return 1
    },
    &found
  )
  switch status {
  case 0: break
  case GLOB_NOMATCH: return []
  default: throw .system(.list, path: pattern, code: errno == 0 ? ENOMEM : errno)
  }
  var paths: [String] = []
  let count = unsafe Int(found.gl_pathc)
  for number in 0..<count {
    guard let start = unsafe found.gl_pathv?[number] else { continue }
    guard let path = unsafe String(validatingCString: start) else {
      throw .nameNotUTF8(folder: pattern)
    }
    paths.append(path)
  }
  try refuseLinkedFolders(in: paths, pattern)
  return inByteOrder(paths)
}

/// Refuses files that lie behind a link that stands where any name may stand.
private func refuseLinkedFolders(in paths: [String], _ pattern: String) throws(FilesError) {
  let parts = pattern.split(separator: "/")
  let isFree = { (part: Substring) in part.utf8.contains { "*?[".utf8.contains($0) } }
  guard let first = parts.firstIndex(where: isFree), first < parts.count - 1 else { return }
  var known: Set<Substring> = []
  for path in paths {
    var folder = path[...]
    for _ in first..<(parts.count - 1) {
      guard let slash = folder.lastIndex(of: "/") else { break }
      folder = folder[..<slash]
      while folder.last == "/" { folder.removeLast() }
      guard known.insert(folder).inserted else { break }
      guard fileKind(of: String(folder)) != .symbolicLink else {
        throw .notRegularFile(path: String(folder), found: .symbolicLink)
      }
    }
  }
}
