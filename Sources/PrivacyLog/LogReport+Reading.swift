import Cryptography
import Files

extension LogReport {
  /// Takes the lines of a log in one pass.
  ///
  /// - Parameters:
  ///   - path: the log.
  ///   - verdict: what verification found; from the first bad line on nothing is taken, nor what was
  ///     written since.
  /// - Throws: `file` when it cannot be read; `tampered` when it was changed since it was verified.
  package mutating func read(path: String, verdict: LogVerdict) throws(PrivacyLogError) {
    var report = self
    try Self.eachLine(of: path, verdict: verdict) { report.take($0) }
    self = report
  }

  /// Lends each line that may be believed.
  static func eachLine(
    of path: String,
    verdict: LogVerdict,
    _ body: (LogRecord) -> Void
  ) throws(PrivacyLogError) {
    let limit =
      verdict.fault?.soundLines(followed: verdict.head.size) ?? verdict.head.size
    do {
      var reader = try LogReader(path: path)
      while let record = try reader.next(upTo: limit) { body(record) }
    } catch let error as FilesError {
      throw .file(error)
    } catch let fault as LogFault {
      throw .tampered(path: path, fault)
    } catch {
      throw .cryptography(.library(operation: "report"))
    }
  }
}
