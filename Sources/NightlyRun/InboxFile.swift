import Diagnostics
import Files
import Ingest

/// A file of a source that lies in the inbox, as far as it is known.
struct InboxFile: Sendable, Equatable {
  let path: String
  /// The last part of the path, masked.
  let name: String
  /// What it looked like when it was found; nil when it has gone.
  let stamp: FileStamp?
  /// Nil until it is read.
  var sha256: String?
  /// The SHA-256 of what it holds once it is inflated; nil where no other can hold the same.
  var content: String?
  /// A keyed digest of its sender and identifiers; nil where none is known.
  var message: String?
  /// A keyed digest of what its rows hold; nil where none is known.
  var payload: String?
  /// The day that it bears, as YYYYMMDD, or 0.
  var day = 0

  init(path: String) {
    self.path = path
    name = maskedName(lastPart(of: path))
    stamp = FileStamp(of: path)
  }

  /// Whether it is inflated while it is read.
  var isPacked: Bool { path.hasSuffix(".gz") }

  /// Whether it holds the same as another, as far as both are known.
  func holdsSame(as other: InboxFile) -> Bool {
    sha256 != nil && sha256 == other.sha256 || content != nil && content == other.content
  }

  /// Whether it still is what was found.
  var isUnchanged: Bool { stamp != nil && stamp == FileStamp(of: path) }

  /// How the names of files end that are no extract: still being written, or a digest of one.
  private static let otherEndings = [".part", ".tmp", ".sha256"]

  /// The extracts that a pattern names, in byte order of their paths.
  ///
  /// - Parameter pattern: as `Source.files` has it.
  /// - Returns: the files, and how many more are still being written.
  /// - Throws: `FilesError`.
  static func matching(
    _ pattern: String
  ) throws(FilesError) -> (files: [String], unfinished: Int) {
    let found = try matchFiles(pattern: pattern)
    let files = found.filter { path in !otherEndings.contains { path.hasSuffix($0) } }
    let unfinished = found.count { $0.hasSuffix(".part") || $0.hasSuffix(".tmp") }
    return (files, unfinished)
  }
}
