import Cryptography
import Diagnostics
import Files
import Glibc

/// A BSN that somebody asks about: from standard input alone, and into locked memory.
///
/// - Note: Clear identifiers pass through here.
enum SubjectNumber {
  /// A number on the command line, which others can see and the shell keeps.
  struct OnCommandLine: KoppelError {
    var exitStatus: ExitStatus { .privacyRefused }
    var diagnostics: [Diagnostic] {
      [
        Diagnostic(
          "found digits on the command line, expected no number of a person there",
          hint: "the shell keeps what was typed, and every process can read it: clear the history, "
            + "then write the number to standard input: koppel log show --subject - PIPELINE"
        )
      ]
    }
  }

  /// Refuses words that could be the number of a person.
  ///
  /// - Throws: `OnCommandLine`, which does not repeat it.
  static func refuse(in words: [String]) throws(OnCommandLine) {
    for word in words {
      let value = word.split(separator: "=", maxSplits: 1).last ?? ""
      let digitCount = value.utf8.count { 0x30...0x39 ~= $0 }
      let isOther = value.utf8.contains { !(0x30...0x39 ~= $0 || " .-".utf8.contains($0)) }
      if digitCount >= 8, !isOther { throw OnCommandLine() }
    }
  }

  /// Reads standard input up to its end, at most so many bytes; a terminal does not show them.
  ///
  /// - Throws: `FilesError`, `CryptographyError`; `UsageError` when there is more.
  static func read() throws -> SecretBytes {
    var before = termios()
    let isTerminal = unsafe tcgetattr(0, &before) == 0
    if isTerminal {
      var silent = before
      silent.c_lflag &= ~tcflag_t(ECHO)
      _ = unsafe tcsetattr(0, TCSAFLUSH, &silent)
    }
    defer { if isTerminal { _ = unsafe tcsetattr(0, TCSAFLUSH, &before) } }
    var count = 0
    var code: Int32 = 0
    let digits = try unsafe SecretBytes(count: limit) { (memory) throws(CryptographyError) in
      guard let start = memory.baseAddress else { return }
      while count < limit {
        let found = unsafe Glibc.read(0, start + count, limit - count)
        if found < 0, errno == EINTR { continue }
        if found < 0 { code = errno }
        guard found > 0 else { return }
        count += found
        // A line is enough: nobody at a terminal ends the input after it.
        if unsafe memory[count - 1] == 0x0A { return }
      }
    }
    guard code == 0 else { throw FilesError.system(.read, path: "standard input", code: code) }
    guard count < limit else {
      throw UsageError("found more than a number on standard input, expected a BSN and no more")
    }
    return digits
  }

  private static let limit = 64
}
