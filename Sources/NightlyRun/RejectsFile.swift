import Files
import Tabular

/// `rejects.csv`: every rejected row by file, line, column, reason and shape; never the row.
enum RejectsFile {
  /// Writes the rejects of all sources.
  static func write(
    _ accounts: [(source: String, account: SourceAccount)],
    to path: String
  ) throws(FilesError) {
    var text = "source,file,line,column,reason,shape\n"
    for (source, account) in accounts {
      for reject in account.rejects {
        let file =
          account.deliveries.indices.contains(reject.file)
          ? account.deliveries[reject.file].name : ""
        let fields = [
          source, file, String(reject.line), reject.column, reject.reason.rawValue, reject.shape,
        ]
        text += fields.map(field).joined(separator: ",") + "\n"
      }
    }
    try AtomicFile.write(path, Array(text.utf8), mode: 0o600)
  }

  private static func field(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
