import Files
import Publication
import Tabular

/// `rejects.csv`: every rejected row by file, line, column, reason and shape; never the row.
enum RejectsFile {
  /// Writes the rejects of all sources.
  static func write(
    _ accounts: [(source: String, account: SourceAccount)],
    to path: String
  ) throws(FilesError) {
    var bytes = csvLine(["source", "file", "line", "column", "reason", "shape"])
    for (source, account) in accounts {
      for reject in account.rejects {
        let file =
          account.deliveries.indices.contains(reject.file)
          ? account.deliveries[reject.file].stored : ""
        let fields = [
          source, file, String(reject.line), reject.column, reject.reason.rawValue, reject.shape,
        ]
        bytes += csvLine(fields)
      }
    }
    try AtomicFile.write(path, bytes, mode: 0o600)
  }
}
