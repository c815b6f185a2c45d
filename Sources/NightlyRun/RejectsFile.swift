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
          ? name(of: account.deliveries[reject.file]) : ""
        let fields = [
          source, file, String(reject.line), reject.column, reject.reason.rawValue, reject.shape,
        ]
        bytes += csvLine(fields)
      }
    }
    try AtomicFile.write(path, bytes, mode: 0o600)
  }

  /// What may be kept of a file's name; where that is not all of it, the beginning of the file's
  /// SHA-256 follows: who has the file finds it by that.
  private static func name(of delivery: SourceAccount.Delivery) -> String {
    guard delivery.stored != delivery.name else { return delivery.name }
    return "\(KeptNames.withoutDigest(delivery.stored))#\(delivery.sha256.prefix(12))"
  }
}
