/// What can go wrong with a file.
///
/// Cases hold paths, offsets and counts, never content.
package enum FilesError: Error, Hashable {
  /// The operating system refused; `code` is its errno.
  case system(FileOperation, path: String, code: Int32)
  /// A folder, pipe, device or symbolic link stands where a file of bytes is expected.
  case notRegularFile(path: String, found: FileKind)
  /// A folder is expected where something else stands.
  case notFolder(path: String)
  /// A folder to be replaced holds files that no run of ours wrote.
  case foreignFolder(path: String)
  /// A name in this folder is not UTF-8.
  case nameNotUTF8(folder: String)
  /// The gzip data is refused; `byteOffset` counts stored bytes.
  case gzip(GzipFault, path: String, byteOffset: Int)
  /// The file ended before all bytes that must be there.
  case unexpectedEnd(path: String, byteOffset: Int)
  /// Size or time of the file changed between its first and last byte.
  case changedWhileRead(path: String)
  /// zlib or libcrypto could not be set up.
  case libraryUnavailable(name: String, path: String)
  /// A staged table cannot be used; `fault` says why, in words of ours.
  case stagedTable(path: String, fault: String)
  /// A journal is not as it was written; `fault` says why, in words of ours.
  case journal(path: String, fault: String)
  /// Another run holds the lock; nil if it has not yet written who it is.
  case lockHeld(path: String, holder: LockHolder?)
}

extension FilesError {
  /// The same error of the operating system, told of another path.
  func named(_ path: String) -> FilesError {
    guard case .system(let operation, _, let code) = self else { return self }
    return .system(operation, path: path, code: code)
  }
}

/// What was being done to a file when the operating system refused.
package enum FileOperation: String, Sendable {
  case open
  case read
  case list
  case examine
  case create
  case write
  case synchronise
  case rename
  case remove
  case lock
  case close

  /// Whether the operation makes output.
  var makesOutput: Bool {
    switch self {
    case .create, .write, .synchronise, .rename, .remove, .close: true
    case .open, .read, .list, .examine, .lock: false
    }
  }
}

/// What stands at a path.
package enum FileKind: String, Sendable {
  case regular = "a regular file"
  case folder = "a folder"
  case symbolicLink = "a symbolic link"
  case pipe = "a pipe"
  case device = "a device"
  case socket = "a socket"
  case other = "something else"
}
