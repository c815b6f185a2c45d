import Diagnostics
import Files
import NightlyRun
import PrivacyLog
import Tabular

/// The cases that stand in a pipeline file.
extension Command {
  static let test = Command(
    name: "test",
    operands: ["PIPELINE"],
    options: [setOption, workersOption, trialWorkOption],
    meaning: "run the cases of the file's 'tests'; what it makes vanishes"
  ) { arguments, console in
    var options = arguments.runOptions
    options.workers = try workerCount(arguments)
    let report = try CaseReport(
      path: arguments.operands[0],
      options: options,
      clock: { currentMilliseconds() }
    )
    for outcome in report.outcomes { tell(outcome, console) }
    let failed = report.outcomes.count { !$0.holds }
    console.print(
      "\(escapedForTerminal(arguments.operands[0])): \(counted(report.outcomes.count, "test")), "
        + (failed == 0 ? "all good" : "\(grouped(failed)) failed")
    )
    return failed == 0 ? .success : .dataGate
  }

  private static func tell(_ outcome: CaseReport.Outcome, _ console: Console) {
    let name = escapedForTerminal(outcome.name)
    guard !outcome.holds else { return console.print("good    \(name)") }
    console.print("failed  \(name)  (\(outcome.place))")
    for difference in outcome.differences {
      console.print("  \(difference.title)")
      let rows = difference.rows.map { $0.map { escapedForTerminal($0) } }
      for line in aligned(rows) { console.print("    \(line)") }
    }
    for fault in outcome.faults {
      for line in fault.text.split(separator: "\n") { console.print("  \(line)") }
    }
  }
}
