import Files

/// The file of a log as its one writer adds to it: whole lines, and no more after the first that fails.
///
/// After a failed `fdatasync` the kernel may hold pages for clean that never came to the disk, and a
/// second one that succeeds proves nothing of them. So the file is cut back to what is known to be on
/// the disk, and this process never writes to it again; the next one begins from there.
struct LogFile: ~Copyable {
  /// A call that may fail.
  enum Call {
    case write
    case synchronise
    case cut
  }

  private let file: OpenFile
  /// Bytes of whole lines.
  private(set) var byteCount: Int
  /// So many of them are known to be on the disk.
  private(set) var safeByteCount: Int
  /// Whether a write has failed: nothing is written any more.
  private(set) var isClosed = false
  /// Asked before each call, so that a test can let it fail.
  var failing: (Call) throws(FilesError) -> Void = { (_) throws(FilesError) in }

  /// Takes a file over whose whole lines so far are on the disk.
  init(_ file: consuming OpenFile, byteCount: Int) {
    self.file = file
    self.byteCount = byteCount
    safeByteCount = byteCount
  }

  /// Adds a line with its line end.
  ///
  /// - Throws: the error of the write; then the line is cut back. That of the wait, when `waiting`; then
  ///   all is cut back that is not known to be on the disk.
  mutating func append(_ line: [UInt8], waiting: Bool) throws(FilesError) {
    do {
      try failing(.write)
      try file.write(line)
    } catch {
      close(cuttingTo: byteCount)
      throw error
    }
    byteCount += line.count
    if waiting { try synchronise() }
  }

  /// Waits until all lines are on the disk.
  mutating func synchronise() throws(FilesError) {
    guard safeByteCount < byteCount else { return }
    do {
      try wait()
    } catch {
      close(cuttingTo: safeByteCount)
      throw error
    }
    safeByteCount = byteCount
  }

  private func wait() throws(FilesError) {
    try failing(.synchronise)
    try file.synchroniseData()
  }

  /// Cuts back and lets nothing follow; what cannot be cut, the next process takes for torn.
  private mutating func close(cuttingTo size: Int) {
    isClosed = true
    do {
      try cut(to: size)
      try wait()
      safeByteCount = size
    } catch {
      // Nor are lines on the disk that waited for this one to be.
      try? cut(to: safeByteCount)
    }
    byteCount = safeByteCount
  }

  private func cut(to size: Int) throws(FilesError) {
    try failing(.cut)
    try file.setSize(size)
  }
}
