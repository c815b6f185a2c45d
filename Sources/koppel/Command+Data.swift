import Diagnostics
import Files
import NightlyRun
import Publication
import SampleRegion
import Tabular

/// The commands about files: show, synth.
extension Command {
  static let show = Command(
    name: "show",
    operands: ["FILE"],
    options: [
      Option(name: "--format", value: "text|csv", meaning: "aligned text, or CSV"),
      Option(name: "--rows", value: "N", meaning: "how many rows at most; else 20, CSV all"),
      Option(name: "--identities", value: nil, meaning: "of a staged table: who, not the rows"),
    ],
    meaning: "print a staged or published table, or the events of persons.ledger"
  ) { arguments, console in
    let isCSV =
      try arguments.value("--format", expected: "text or csv") { ["text": false, "csv": true][$0] }
      ?? false
    let limit = try arguments.number("--rows", in: 1...UInt64(Int32.max)).map { Int($0) }
    let rows = try ShownTable.rows(
      path: arguments.operands[0],
      limit: limit ?? (isCSV ? .max : 20),
      identities: arguments.has("--identities")
    )
    if isCSV {
      for row in rows { console.printText(String(decoding: csvLine(row), as: UTF8.self)) }
    } else {
      for line in aligned(rows) { console.print(line) }
    }
    return .success
  }

  static let synth = Command(
    name: "synth",
    operands: ["DIR"],
    options: [
      Option(name: "--residents", value: "N", meaning: "how many people live there; else 2,000"),
      Option(name: "--seed", value: "S", meaning: "the same seed gives the same bytes; else 1"),
    ],
    meaning: "make up a region: extracts, and apart from them the truth"
  ) { arguments, console in
    let residents = try arguments.number("--residents", in: 100...20_000_000) ?? 2000
    let seed = try arguments.number("--seed", in: 0...UInt64.max) ?? 1
    let folder = arguments.operands[0]
    let summary = try SampleRegion(residents: Int(residents), seed: seed).write(to: folder)
    console.note(
      "made up \(grouped(summary.residents)) residents in \(grouped(summary.households)) "
        + "households, \(grouped(summary.careClaims)) claims, "
        + "\(grouped(summary.supportMessages)) messages of \(grouped(summary.supportClients)) "
        + "clients, \(grouped(summary.surveyAnswers)) answers to a survey, "
        + "in \(escapedForTerminal(folder))"
    )
    console.note(
      "planted hot spots: \(summary.hotSpots.joined(separator: ", ")); the truth is in truth/"
    )
    return .success
  }
}
