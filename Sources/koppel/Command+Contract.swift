import Diagnostics
import Ingest
import NightlyRun
import PipelineFile

/// The command that proposes a contract.
extension Command {
  static let contract = Command(
    name: "contract",
    operands: ["FILE"],
    options: [
      Option(name: "--name", value: "NAME", meaning: "of the contract; else from that of the file")
    ],
    meaning: "propose the contract of an unknown file, with its doubts; no value of it is shown"
  ) { arguments, console in
    let path = arguments.operands[0]
    let survey = try Survey(path: path).tested()
    let name = arguments.value("--name") ?? survey.proposedName
    guard isSlug(name) else {
      throw UsageError(
        "option '--name': found '\(escapedForTerminal(name))', expected small letters, digits, '-' "
          + "and '_', beginning with a letter or digit"
      )
    }
    console.printText(survey.contract(named: name, version: Version.number))
    return .success
  }
}
