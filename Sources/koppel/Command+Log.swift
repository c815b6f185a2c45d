import Diagnostics
import Files
import NightlyRun
import PipelineFile
import PrivacyLog
import Tabular

/// The commands of the privacy officer: log verify, log show.
extension Command {
  private static let logOptions = [
    Option(
      name: "--set",
      value: "NAME=VALUE",
      meaning: "give a variable of the file a value; may be repeated"
    )
  ]

  static let verifyLog = Command(
    name: "log verify",
    operands: ["LOG"],
    options: logOptions + [
      Option(
        name: "--head",
        value: "SIZE:HASH",
        meaning: "a head that was kept elsewhere; else that of the last run's manifest"
      ),
      Option(name: "--strict", value: nil, meaning: "warnings end with status 3"),
    ],
    meaning: "prove that no line of a privacy log was changed; LOG may be its pipeline or folder"
  ) { arguments, console in
    let place = try LogPlace(arguments)
    let head = try arguments.value("--head").map(head) ?? place.furthestHead()
    let verdict = try PrivacyLog.verify(path: place.log, expectedHead: head)
    for diagnostic in verdict.diagnostics { console.tell(diagnostic) }
    guard verdict.exitStatus == .success else { return verdict.exitStatus }
    console.print(
      "\(escapedForTerminal(place.log)): good; \(counted(verdict.head.size, "line")), "
        + "head \(verdict.head.hash)"
    )
    return arguments.has("--strict") && !verdict.diagnostics.isEmpty ? .warnings : .success
  }

  static let showLog = Command(
    name: "log show",
    operands: ["LOG"],
    options: logOptions,
    meaning: "print a privacy log; LOG may be its pipeline or folder"
  ) { arguments, console in
    try PrivacyLog.show(path: LogPlace(arguments).log) { console.print($0) }
    return .success
  }

  private static func head(_ text: String) throws -> LogHead {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let size = Int(parts[0]), size > 0, parts[1].utf8.count == 64 else {
      throw UsageError(
        "option '--head': found '\(escapedForTerminal(text))', expected SIZE:HASH",
        hint: "both stand in a manifest under run.privacy_log"
      )
    }
    return LogHead(size: size, hash: String(parts[1]))
  }
}

/// Where a privacy log and the manifests beside it are.
private struct LogPlace {
  let log: String
  let workFolder: String

  /// Finds the log that the first operand means: a log, a work folder, or a pipeline file.
  init(_ arguments: Arguments) throws {
    let operand = arguments.operands[0]
    if operand.hasSuffix(".yaml") || operand.hasSuffix(".yml") {
      let pipeline = try Command.load(arguments)
      workFolder = RunHistory.workFolder(pipeline: pipeline.name, pipelinePath: pipeline.path)
      log = workFolder + "/privacy.log"
    } else if somethingStands(at: operand + "/privacy.log") {
      workFolder = operand
      log = operand + "/privacy.log"
    } else {
      workFolder = parentFolder(of: operand)
      log = operand
    }
  }

  func furthestHead() throws -> LogHead? { try RunHistory.furthestHead(in: workFolder) }
}
