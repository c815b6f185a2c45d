import Glibc

/// The right to work in a folder, held by one process at a time.
///
/// The kernel holds the lock, not the file: when the process dies, however it dies, the lock is
/// free. The file tells who holds it. It is removed while the lock is still held, so whoever opened
/// it just before finds after locking that the name is gone or new, and begins anew.
package struct RunLock: ~Copyable {
  private let file: OpenFile

  /// Takes the lock of a work folder.
  ///
  /// - Throws: `lockHeld` at once, without waiting, if another process has it; `system`.
  package init(workFolder: String) throws(FilesError) {
    file = try Self.acquire("\(workFolder)/lock")
  }

  deinit { unsafe _ = unlink(file.path) }

  /// Gives the lock back.
  package consuming func release() {}

  private static func acquire(_ path: String) throws(FilesError) -> OpenFile {
    while true {
      let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
      let file = OpenFile(
        descriptor: try OpenFile.open(path, flags, mode: 0o600, for: .create),
        path: path
      )
      do {
        try file.retry(.lock) { Int(flock(file.descriptor, LOCK_EX | LOCK_NB)) }
      } catch {
        guard case .system(_, _, EWOULDBLOCK) = error else { throw error }
        throw .lockHeld(path: path, holder: try holder(of: file))
      }
      guard try isStill(path, file) else { continue }
      try file.setSize(0)
      try file.write(Array(LockHolder.current.text.utf8), at: 0)
      return file
    }
  }

  /// Whether the path still names this file: its last holder may just have removed it.
  private static func isStill(_ path: String, _ file: borrowing OpenFile) throws(FilesError) -> Bool
  {
    let opened = try file.status()
    var named = stat()
    guard unsafe lstat(path, &named) == 0 else {
      guard errno == ENOENT else { throw .system(.examine, path: path, code: errno) }
      return false
    }
    return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  private static func holder(of file: borrowing OpenFile) throws(FilesError) -> LockHolder? {
    // Between taking the lock and telling who took it lies an instant.
    for _ in 0..<20 {
      var bytes = [UInt8](repeating: 0, count: 512)
      var span = bytes.mutableSpan
      let count = try unsafe span.withUnsafeMutableBytes { (buffer) throws(FilesError) in
        try unsafe file.read(at: 0, into: buffer)
      }
      let text = String(decoding: bytes[..<count], as: UTF8.self)
      if let holder = LockHolder(text: text) { return holder }
      usleep(5_000)
    }
    return nil
  }
}
