import Diagnostics
import NightlyRun
import PrivacyLog

/// The question of a data subject.
extension Command {
  /// Answers `log show --subject - PIPELINE`.
  static func askSubject(
    _ subject: String,
    _ arguments: Arguments,
    _ console: Console
  ) throws -> ExitStatus {
    guard subject == "-" else {
      // Any number here is that of a person, also one that is typed wrong.
      guard subject.utf8.contains(where: { 0x30...0x39 ~= $0 }) else {
        throw UsageError(
          "option '--subject' takes '-' alone: the number is read from standard input",
          hint: "koppel log show --subject - PIPELINE"
        )
      }
      throw SubjectNumber.OnCommandLine()
    }
    let path = arguments.operands[0]
    guard arguments.namesPipeline else {
      throw UsageError(
        "'--subject' needs the pipeline file: it names the key and the sources",
        hint: "koppel log show --subject - PIPELINE"
      )
    }
    let answers = try SubjectRequest.ask(
      SubjectNumber.read(),
      path: path,
      options: arguments.runOptions,
      clock: { currentMilliseconds() },
      observer: console
    )
    guard let answers else {
      console.tell(
        Diagnostic(
          "standard input holds no BSN: expected 8 or 9 digits that pass the eleven-test"
        )
      )
      return .dataGate
    }
    for answer in answers {
      console.print(
        "release \(escapedForTerminal(answer.release)), source "
          + "\(escapedForTerminal(answer.source)): \(answer.finding.text)"
      )
    }
    return .success
  }
}
