import Diagnostics
import Files
import Ingest

/// A file of a source that lies in the inbox, as far as it is known.
struct InboxFile: Sendable, Equatable {
  let path: String
  /// The name to write anywhere, by which it is known again.
  let name: String
  /// The last part of the path, masked: for the user alone.
  let toldName: String
  /// What it looked like when it was found; nil when it has gone.
  let stamp: FileStamp?
  /// Nil until it is read.
  var sha256: String?
  /// What it holds, where it is packed and that is known.
  var content: PackedContent?
  /// A keyed digest of its sender and identifiers; nil where none is known.
  var message: String?
  /// A keyed digest of what its rows hold; nil where none is known.
  var payload: String?
  /// The day that it bears, as YYYYMMDD, or 0.
  var day = 0
  /// The label of its period, where tables look at it beside that of the delivery; else nil.
  var otherPeriod: String?

  /// - Parameters:
  ///   - path: of the file.
  ///   - name: as it is kept; nil for the masked one.
  init(path: String, name: String? = nil) {
    self.path = path
    toldName = maskedName(lastPart(of: path))
    self.name = name ?? toldName
    tellsApart = name != nil || toldName == lastPart(of: path)
    stamp = FileStamp(of: path)
  }

  /// Whether no other file has that name: two names that hold a number look alike once masked.
  let tellsApart: Bool

  /// Whether it is inflated while it is read.
  var isPacked: Bool { path.hasSuffix(".gz") }

  /// The last part of its path, without what tells that it is packed.
  var bareName: String { unpackedName(lastPart(of: path)) }

  /// That name and its period: in another period it is another file.
  var placedName: String { "\(otherPeriod ?? "")\n\(bareName)" }

  /// The digest of what it holds, packed or not, as far as it is known.
  var held: String? { content?.sha256 ?? sha256 }

  /// Whether it holds the same as another, as far as both are known.
  func holdsSame(as other: InboxFile) -> Bool {
    sha256 != nil && sha256 == other.sha256 || held != nil && held == other.held
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

/// A name without the ending that tells that the file is packed: `x.csv` of `x.csv.gz`.
func unpackedName(_ name: String) -> String {
  name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
}
