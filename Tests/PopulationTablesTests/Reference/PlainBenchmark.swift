import PipelineFile

/// Compares regions one by one with what all of them come to.
struct PlainBenchmark {
  struct Region {
    let name: String
    /// Nil where nothing is shown of everyone.
    let events: Double?
    let base: Double?
    let coverage: Double?
  }

  let benchmark: BenchmarkDefinition
  let regions: [Region]
  let per: Double

  private func isCompared(_ region: Region) -> Bool {
    guard let events = region.events, let base = region.base, events >= 0, base > 0 else {
      return false
    }
    guard let least = benchmark.coverage else { return true }
    return region.coverage ?? -1 >= least
  }

  /// Events for one of the base, of all that are compared.
  var overall: Double? {
    let compared = regions.filter(isCompared)
    let base = compared.reduce(0) { $0 + ($1.base ?? 0) }
    return base > 0 ? compared.reduce(0) { $0 + ($1.events ?? 0) } / base : nil
  }

  func rate(_ region: Region, _ levels: [Double]) -> PlainFigure {
    guard let events = region.events, let base = region.base, base > 0 else {
      return PlainFigure(value: nil, unit: 1_000_000, limits: levels.map { _ in nil })
    }
    return PlainFigure(
      value: events / base * per * 1_000_000,
      unit: 1_000_000,
      limits: levels.map { level in
        guard events >= 0 else { return nil }
        switch spread {
        case .share: return PlainLimits.share(events, of: base, level)?.scaled(by: per)
        case .events: return PlainLimits.events(events, level).scaled(by: per / base)
        case .none: return nil
        }
      }
    )
  }

  func funnel(_ region: Region, _ level: Double) -> PlainLimits? {
    guard let overall, let base = region.base, base > 0 else { return nil }
    switch spread {
    case .share: return PlainLimits.funnel(share: overall, of: base, level).scaled(by: per)
    case .events:
      let expected = overall * base
      return expected > 0
        ? PlainLimits.funnel(expected: expected, level).scaled(by: overall * per) : nil
    case .none: return nil
    }
  }

  func verdict(_ region: Region) -> String? {
    guard isCompared(region) else { return "incomparable" }
    guard let limits = funnel(region, 0.998), let events = region.events, let base = region.base
    else { return nil }
    let rate = events / base * per
    return rate > limits.upper ? "high" : rate < limits.lower ? "low" : "usual"
  }

  private enum Spread { case share, events, none }

  /// Persons of all persons, or events; nothing is known of how amounts of money vary.
  private var spread: Spread {
    switch (benchmark.parts[0].kind, benchmark.parts[1].kind) {
    case (.count, .count), (.countWhere, .count): .share
    case (.count, .personYears), (.countWhere, .personYears): .events
    case (.sum(let typed), .count), (.sum(let typed), .personYears):
      typed.type == .integer ? .events : .none
    default: .none
    }
  }
}
