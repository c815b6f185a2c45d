import Diagnostics
import Files
import NightlyRun
import PrivacyLog
import Tabular

/// The officer's report.
extension Command {
  static let reportLog = Command(
    name: "log report",
    operands: ["LOG"],
    options: logOptions + [
      Option(
        name: "--from",
        value: "DAY",
        meaning: "the first day, YYYY-MM-DD; else that of the log"
      ),
      Option(name: "--to", value: "DAY", meaning: "the last day; else that of the log"),
      Option(name: "--language", value: "en|nl", meaning: "English, or Dutch; else English"),
      Option(
        name: "--as",
        value: "FORM",
        meaning: "dossier: what EDPB 01/2025 asks of one; nen7513, ldv: JSON lines in their terms"
      ),
      Option(name: "--html", value: "FILE", meaning: "write one page to be read or printed"),
      Option(
        name: "--witness",
        value: "DIR",
        meaning: "hold it against what this witness has seen"
      ),
    ],
    meaning: "answer a privacy officer's twelve questions from a log; LOG as of log show"
  ) { arguments, console in
    let language =
      try arguments.value("--language", expected: "en or nl", ReportLanguage.init(rawValue:))
      ?? .english
    let (first, last) = try (day("--from", arguments), day("--to", arguments))
    if let first, let last, last < first {
      throw UsageError("'--to \(last)' is before '--from \(first)'")
    }
    let place = try LogPlace(arguments)
    let evidence = try place.evidence(arguments)
    let verdict = try PrivacyLog.verify(path: place.log, against: evidence)
    if let form = try form(arguments) {
      guard arguments.value("--html") == nil else {
        throw UsageError("'--html' goes with a report or a dossier, not with JSON lines")
      }
      console.note("\(form.rawValue) deviates: \(LogExport.deviation)")
      try LogExport.write(
        path: place.log,
        verdict: verdict,
        as: form,
        from: first,
        through: last
      ) { console.print($0) }
      return ended(verdict, console)
    }
    var report = LogReport(
      from: first,
      through: last,
      witnessedSize: evidence.witness?.size ?? 0
    )
    try report.read(path: place.log, verdict: verdict)
    let page =
      arguments.value("--as") == nil
      ? ReportPage(report, verdict: verdict, language: language)
      : ReportPage(
        dossier: report,
        verdict: verdict,
        policy: place.dossierPolicy,
        language: language
      )
    if let path = arguments.value("--html") {
      try AtomicFile.write(path, Array(page.html.utf8))
      console.note("wrote \(escapedForTerminal(path))")
    } else {
      console.printText(page.text)
    }
    return ended(verdict, console)
  }

  /// Nil for the report itself, and for the dossier.
  private static func form(_ arguments: Arguments) throws -> LogExport.Form? {
    guard arguments.value("--as") != "dossier" else { return nil }
    return try arguments.value(
      "--as",
      expected: "dossier, nen7513 or ldv",
      LogExport.Form.init(rawValue:)
    )
  }

  private static func day(_ option: String, _ arguments: Arguments) throws -> CivilDate? {
    try arguments.value(option, expected: "a day", hint: "\(option) 2026-10-01") { CivilDate($0) }
  }

  /// Ends a report: from a bad line on nothing was told, and that is said.
  private static func ended(_ verdict: LogVerdict, _ console: Console) -> ExitStatus {
    if verdict.fault != nil {
      for diagnostic in verdict.diagnostics { console.tell(diagnostic) }
    }
    return verdict.exitStatus
  }
}
