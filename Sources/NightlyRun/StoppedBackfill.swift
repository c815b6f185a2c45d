package import Diagnostics

/// A period of several failed, and those after it did not run.
package struct StoppedBackfill: KoppelError {
  let cause: any KoppelError
  /// The label of the period that failed.
  let period: String
  /// The labels of those before it, which are done, and of those after it, which are not begun.
  let done: [String]
  let left: [String]

  init(cause: any KoppelError, at period: String, done: [String], left: [String]) {
    self.cause = cause
    self.period = period
    self.done = done
    self.left = left
  }

  package var exitStatus: ExitStatus { cause.exitStatus }

  package var diagnostics: [Diagnostic] {
    cause.diagnostics + [
      Diagnostic(
        .note,
        "stopped at \(period); done: \(done.isEmpty ? "none" : periodsInWords(done)); not begun: "
          + (left.isEmpty ? "none" : periodsInWords(left)),
        hint: "cure it and say the same again: what is done is passed over"
      )
    ]
  }
}
