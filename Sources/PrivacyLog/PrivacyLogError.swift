package import Cryptography
package import Diagnostics
package import Files

/// What can go wrong with the privacy log.
package enum PrivacyLogError: KoppelError, Hashable {
  /// Another process writes to it.
  case held(path: String)
  /// It cannot be read or written.
  case file(FilesError)
  /// A line is not as it was written.
  case tampered(path: String, LogFault)
  /// A witness cannot go on from what it has seen.
  case witness(path: String, WitnessFault)
  /// The key that signs cannot be had.
  case key(KeyError)
  /// libcrypto refused.
  case cryptography(CryptographyError)
  /// A field to be logged is not one that a line can hold; a bug of ours.
  case unfitField(String)
  /// A write failed before; nothing more is written.
  case closed(path: String)

  package var exitStatus: ExitStatus {
    switch self {
    case .held: .lockHeld
    case .file(let error): error.exitStatus
    case .closed: .inputOutput
    case .tampered(_, let fault): fault.exitStatus
    case .witness(_, let fault): fault.exitStatus
    case .key(let error): error.exitStatus
    case .cryptography, .unfitField: .internalFault
    }
  }

  package var diagnostics: [Diagnostic] {
    switch self {
    case .held(let path):
      [
        Diagnostic(
          at: Place(file: path),
          "another process writes to the privacy log",
          hint: "wait until it ends"
        )
      ]
    case .file(let error): error.diagnostics
    case .tampered(let path, let fault):
      [
        Diagnostic(
          at: Place(file: fault.file ?? path, line: fault.line),
          fault.sentence,
          hint: fault.hint
        )
      ]
    case .witness(let path, let fault): [fault.diagnostic(at: path)]
    case .key(let error): error.diagnostics
    case .cryptography(let error): [Diagnostic(.error, error.description)]
    case .unfitField(let name):
      [Diagnostic(.error, "field '\(escapedForTerminal(name))' does not fit in the privacy log")]
    case .closed(let path):
      [
        Diagnostic(
          at: Place(file: path),
          "a write to the privacy log failed, and this run writes to it no more",
          hint: "see to the disk, then run again: the log mends its end"
        )
      ]
    }
  }
}
