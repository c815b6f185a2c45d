import Tabular

// Deliveries, columns, rows and objections.

extension ReportWriter {
  var deliveries: [ReportBlock] {
    let names = sourceNames.filter { report.sources[$0]?.lastReading != nil }
    guard !names.isEmpty || !report.packagesRead.isEmpty else {
      return [line(ReportText.noDeliveries(language))]
    }
    var blocks: [ReportBlock] = []
    let rows = names.compactMap { name -> [String]? in
      guard let source = report.sources[name] else { return nil }
      let files = number(source.deliveryCount)
      return [
        name,
        source.hasMoreDeliveries ? ReportText.atLeast(language, files) : files,
        language.bytes(source.deliveredBytes),
        number(source.corrected),
        number(source.readings.counts["late"] ?? 0),
        number(source.readings.counts["stale"] ?? 0),
        source.lastReading.map { day($0.dayNumber) } ?? "",
      ]
    }
    if !rows.isEmpty {
      blocks.append(
        table(
          [.source, .files, .size, .corrected, .late, .stale, .lastRead],
          figures: [1, 2, 3, 4, 5],
          rows
        )
      )
    }
    if report.quietCount > 0 {
      blocks.append(line(ReportText.quietLine(language, number(report.quietCount))))
    }
    if !report.packagesRead.isEmpty {
      blocks.append(line(ReportText.packagesRead(language, times(report.packagesRead))))
    }
    return blocks
  }

  var columns: [ReportBlock] {
    let fates = sourceNames.compactMap { name -> ReportBlock.Fates? in
      guard let source = report.sources[name], !source.columns.isEmpty else { return nil }
      let groups = SourceFacts.Fate.allCases.compactMap { fate -> ReportBlock.Fates.Group? in
        guard let columns = source.columns[fate], !columns.isEmpty else { return nil }
        return .init(name: fate.text(language), fate: fate, columns: columns)
      }
      let changed = source.columnChanges.map { day($0.dayNumber) }
      return ReportBlock.Fates(
        source: name,
        groups: groups,
        note: changed.isEmpty
          ? "" : ReportText.columnsChanged(language, changed.joined(separator: ", "))
      )
    }
    guard !fates.isEmpty else { return [line(ReportText.noColumns(language))] }
    var blocks: [ReportBlock] = [.fates(fates)]
    let reviewed = sourceNames.flatMap { name in
      (report.sources[name]?.reviewed ?? [:]).sorted { $0.key < $1.key }
        .map { "\(name).\($0.key) (\($0.value))" }
    }
    if !reviewed.isEmpty {
      let told = reviewed.prefix(Self.toldReviews).joined(separator: ", ")
      let text = reviewed.count > Self.toldReviews ? told + ", …" : told
      blocks.append(line(ReportText.reviewedLine(language, text), .warning))
    }
    var text =
      report.standardisation.isEmpty
      ? "" : ReportText.rulesLine(language, report.standardisation)
    if report.filtersDeleted > 0 {
      text += " " + ReportText.filtersLine(language, number(report.filtersDeleted))
    }
    if !text.isEmpty { blocks.append(line(text)) }
    return blocks
  }

  /// So many reviewed columns are told by name.
  private static let toldReviews = 8

  var rows: [ReportBlock] {
    let names = sourceNames.filter { report.sources[$0]?.runCount ?? 0 > 0 }
    guard !names.isEmpty else { return [line(ReportText.noRows(language))] }
    let rows = names.compactMap { name -> [String]? in
      guard let rows = report.sources[name]?.rows else { return nil }
      return [
        name, shown(sumOf: rows.parts), shown(rows.accepted), shown(sumOf: rows.rejectedParts),
        shown(sumOf: rows.skippedParts), shown(rows.unlinked), why(rows),
      ]
    }
    var blocks = [
      table(
        [.source, .read, .accepted, .rejected, .skipped, .unlinked, .why],
        figures: [1, 2, 3, 4, 5],
        rows
      )
    ]
    let worst = names.compactMap { name -> String? in
      guard let source = report.sources[name], let worst = source.worst,
        let time = source.worstDay, worst.rejectedParts != source.rows.rejectedParts
      else { return nil }
      return ReportText.worstRun(
        language,
        name,
        shown(sumOf: worst.rejectedParts),
        day(time.dayNumber)
      )
    }
    blocks.append(line(([ReportText.rowsNote(language)] + worst).joined(separator: " "), .note))
    return blocks
  }

  private func why(_ rows: RowFacts) -> String {
    let told = (rows.rejected.sorted + rows.skipped.sorted).filter { $0.count > 0 }
      .map { "\(word($0.name)) \(shown($0.count))" }
    return told.isEmpty ? ReportText.none(language) : told.joined(separator: ", ")
  }

  var objections: [ReportBlock] {
    let facts = report.objections
    guard facts.runCount > 0, let last = facts.lastDay else {
      return [line(ReportText.noObjections(language))]
    }
    let skipped = report.sources.values.map { $0.rows.skipped.counts["objection"] ?? 0 }
    var blocks = [
      line(
        ReportText.objectionsLine(
          language,
          number(facts.runCount),
          day(last.dayNumber),
          shown(facts.personCount),
          shown(sumOf: skipped)
        )
      )
    ]
    if facts.unmatched.contains(where: { $0 > 0 }) {
      blocks.append(line(ReportText.unmatchedLine(language, shown(sumOf: facts.unmatched))))
    }
    return blocks
  }
}

extension SourceFacts.Fate {
  func text(_ language: ReportLanguage) -> String {
    switch self {
    case .token: ReportText.token(language)
    case .encoded: ReportText.encoded(language)
    case .generalised: ReportText.generalised(language)
    case .kept: ReportText.kept(language)
    case .dropped: ReportText.dropped(language)
    }
  }
}
