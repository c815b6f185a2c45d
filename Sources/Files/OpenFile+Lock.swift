import Glibc

extension OpenFile {
  /// Takes the lock of a file with one writer, held until the file is closed.
  ///
  /// The kernel holds it: when the process dies, however it dies, the lock is free.
  ///
  /// - Returns: false at once, without waiting, if another process has it.
  /// - Throws: `system`.
  package func takeLock() throws(FilesError) -> Bool {
    do {
      try retry(.lock) { Int(flock(descriptor, LOCK_EX | LOCK_NB)) }
      return true
    } catch {
      guard case .system(_, _, EWOULDBLOCK) = error else { throw error }
      return false
    }
  }
}
