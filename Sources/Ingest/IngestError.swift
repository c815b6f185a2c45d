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
  /// A message is refused behind rows of it that were handed out: the source must be read again
  /// without it.
  case refusedLate(RefusedFile)
  /// The XML Schema of a source cannot be used: where in it, and libxml2's code; 0 for a file that
  /// cannot be read.
  case schemaFile(Place, code: Int32, named: Place)
  /// No reader is there for the format.
  case notRead(Place)
  /// Nothing can be proposed for an unknown file.
  case unrecognised(SurveyFault, Place)
  /// A table beside the pipeline cannot be used; the first place is in it or names it.
  case table(CodeTableFault, Place)
  /// libxml2 gave no reader.
  case readerUnavailable(Place)
  /// No such column is declared by the source.
  case unknownColumn(String, Place)

  package var diagnostics: [Diagnostic] {
    switch self {
    case .file(let error): error.diagnostics
    case .refused(let fault, let place):
      [Diagnostic(at: place, fault.sentence, hint: fault.hint)]
    case .refusedLate(let refused):
      [Diagnostic(at: refused.place, refused.fault.sentence, hint: refused.fault.hint)]
    case .unrecognised(let fault, let place):
      [Diagnostic(at: place, fault.sentence, hint: fault.hint)]
    case .table(let fault, let place):
      [Diagnostic(at: place, fault.sentence, hint: fault.hint)]
    case .schemaFile(let place, let code, let named):
      [
        Diagnostic(
          at: code == 0 ? named : place,
          code == 0
            ? "'\(place.file)': found no XML Schema that can be read"
            : "found a fault in the schema (libxml2 code \(code))",
          hint: code == 0
            ? "a schema and all that it imports must lie in one folder"
            : "the source that names it: \(named)"
        )
      ]
    case .notRead(let place): [Diagnostic(at: place, "files of this format cannot be read")]
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
    case .refused, .refusedLate, .unrecognised: .dataGate
    case .notRead: .internalFault
    case .pattern, .table, .schemaFile: .pipelineFault
    case .readerUnavailable: .inputOutput
    case .unknownColumn: .internalFault
    }
  }
}
