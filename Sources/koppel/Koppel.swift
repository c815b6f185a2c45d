// The command: words in, a run or an answer out.
//
// Standard error speaks to people; standard output carries only what was asked for. This module
// wires the others together and decides nothing about data.

import Cryptography
import Diagnostics
import Files
import Glibc

@main
enum Koppel {
  static func main() {
    StandardDescriptors.keepFree()
    CrashHandler.install()
    keepFreedMemory()
    let words = Array(CommandLine.arguments.dropFirst())
    let console = Console()
    do {
      try hardenProcess()
      try GivenKeys.refuse(words)
      // Before anything else looks at the words: a message about them would repeat the number.
      if words.starts(with: ["log", "show"]) { try SubjectNumber.refuse(in: words) }
      let arguments = try Arguments(words)
      let status = try arguments.command.run(arguments, console)
      if status == .success, let failure = console.answerFailure { throw failure }
      exit(status.rawValue)
    } catch {
      console.tell(error)
      exit(error.exitStatus.rawValue)
    }
  }
}

extension Error {
  /// The status of an error that knows it; anything else is a bug of ours.
  var exitStatus: ExitStatus { (self as? any KoppelError)?.exitStatus ?? .internalFault }
}
