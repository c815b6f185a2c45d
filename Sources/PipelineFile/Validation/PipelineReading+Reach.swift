import Tabular

extension PipelineReading {
  /// The sources with the files of all periods that tables look at.
  ///
  /// A window is counted from the rows of a night that reads them all, under the tokens of that night's
  /// release: what other nights staged is of other releases, and joined with nothing.
  func reaching(_ sources: [Source], _ stage: AggregateStage, _ tables: [String]) -> [Source] {
    let days = stage.daysLookedAt(by: tables)
    return sources.map { source in
      guard source.isByPeriod, stage.time[source.name] != nil, let days = days[source.name],
        let files = root["ingest"]?[source.name]?["files"]
      else { return source }
      var reaching = source
      reaching.otherFiles = others(of: days).compactMap { self.files(files, of: $0) }
      return reaching
    }
  }

  /// The periods that some days are of, without that of the run; the earliest first.
  private func others(of days: [ClosedRange<CivilDate>]) -> [Period] {
    guard let period else { return [] }
    var found: Set<Period> = []
    for range in days {
      var day = range.lowerBound
      while day <= range.upperBound,
        let touched = PeriodReading.period(of: day, unit: period.unit)
      {
        if touched != period { found.insert(touched) }
        day = CivilDate(dayNumber: touched.lastDay.dayNumber + 1)
      }
    }
    return found.sorted { $0.firstDay < $1.firstDay }
  }
}
