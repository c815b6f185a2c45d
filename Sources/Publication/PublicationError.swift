package import Cryptography
package import Diagnostics
package import Files

/// What can go wrong while tables leave.
package enum PublicationError: KoppelError {
  /// A table's name cannot be that of a file.
  case tableName(String)
  /// Two tables have one name.
  case tableRepeated(String)
  /// A file or folder of the release cannot be made.
  case file(FilesError)
  /// A digest could not be made.
  case cryptography(CryptographyError)

  package var diagnostics: [Diagnostic] {
    switch self {
    case .tableName(let name):
      [
        Diagnostic(
          .error,
          "found a table named '\(escapedForTerminal(name))', expected a name that can be a file's",
          hint: "use letters, digits, '-', '_' and '.'"
        )
      ]
    case .tableRepeated(let name):
      [Diagnostic(.error, "found two tables named '\(escapedForTerminal(name))', expected one")]
    case .file(let error):
      error.diagnostics
    case .cryptography(let error):
      [Diagnostic(.error, "\(error)")]
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .tableName, .tableRepeated: .pipelineFault
    case .file(let error): error.exitStatus
    case .cryptography: .internalFault
    }
  }
}
