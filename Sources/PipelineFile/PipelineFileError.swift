package import Diagnostics

/// A pipeline file that cannot be run.
package enum PipelineFileError: KoppelError, Hashable {
  /// The file is not there or cannot be read.
  case unreadable(Diagnostic)
  /// Every fault, those of the command line first, then in file order.
  case faulty([Diagnostic])
  /// A file holds the bytes of a key, which is then no secret any more.
  case holdsKey([Diagnostic])
  /// The files are right; what `--set` gives is not.
  case settings([Diagnostic])

  package var diagnostics: [Diagnostic] {
    switch self {
    case .unreadable(let diagnostic): [diagnostic]
    case .faulty(let diagnostics), .holdsKey(let diagnostics), .settings(let diagnostics):
      diagnostics
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .unreadable: .inputOutput
    case .faulty: .pipelineFault
    case .holdsKey: .privacyRefused
    case .settings: .usage
    }
  }
}
