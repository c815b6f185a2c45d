import Glibc

/// When a file was last written, in nanoseconds since 1970; nil when nothing stands there.
package func modificationTime(of path: String) -> Int? {
  var status = stat()
  guard unsafe lstat(path, &status) == 0 else { return nil }
  return Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
}
