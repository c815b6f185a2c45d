import Diagnostics
import Tabular

/// An officer's report in a language, before it is laid out as text or as a page.
package struct ReportPage: Sendable {
  let language: ReportLanguage
  let title: String
  /// The pipeline and the days.
  let subtitle: String
  /// What verification found, first; then what goes with it.
  let verdict: [(text: String, tone: ReportBlock.Tone)]
  var sections: [ReportSection]
  /// What holds for all of it.
  let notes: [String]

  /// Answers the twelve questions of an officer.
  ///
  /// - Parameters:
  ///   - report: what the lines say.
  ///   - verdict: whether they are to be believed.
  ///   - language: of the report.
  package init(_ report: LogReport, verdict: LogVerdict, language: ReportLanguage) {
    self.language = language
    title = ReportText.title(language)
    subtitle = Self.subtitle(report, language)
    self.verdict = Self.verdict(report, verdict, language)
    let writer = ReportWriter(report: report, verdict: verdict, language: language)
    sections = writer.sections
    notes = [ReportText.countsNote(language)]
  }

  init(
    language: ReportLanguage,
    title: String,
    subtitle: String,
    verdict: [(text: String, tone: ReportBlock.Tone)],
    sections: [ReportSection],
    notes: [String]
  ) {
    self.language = language
    self.title = title
    self.subtitle = subtitle
    self.verdict = verdict
    self.sections = sections
    self.notes = notes
  }

  static func subtitle(_ report: LogReport, _ language: ReportLanguage) -> String {
    var parts = [report.pipeline]
    let first = report.firstDay ?? report.calendar.firstDay.map { CivilDate(dayNumber: $0) }
    let last = report.lastDay ?? report.calendar.lastDay.map { CivilDate(dayNumber: $0) }
    if let first, let last {
      parts.append(ReportText.period(language, language.day(first), language.day(last)))
    } else {
      parts.append(ReportText.wholeLog(language))
    }
    if report.isSample { parts.append(ReportText.madeUpData(language)) }
    return parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }

  static func verdict(
    _ report: LogReport,
    _ verdict: LogVerdict,
    _ language: ReportLanguage
  ) -> [(text: String, tone: ReportBlock.Tone)] {
    var lines: [(text: String, tone: ReportBlock.Tone)] = []
    if let fault = verdict.fault {
      let isSound = fault.exitStatus == .privacyRefused
      let text = isSound ? ReportText.badKey : .bad
      lines.append((text(language, fault.place(language), fault.sentence(language)), .bad))
    } else {
      lines.append((ReportText.good(language, language.grouped(verdict.head.size)), .good))
    }
    lines.append((ReportText.head(language, "\(verdict.head.size):\(verdict.head.hash)"), .plain))
    if verdict.checkpointCount > 0 {
      let text = ReportText.checkpoints(
        language,
        language.grouped(verdict.checkpointCount),
        language.grouped(verdict.sealedSize)
      )
      lines.append((text, .plain))
    } else {
      lines.append((ReportText.noCheckpoints(language), .warning))
    }
    let unsigned = verdict.head.size - verdict.sealedSize
    if verdict.fault == nil, verdict.checkpointCount > 0, unsigned > 0 {
      lines.append((ReportText.unsigned(language, language.grouped(unsigned)), .plain))
    }
    let witnessed = min(report.witnessedSize, verdict.head.size)
    if witnessed > 0 {
      let text = ReportText.witnessed(
        language,
        language.grouped(witnessed),
        language.grouped(verdict.head.size)
      )
      lines.append((text, witnessed < verdict.sealedSize ? .warning : .plain))
    } else {
      lines.append((ReportText.notWitnessed(language), .warning))
    }
    return lines
  }

  /// As text for a terminal or a letter, at most a hundred columns wide.
  package var text: String { PlainReport(self).text }

  /// As one HTML page that needs nothing from elsewhere and runs nothing.
  package var html: String { HTMLReport(self).text }
}
