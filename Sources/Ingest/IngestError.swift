package import Diagnostics
package import Files

/// Why an extract cannot be read.
package enum IngestError: KoppelError, Hashable {
  /// A file could not be read, or its gzip data is refused.
  case file(FilesError)
  /// A whole file is refused.
  case refused(FileFault, Place)
  /// The pattern of a column is not a POSIX extended expression.
  case pattern(column: String, Place)
  /// libxml2 gave no reader.
  case readerUnavailable(Place)
  /// No such column is declared by the source.
  case unknownColumn(String, Place)

  package var diagnostics: [Diagnostic] {
    switch self {
    case .file(let error): error.diagnostics
    case .refused(let fault, let place):
      [Diagnostic(at: place, fault.sentence, hint: fault.hint)]
    case .pattern(let column, let place):
      [
        Diagnostic(
          at: place,
          "the pattern of column '\(column)' is not a POSIX extended expression"
        )
      ]
    case .readerUnavailable(let place):
      [Diagnostic(at: place, "libxml2 could not be started")]
    case .unknownColumn(let name, let place):
      [Diagnostic(at: place, "the source has no column '\(name)'")]
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .file(let error): error.exitStatus
    case .refused: .dataGate
    case .pattern: .pipelineFault
    case .readerUnavailable: .inputOutput
    case .unknownColumn: .internalFault
    }
  }
}
