import Diagnostics
import NightlyRun
import PrivacyLog

/// Why two records were or were not linked.
extension Command {
  static let explain = Command(
    name: "explain",
    operands: ["PIPELINE", "PAIR"],
    options: [setOption, workersOption, trialWorkOption],
    meaning:
      "why two records were or were not linked, weight by weight; PAIR: support:1042,register:7"
  ) { arguments, console in
    var options = arguments.runOptions
    options.workers = try workerCount(arguments)
    let report = try ExplanationReport(
      path: arguments.operands[0],
      pair: arguments.operands[1],
      options: options,
      clock: { currentMilliseconds() },
      observer: console
    )
    console.print(report.title)
    console.print("")
    for line in aligned(report.rows) { console.print(line) }
    for remark in report.remarks { console.print(remark) }
    return .success
  }
}
