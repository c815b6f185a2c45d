import Tabular

// What left, what did not, what changed, what is missing, who asked.

extension ReportWriter {
  var published: [ReportBlock] {
    let releases = report.releases
    guard releases.count > 0 else { return [line(ReportText.noRelease(language))] + handedOver }
    let periods = releases.periods.counts.keys.sorted().suffix(12).joined(separator: ", ")
    var blocks = [
      line(
        ReportText.releaseLine(
          language,
          number(releases.count),
          periods.isEmpty ? "-" : periods,
          number(releases.minimum)
        )
      )
    ]
    let rows = releases.tables.sorted { $0.key < $1.key }.map { name, table in
      [
        name, number(table.releaseCount), day(table.lastDay), shown(table.cellCount),
        shown(table.hiddenCount), "\(table.digest.prefix(16))…",
      ]
    }
    blocks.append(
      table([.table, .times, .lastDay, .cells, .hidden, .digest], figures: [1, 3, 4], rows)
    )
    if let uniqueness { blocks.append(line(uniqueness)) }
    return blocks + handedOver
  }

  /// What left beside tables.
  private var handedOver: [ReportBlock] {
    var blocks: [ReportBlock] = []
    if !report.packagesWritten.isEmpty {
      blocks.append(line(ReportText.packagesWritten(language, times(report.packagesWritten))))
    }
    if !report.filtersLeft.isEmpty {
      blocks.append(line(ReportText.filtersLeft(language, times(report.filtersLeft))))
    }
    return blocks
  }

  /// Names, and how often each.
  func times(_ counts: BoundedCounts) -> String {
    counts.sorted.prefix(8).map { "\($0.name) \(number($0.count)) ×" }.joined(separator: ", ")
  }

  /// Persons by the size of their group, each apart: the counts under five and ten of the log hold
  /// each other.
  var uniqueness: String? {
    guard let told = report.releases.uniqueness else { return nil }
    let alone = told.count("alone")
    let underFive = max(alone, told.count("under_5"))
    let underTen = max(underFive, told.count("under_10"))
    return ReportText.uniquenessLine(
      language,
      shown(alone),
      shown(underFive - alone),
      shown(underTen - underFive)
    )
  }

  var blocked: [ReportBlock] {
    let facts = report.blocked
    var blocks: [ReportBlock] = []
    if facts.refusals.isEmpty {
      blocks.append(line(ReportText.noBlocked(language)))
    } else {
      let rows = facts.refusals.map {
        [day($0.time.dayNumber), number($0.line), because($0)]
      }
      blocks.append(table([.day, .line, .reason], figures: [1], rows))
      let more = facts.count - facts.refusals.count
      if more > 0 { blocks.append(line(ReportText.moreBlocked(language, number(more)))) }
    }
    if report.probes > 0 {
      blocks.append(line(ReportText.probesLine(language, number(report.probes)), .warning))
    }
    return blocks
  }

  private func because(_ refusal: BlockedFacts.Refusal) -> String {
    switch refusal.reason {
    case "identifiers-kept": ReportText.becauseIdentifiers(language, refusal.subject)
    case "few-persons": ReportText.becauseFew(language, refusal.subject)
    case "key": ReportText.becauseKey(language, refusal.subject)
    case "record-fill": ReportText.becauseFill(language, refusal.subject)
    case _ where refusal.exit == 0: refusal.reason
    default:
      ReportText.becauseExit(language, word(String(refusal.exit)), String(refusal.exit))
    }
  }

  var changes: [ReportBlock] {
    let facts = report.changes
    guard !facts.changes.isEmpty else { return [line(ReportText.noChanges(language))] }
    let rows = facts.changes.map { change in
      let ends = [change.from, change.to].filter { !$0.isEmpty }.map(shortened)
      let people = change.approvers.isEmpty ? "" : ReportText.by(language, change.approvers)
      let grounds = [change.reason, people].filter { !$0.isEmpty }.joined(separator: ", ")
      return [
        day(change.time.dayNumber), number(change.line), change.kind.text(language),
        ends.joined(separator: " → ") + (grounds.isEmpty ? "" : " (\(grounds))"),
      ]
    }
    var blocks = [table([.day, .line, .what, .fromTo], figures: [1], rows)]
    let more = facts.count - facts.changes.count
    if more > 0 { blocks.append(line(ReportText.moreChanges(language, number(more)))) }
    return blocks
  }

  /// A digest by its first digits.
  private func shortened(_ text: String) -> String {
    text.utf8.count == 64 ? "\(text.prefix(12))…" : text
  }

  var gaps: [ReportBlock] {
    var blocks: [ReportBlock] = []
    let calendar = report.calendar
    let first = report.firstDay?.dayNumber ?? calendar.firstDay ?? 0
    let last = report.lastDay?.dayNumber ?? calendar.lastDay ?? -1
    if let missing = calendar.missingDays(from: first, through: last) {
      let told = missing.prefix(12).map { days($0.lowerBound, $0.upperBound) }
      let more = missing.count > 12 ? " …" : ""
      blocks.append(
        missing.isEmpty
          ? line(ReportText.noGaps(language))
          : line(ReportText.gapLine(language, told.joined(separator: ", ") + more), .warning)
      )
    } else {
      blocks.append(line(ReportText.foldedLine(language)))
    }
    blocks.append(
      report.tornCount == 0
        ? line(ReportText.noTears(language))
        : line(
          ReportText.tearLine(language, number(report.tornCount), number(report.tornBytes)),
          .warning
        )
    )
    if report.interruptedCount > 0 {
      let (times, lines) = (number(report.interruptedCount), number(report.interruptedLines))
      blocks.append(line(ReportText.interruptedLine(language, times, lines), .warning))
    }
    if report.clockBackCount > 0 {
      let (times, first) = (number(report.clockBackCount), number(report.clockBackLine))
      blocks.append(line(ReportText.clockLine(language, times, first), .warning))
    }
    if report.runs.unfinished > 0 {
      blocks.append(
        line(ReportText.unfinishedLine(language, number(report.runs.unfinished)), .warning)
      )
    }
    let ended = report.runs.endings.total
    if ended > 0 {
      blocks.append(
        report.unwitnessed == 0
          ? line(ReportText.allWitnessed(language, number(ended)))
          : line(
            ReportText.unwitnessedLine(language, number(report.unwitnessed), number(ended)),
            .warning
          )
      )
    }
    return blocks
  }

  var subjects: [ReportBlock] {
    let facts = report.subjects
    guard let last = facts.lastDay else { return [line(ReportText.noSubjects(language))] }
    var text = ReportText.subjectsLine(language, shown(facts.answered), day(last.dayNumber))
    let open = facts.asked - facts.answered
    if open > 0 { text += " " + ReportText.unanswered(language, shown(open)) }
    return [line(text)]
  }
}

extension ChangeFacts.Kind {
  func text(_ language: ReportLanguage) -> String {
    switch self {
    case .policy: ReportText.changePolicy(language)
    case .tool: ReportText.changeTool(language)
    case .standardisation: ReportText.changeRules(language)
    case .keyMade: ReportText.changeKeyMade(language)
    case .keyRotated: ReportText.changeKeyRotated(language)
    case .rotationTakenBack: ReportText.changeTakenBack(language)
    case .keyRetired: ReportText.changeKeyRetired(language)
    case .keyDestroyed: ReportText.changeKeyDestroyed(language)
    case .tableDestroyed: ReportText.changeTable(language)
    case .signer: ReportText.changeSigner(language)
    case .judged: ReportText.changeJudged(language)
    }
  }
}
