package import Files
import Tabular

/// Gives the lines of a log decoded, one after the other, for reports.
///
/// Nothing is verified here: verify first. Memory does not grow with the log.
package struct LogReader: ~Copyable {
  private var scanner: LogScanner
  private var number = 0
  private var reader = LogLineReader()
  private var decoder = CanonicalDecoder()

  /// Opens a log.
  ///
  /// - Throws: `FilesError`.
  package init(path: String) throws(FilesError) {
    scanner = LogScanner(try OpenFile(reading: path, followingLinks: false))
  }

  /// The next line; nil after the last whole one, or that many lines.
  ///
  /// - Throws: `LogFault` for a line that is none of a log; `FilesError`.
  package mutating func next(upTo limit: Int = .max) throws -> LogRecord? {
    guard number < limit else { return nil }
    switch try scanner.next() {
    case .end: return nil
    case .tooLong: throw LogFault(line: number + 1, cause: .tooLong)
    case .line(let range):
      number += 1
      let line = Array(scanner.buffer[range])
      let read: LogLine
      switch reader.read(line.span) {
      case .success(let found): read = found
      case .failure(let cause): throw LogFault(line: number, cause: cause)
      }
      guard var fields = decoder.members(line.span) else {
        throw LogFault(line: number, cause: .notCanonical)
      }
      for name in ["v", "seq", "ts", "event", "prev"] { fields[name] = nil }
      return LogRecord(
        number: number,
        sequence: read.sequence,
        milliseconds: read.milliseconds,
        event: read.event,
        run: fields.removeValue(forKey: "run")?.stringValue ?? "",
        outcome: fields.removeValue(forKey: "outcome")?.stringValue ?? "",
        fields: fields
      )
    }
  }
}
