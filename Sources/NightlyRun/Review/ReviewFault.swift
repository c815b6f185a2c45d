package import Diagnostics

/// Why judgements are not taken: places and counts, never what else stands in the file.
package enum ReviewFault: KoppelError {
  /// No night kept pairs to look at.
  case nothing(pipeline: String)
  /// All faults of a file, in its order; nothing of it was taken.
  case file([Diagnostic])

  package var exitStatus: ExitStatus { .dataGate }

  package var diagnostics: [Diagnostic] {
    switch self {
    case .nothing(let pipeline):
      [
        Diagnostic(
          "found no pairs of pipeline '\(pipeline)' to look at",
          hint:
            "koppel run keeps them, where 'link' has 'probabilistic' or an 'unless' that refuses pairs"
        )
      ]
    case .file(let diagnostics): diagnostics
    }
  }
}
