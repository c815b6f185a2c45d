import Cryptography
import Diagnostics
import Files

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
    let digits = try StandardInput.secret(limit: limit)
    guard digits.count < limit else {
      throw UsageError("found more than a number on standard input, expected a BSN and no more")
    }
    return digits.bytes
  }

  private static let limit = 64
}
