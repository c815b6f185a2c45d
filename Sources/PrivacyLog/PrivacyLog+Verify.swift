import Cryptography
import Files

extension PrivacyLog {
  /// Tells whether a log is as it was written, and if not, the first line that is bad.
  ///
  /// Every line's form, number and link are checked. The end of a log, and a log written anew from
  /// some line on, can be told only by a head that was kept elsewhere; lines after that head are
  /// checked among themselves. Memory does not grow with the log.
  ///
  /// - Parameters:
  ///   - path: the log.
  ///   - expectedHead: what the last run's manifest holds.
  /// - Returns: the first bad line if there is one, else the head, with what is worth a warning.
  /// - Throws: `file` when it cannot be read; `cryptography`.
  package static func verify(
    path: String,
    expectedHead: LogHead? = nil
  ) throws(PrivacyLogError) -> LogVerdict {
    do {
      var verifier = try LogVerifier(expected: expectedHead)
      var scanner = LogScanner(try OpenFile(reading: path, followingLinks: false))
      var torn = 0
      var fault: LogFault?
      scan: while fault == nil {
        switch try scanner.next() {
        case .line(let range):
          fault = try verifier.take(scanner.buffer.span.extracting(range))
        case .end(let tornByteCount):
          torn = tornByteCount
          fault = verifier.finish()
          break scan
        case .tooLong:
          fault = LogFault(line: verifier.head.size + 1, cause: .tooLong)
        }
      }
      return LogVerdict(
        path: path,
        head: verifier.head,
        tornByteCount: torn,
        isWitnessed: expectedHead != nil,
        fault: fault
      )
    } catch let error as FilesError {
      throw .file(error)
    } catch let error as CryptographyError {
      throw .cryptography(error)
    } catch {
      throw .cryptography(.library(operation: "verification"))
    }
  }
}
