import PipelineFile

/// Lays indicators out beside the value of everyone, cell by cell.
struct PlainLenses {
  struct Row {
    let aim: String
    let indicator: String
    let figure: PlainFigure?
    let region: Double?
    let verdict: String?
    let response: Double?
  }

  let measures: PlainMeasures
  let lenses: [Lens]

  /// By aim, then by name; everyone is the region.
  func rows(of persons: [Int], everyone: [Int], isRegion: Bool) -> [Row] {
    let aims = ["cost", "experience", "health"]
    return aims.flatMap { aim -> [Row] in
      let indicators = lenses.first { $0.aim.rawValue == aim }?.indicators ?? []
      if indicators.isEmpty {
        let figure = PlainFigure(value: nil, unit: 1_000_000)
        return [
          Row(
            aim: aim,
            indicator: "",
            figure: figure,
            region: nil,
            verdict: "no source",
            response: nil
          )
        ]
      }
      return indicators.sorted { $0.measure < $1.measure }.map { indicator in
        let figure = measures.figure(indicator.measure, of: persons)
        let region = measures.figure(indicator.measure, of: everyone)?.millionths
        return Row(
          aim: aim,
          indicator: indicator.measure,
          figure: figure,
          region: region,
          verdict: isRegion ? nil : verdict(figure, region, indicator.better),
          response: figure?.known.map { Double($0) / Double(persons.count) }
        )
      }
    }
  }

  /// By what is shown: in millionths, as the limits of the first level exclude it or not.
  private func verdict(
    _ figure: PlainFigure?,
    _ region: Double?,
    _ better: Lens.Direction
  ) -> String? {
    guard let limits = figure?.limits.first ?? nil, figure?.value != nil,
      let region = region?.rounded()
    else { return nil }
    let (lower, upper) = ((limits.lower * 1e6).rounded(), (limits.upper * 1e6).rounded())
    if lower <= region && region <= upper { return "as the region" }
    let isLower = upper < region
    return isLower == (better == .lower) ? "better" : "worse"
  }
}
