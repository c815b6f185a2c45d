import Diagnostics
import Files
import Glibc
import NightlyRun
import Synchronization
import Tabular

/// Where the command speaks: answers to standard output, everything for people to standard error.
///
/// On a terminal one progress line is rewritten in place; elsewhere there are plain lines alone.
/// With `--log-format json` each line on standard error is a JSON object.
final class Console: RunObserver {
  private struct State {
    var lastProgress = 0
    var progressShown = false
    var answerFailure: FilesError?
  }

  /// Who has more faults than this to mend begins with these.
  private static let mostMessages = 200

  private let isTerminal = isatty(2) == 1
  private let isJSON: Bool
  private let state = Mutex(State())

  init(isJSON: Bool = false) { self.isJSON = isJSON }

  /// Why not all of the answer could be written; nil when it could, or nobody wanted the rest.
  var answerFailure: FilesError? { state.withLock { $0.answerFailure } }

  /// Writes a line to standard output.
  func print(_ line: String) { write(line + "\n", to: 1) }

  /// Writes text to standard output as it is.
  func printText(_ text: String) { write(text, to: 1) }

  func note(_ sentence: String) {
    guard !isJSON else { return tellJSON(["level": "note", "message": .string(sentence)]) }
    tellLine(sentence)
  }

  func warn(_ diagnostic: Diagnostic) { tell(diagnostic) }

  /// Tells everything an error has to say.
  func tell(_ error: any Error) {
    guard let known = error as? any KoppelError else {
      // The text of an unknown error may quote a value.
      return tell(Diagnostic("an error that koppel does not know; this is a bug of ours"))
    }
    for diagnostic in known.diagnostics.prefix(Self.mostMessages) { tell(diagnostic) }
    let rest = known.diagnostics.count - Self.mostMessages
    if rest > 0 { tell(Diagnostic(.note, "and \(counted(rest, "message")) more")) }
  }

  func tell(_ diagnostic: Diagnostic) {
    guard isJSON else { return tellLine(diagnostic.text) }
    var members: [String: JSONValue] = [
      "level": .string(diagnostic.severity.rawValue), "message": .string(diagnostic.sentence),
    ]
    if let place = diagnostic.place {
      members["file"] = .string(maskedName(place.file))
      if place.line > 0 { members["line"] = .integer(Int64(place.line)) }
      if place.column > 0 { members["column"] = .integer(Int64(place.column)) }
    }
    if let hint = diagnostic.hint { members["hint"] = .string(hint) }
    tellJSON(.object(members))
  }

  func progress(_ subject: String, rows: Int) {
    guard isTerminal, !isJSON else { return }
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    let tenths = time.tv_sec * 10 + time.tv_nsec / 100_000_000
    let isDue = state.withLock { state in
      guard tenths > state.lastProgress else { return false }
      state.lastProgress = tenths
      state.progressShown = true
      return true
    }
    guard isDue else { return }
    write("\r\u{1B}[2K\(subject): \(grouped(rows)) rows", to: 2)
  }

  private func tellLine(_ line: String) {
    let clear = state.withLock { state in
      let shown = state.progressShown
      state.progressShown = false
      return shown
    }
    write((clear ? "\r\u{1B}[2K" : "") + line + "\n", to: 2)
  }

  private func tellJSON(_ value: JSONValue) { write(value.canonical + "\n", to: 2) }

  private func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor,
          buffer.baseAddress.map { unsafe $0 + written },
          bytes.count - written
        )
      }
      guard count > 0 else {
        let code = errno
        if count < 0 && code == EINTR { continue }
        // A reader that went away ends the talk, not the work. A full disk cuts the answer.
        if descriptor == 1 && code != EPIPE {
          state.withLock {
            $0.answerFailure = .system(.write, path: "standard output", code: code)
          }
        }
        return
      }
      written += count
    }
  }
}
