import Diagnostics

/// A command line that cannot be understood.
struct UsageError: KoppelError {
  let sentence: String
  let hint: String

  init(_ sentence: String, hint: String = "koppel help tells the commands and their options") {
    self.sentence = sentence
    self.hint = hint
  }

  var exitStatus: ExitStatus { .usage }
  var diagnostics: [Diagnostic] { [Diagnostic(sentence, hint: hint)] }
}
