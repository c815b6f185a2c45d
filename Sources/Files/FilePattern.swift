import Glibc

/// The paths that a pattern names, in byte order.
///
/// `*` and `?` stand for any characters of one part of the path, `[…]` for one of a set, `\` before
/// a character for that character. Names that begin with a point are only found when asked for.
/// Folders are found like files: who opens them will say that they are none.
///
/// - Parameter pattern: such as `inbox/2026-08/*.csv.gz`.
/// - Returns: the paths, as the pattern begins them; none if nothing matches.
/// - Throws: `system` for a folder that cannot be read; `nameNotUTF8`.
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
  return inByteOrder(paths)
}
