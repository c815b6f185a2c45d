import Glibc

extension KeyRecord {
  /// The right to change the records of a folder, held by one process at a time.
  ///
  /// Pipelines with work folders of their own may share a key; without it one of two that count a run
  /// at once would be forgotten. The kernel frees it when the process dies.
  package final class Lock {
    private let folder: OpenFile

    /// Waits for the lock of the folder that a record stands in.
    ///
    /// - Returns: nil where there is no such folder: nobody has a record there.
    /// - Throws: `notRead`.
    package init?(recordPath: String) throws(KeyError) {
      do {
        let path = parentFolder(of: recordPath)
        guard fileKind(of: path) != nil else { return nil }
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        let folder = OpenFile(
          descriptor: try OpenFile.open(path, flags, for: .open),
          path: path
        )
        let descriptor = folder.descriptor
        try folder.retry(.lock) { Int(flock(descriptor, LOCK_EX)) }
        self.folder = folder
      } catch {
        throw .notRead(error)
      }
    }

    /// Gives it back; calling it keeps it held until here.
    package func release() { _ = flock(folder.descriptor, LOCK_UN) }
  }
}
