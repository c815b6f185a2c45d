import Glibc

/// What shows that a file was written to, or that another stands in its place.
package struct FileStamp: Sendable, Hashable {
  package let byteCount: Int
  private let seconds: Int
  private let nanoseconds: Int
  private let number: UInt64

  init(_ status: stat) {
    byteCount = Int(status.st_size)
    seconds = Int(status.st_mtim.tv_sec)
    nanoseconds = Int(status.st_mtim.tv_nsec)
    number = UInt64(status.st_ino)
  }

  /// Looks at the file that stands at a path; links are followed.
  ///
  /// - Returns: nil when nothing stands there or it cannot be seen.
  package init?(of path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
