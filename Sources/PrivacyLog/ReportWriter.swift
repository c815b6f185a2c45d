import Tabular

/// Says what a report gathered, question by question.
struct ReportWriter {
  let report: LogReport
  let verdict: LogVerdict
  let language: ReportLanguage

  var sections: [ReportSection] {
    [
      section(1, .who, who), section(2, .purpose, purpose), section(3, .key, keys),
      section(4, .deliveries, deliveries), section(5, .columns, columns), section(6, .rows, rows),
      section(7, .objections, objections), section(8, .published, published),
      section(9, .blocked, blocked), section(10, .changes, changes), section(11, .gaps, gaps),
      section(12, .subjects, subjects),
    ]
  }

  private func section(_ number: Int, _ title: ReportText, _ blocks: [ReportBlock]) -> ReportSection
  {
    ReportSection(number: number, title: title(language), blocks: blocks)
  }

  func line(_ text: String, _ tone: ReportBlock.Tone = .plain) -> ReportBlock { .line(text, tone) }

  func table(_ headings: [ReportText], figures: Set<Int>, _ rows: [[String]]) -> ReportBlock {
    .table(
      ReportBlock.Table(headings: headings.map { $0(language) }, figures: figures, rows: rows)
    )
  }

  func number(_ count: Int) -> String { language.grouped(count) }

  func shown(_ count: Int) -> String { ShownCount(count).text(language) }

  func shown(sumOf parts: [Int]) -> String { ShownCount(sumOf: parts).text(language) }

  func day(_ dayNumber: Int) -> String { language.shortDay(CivilDate(dayNumber: dayNumber)) }

  func days(_ first: Int, _ last: Int) -> String {
    first == last ? day(first) : "\(day(first)) – \(day(last))"
  }

  func word(_ word: String) -> String { ReportWords.text(word, language) }

  /// Names of sources in a fixed order.
  var sourceNames: [String] { report.sources.keys.sorted() }
}

// MARK: who, purpose, keys

extension ReportWriter {
  private var who: [ReportBlock] {
    let runs = report.runs
    guard runs.count > 0 else { return [line(ReportText.noRuns(language))] }
    let published = runs.endings.counts["published"] ?? 0
    let failed = runs.endings.counts["failed"] ?? 0
    var blocks = [
      line(
        ReportText.glance(
          language,
          number(runs.count),
          number(published),
          number(failed),
          number(max(0, runs.count - published - failed))
        )
      )
    ]
    for actor in runs.actors {
      let role = actor.role.isEmpty ? "" : ", \(word(actor.role))"
      var text = ReportText.runsBy(
        language,
        actor.user,
        String(actor.uid),
        role,
        actor.host,
        number(actor.runCount),
        days(actor.firstDay, actor.lastDay)
      )
      if !actor.onBehalfOf.isEmpty {
        text += "; " + ReportText.forWhom(language, actor.onBehalfOf)
      }
      blocks.append(line(text + "."))
    }
    if runs.otherCount > 0 {
      blocks.append(line(ReportText.otherRunners(language, number(runs.otherCount)) + "."))
    }
    let minutes = runs.longestMilliseconds / 60_000
    let seconds = runs.longestMilliseconds / 1000 % 60
    let longest = minutes > 0 ? "\(number(Int(minutes))) min \(seconds) s" : "\(seconds) s"
    blocks.append(
      line(
        ReportText.began(
          language,
          DutchTime.clock(max(0, min(1439, runs.earliest))),
          DutchTime.clock(max(0, min(1439, runs.latest)))
        ) + "; " + ReportText.longest(language, longest) + "."
      )
    )
    return blocks + nights
  }

  /// Day by day, or month by month when the days are many.
  private var nights: [ReportBlock] {
    let calendar = report.calendar
    guard let first = report.firstDay?.dayNumber ?? calendar.firstDay,
      let last = report.lastDay?.dayNumber ?? calendar.lastDay, first <= last
    else { return [] }
    guard last - first < 62 else { return months }
    let nights = (first...last).map { dayNumber -> ReportBlock.Night in
      let ending = calendar.days[dayNumber] ?? .none
      let date = CivilDate(dayNumber: dayNumber)
      return ReportBlock.Night(
        label: String(date.day),
        mark: ending.mark(language),
        meaning: "\(language.shortDay(date)): \(ending.meaning(language))",
        ending: ending
      )
    }
    return [.nights(nights)]
  }

  private var months: [ReportBlock] {
    let months = report.calendar.months.sorted { $0.key < $1.key }.suffix(24)
    let rows = months.map { key, month in
      [
        CivilDate(year: key / 12, month: key % 12 + 1, day: 1).map(language.month) ?? "",
        number(month.unfinished), number(month.published), number(month.stopped),
        number(month.failed),
      ]
    }
    return [
      table(
        [.month, .monthUnfinished, .monthPublished, .monthStopped, .monthFailed],
        figures: [1, 2, 3, 4],
        rows
      )
    ]
  }

  private var purpose: [ReportBlock] {
    guard !report.purposes.isEmpty else { return [line(ReportText.noRuns(language))] }
    return report.statedPurposes.prefix(8).map { text, basis, count in
      line(
        ReportText.purposeLine(
          language,
          text.isEmpty ? ReportText.noPurpose(language) : text,
          basis.isEmpty ? ReportText.noBasis(language) : basis,
          number(count)
        ),
        text.isEmpty || basis.isEmpty ? .warning : .plain
      )
    }
  }

  private var keys: [ReportBlock] {
    let used = report.keys.keys.filter { $0.useCount > 0 }
    guard !used.isEmpty else { return [line(ReportText.noKey(language))] }
    let rows = used.map { key in
      [
        key.id, level(key), key.shownFingerprint,
        key.isDemo ? word("demo") : key.state.isEmpty ? "" : word(key.state),
        "\(number(key.useCount)) × · \(days(key.firstDay ?? 0, key.lastDay ?? 0))",
      ]
    }
    var blocks = [table([.keyName, .keyLevel, .keyPrint, .keyState, .keyUse], figures: [], rows)]
    if report.keys.hasMore { blocks.append(line(ReportText.moreKeys(language))) }
    let scopes = Set(used.map(\.scope).filter { !$0.isEmpty }).sorted().prefix(4)
    if !scopes.isEmpty {
      var text = ReportText.scopeLine(language, scopes.joined(separator: ", "))
      if !used.contains(where: { $0.level == "source" }) {
        text += " " + ReportText.oneCustody(language)
      }
      blocks.append(line(text))
    }
    return blocks
  }

  private func level(_ key: KeyFacts.Key) -> String {
    if key.signs { return ReportText.signingLevel(language) }
    return switch key.level {
    case "source": ReportText.sourceLevel(language)
    case "partner": ReportText.partnerLevel(language)
    default: ReportText.regionLevel(language)
    }
  }
}

extension ReportCalendar.Ending {
  func mark(_ language: ReportLanguage) -> String {
    switch self {
    case .published: ReportText.markPublished(language)
    case .stopped: ReportText.markStopped(language)
    case .failed: ReportText.markFailed(language)
    case .unfinished: ReportText.markUnfinished(language)
    case .quiet: ReportText.markQuiet(language)
    case .none: ReportText.markNone(language)
    }
  }

  func meaning(_ language: ReportLanguage) -> String {
    switch self {
    case .published: ReportText.nightPublished(language)
    case .stopped: ReportText.nightStopped(language)
    case .failed: ReportText.nightFailed(language)
    case .unfinished: ReportText.nightUnfinished(language)
    case .quiet: ReportText.nightQuiet(language)
    case .none: ReportText.nightNone(language)
    }
  }
}
