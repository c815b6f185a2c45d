package import Glibc

/// A file that is open, and closed when its owner goes.
///
/// Interrupted calls are repeated, short reads and writes are continued. No child process inherits
/// the descriptor.
package struct OpenFile: ~Copyable, Sendable {
  /// The path as the caller wrote it; of a scratch file that of its folder.
  package let path: String
  let descriptor: Int32

  /// Opens a regular file to read it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - followingLinks: whether the last part of the path may be a symbolic link.
  /// - Throws: `notRegularFile` for a folder, pipe, device or refused link; `system`.
  package init(reading path: String, followingLinks: Bool = true) throws(FilesError) {
    descriptor = try Self.openRegular(path, followingLinks: followingLinks)
    self.path = path
  }

  /// Creates a file that must not yet exist, to write and read it.
  package init(creating path: String, mode: mode_t = 0o600) throws(FilesError) {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    descriptor = try Self.open(path, flags, mode: mode, for: .create)
    self.path = path
  }

  /// Opens a file at its end, to add to it; creates it if it does not exist.
  package init(appendingTo path: String, mode: mode_t = 0o600) throws(FilesError) {
    let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
    descriptor = try Self.open(path, flags, mode: mode, for: .create)
    self.path = path
  }

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { _ = Glibc.close(descriptor) }

  /// The size in bytes.
  package func size() throws(FilesError) -> Int {
    Int(try status().st_size)
  }

  /// Waits until content and size have reached the disk.
  package func synchronise() throws(FilesError) {
    try retry(.synchronise) { Int(fsync(descriptor)) }
  }

  /// Waits until content has reached the disk, and of the rest what is needed to find it.
  package func synchroniseData() throws(FilesError) {
    try retry(.synchronise) { Int(fdatasync(descriptor)) }
  }

  /// Cuts the file, or lengthens it with zeros.
  package func setSize(_ byteCount: Int) throws(FilesError) {
    try retry(.write) { Int(ftruncate(descriptor, off_t(byteCount))) }
  }

  /// Sets who may read and write it, whatever the umask says.
  package func setMode(_ mode: mode_t) throws(FilesError) {
    try retry(.create) { Int(fchmod(descriptor, mode)) }
  }

  /// What the operating system knows of the file.
  func status() throws(FilesError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .system(.examine, path: path, code: errno)
    }
    return status
  }

  /// Repeats a call until it is not interrupted.
  @discardableResult
  func retry(_ operation: FileOperation, _ call: () -> Int) throws(FilesError) -> Int {
    while true {
      let result = call()
      if result >= 0 { return result }
      guard errno == EINTR else { throw .system(operation, path: path, code: errno) }
    }
  }

  static func open(
    _ path: String,
    _ flags: Int32,
    mode: mode_t = 0,
    for operation: FileOperation
  ) throws(FilesError) -> Int32 {
    // A NUL would end the path early: another file than the one that is named.
    guard !path.utf8.contains(0) else { throw .system(operation, path: path, code: EINVAL) }
    while true {
      let descriptor = unsafe Glibc.open(path, flags, mode)
      if descriptor >= 0 { return descriptor }
      guard errno == EINTR else { throw .system(operation, path: path, code: errno) }
    }
  }

  private static func openRegular(
    _ path: String,
    followingLinks: Bool
  ) throws(FilesError) -> Int32 {
    // Without O_NONBLOCK a pipe that nobody writes to would hold the night.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor: Int32
    do {
      descriptor = try open(path, followingLinks ? flags : flags | O_NOFOLLOW, for: .open)
    } catch {
      guard case .system(_, _, let code) = error else { throw error }
      let found = fileKind(of: path)
      if code == ELOOP, found == .symbolicLink, !followingLinks {
        throw .notRegularFile(path: path, found: .symbolicLink)
      }
      if code == ENXIO, let found { throw .notRegularFile(path: path, found: found) }
      throw error
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      _ = Glibc.close(descriptor)
      throw .system(.examine, path: path, code: code)
    }
    let found = FileKind(mode: status.st_mode)
    guard found == .regular else {
      _ = Glibc.close(descriptor)
      throw .notRegularFile(path: path, found: found)
    }
    return descriptor
  }
}
