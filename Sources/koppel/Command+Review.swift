import Diagnostics
import NightlyRun
import PrivacyLog

/// Pairs to judge, without names.
extension Command {
  static let reviewExport = Command(
    name: "review export",
    operands: ["PIPELINE"],
    options: [setOption, workOption],
    meaning: "a CSV of pairs to judge: undecided ones and, unmarked, samples of the others"
  ) { arguments, console in
    let review = try Review(load(arguments), workFolder: arguments.value("--work"))
    console.printText(review.csv)
    return .success
  }

  static let reviewImport = Command(
    name: "review import",
    operands: ["PIPELINE", "FILE"],
    options: [setOption, workOption],
    meaning: "take the decisions of such a CSV: same, different or unsure; runs use them"
  ) { arguments, console in
    let review = try Review(load(arguments), workFolder: arguments.value("--work"))
    let rows = try review.take(
      arguments.operands[1],
      clock: { currentMilliseconds() },
      observer: console
    )
    for line in aligned(rows) { console.print(line) }
    return .success
  }
}
