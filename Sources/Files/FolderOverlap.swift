import Glibc

/// Whether a folder is, or holds at any depth, what stands or will stand at a path.
///
/// Links are resolved; of what does not exist yet, in the nearest folder above it that does.
///
/// - Parameters:
///   - folder: the folder that may hold the other.
///   - path: a file or folder.
/// - Returns: whether replacing the folder would take what is at the path with it.
package func folder(_ folder: String, holds path: String) -> Bool {
  isWithin(resolvedPath(path), resolvedPath(folder))
}

/// Whether a path is that of a folder or of something in it; both absolute and without links.
///
/// By bytes, as the kernel does: to Swift a slash and an accent after it are one character.
func isWithin(_ path: String, _ folder: String) -> Bool {
  guard path.utf8.starts(with: folder.utf8) else { return false }
  let rest = path.utf8.dropFirst(folder.utf8.count)
  return rest.isEmpty || rest.first == UInt8(ascii: "/") || folder == "/"
}

/// The part of a pattern before its first wildcard, up to the folder that it names for sure.
package func folderOfPattern(_ pattern: String) -> String {
  let plain = pattern.prefix { !"*?[\\".contains($0) }
  return plain.contains("/") ? parentFolder(of: plain + "x") : "."
}

/// A path from the root folder on, links and all.
package func absolutePath(_ path: String) -> String {
  guard !path.hasPrefix("/"), let folder = unsafe getcwd(nil, 0) else { return path }
  defer { unsafe free(folder) }
  return unsafe String(cString: folder) + "/" + path
}

/// An absolute path without links, `.` and `..`, as far as it exists.
private func resolvedPath(_ path: String) -> String {
  var existing = path
  var rest: [String] = []
  while true {
    if let text = unsafe realpath(existing, nil) {
      defer { unsafe free(text) }
      let folder = unsafe String(cString: text)
      let tail = rest.reversed().joined(separator: "/")
      if tail.isEmpty { return folder }
      return folder == "/" ? "/\(tail)" : "\(folder)/\(tail)"
    }
    let parent = parentFolder(of: existing)
    guard parent != existing else { return path }
    rest.append(lastPart(of: existing))
    existing = parent
  }
}
