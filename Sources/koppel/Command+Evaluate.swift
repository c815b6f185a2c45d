import Diagnostics
import NightlyRun
import PrivacyLog

/// How right the links of a pipeline are.
extension Command {
  static let evaluate = Command(
    name: "evaluate",
    operands: ["PIPELINE"],
    options: [
      Option(
        name: "--truth",
        value: "FILE",
        meaning:
          "CSV: pairs under the names of two sources, or record,cluster (source,record,cluster)"
      ),
      setOption, workersOption, trialWorkOption,
    ],
    meaning: "precision, recall and F1 against known truth; what it makes vanishes"
  ) { arguments, console in
    guard let truth = arguments.value("--truth") else {
      throw UsageError(
        "'koppel evaluate' needs '--truth FILE'",
        hint: "a CSV of pairs, as register,support, or of record,cluster"
      )
    }
    var options = arguments.runOptions
    options.workers = try workerCount(arguments)
    let report = try EvaluationReport(
      path: arguments.operands[0],
      truth: truth,
      options: options,
      clock: { currentMilliseconds() },
      observer: console
    )
    for (number, table) in report.tables.enumerated() {
      if number > 0 { console.print("") }
      if !table.title.isEmpty { console.print(table.title) }
      for line in aligned(table.rows) { console.print(line) }
    }
    return .success
  }
}
