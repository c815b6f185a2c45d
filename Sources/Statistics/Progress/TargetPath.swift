/// The straight way from where a figure stood to where it must be.
package struct TargetPath: Sendable, Equatable {
  /// Where it stood: the mean of the periods before the change.
  package let baseline: Double
  /// Where it must be.
  package let target: Double
  /// From the baseline to the day the target is due; 0 when it must be there at once.
  package let periods: Int
  /// Which way is better.
  package let better: Direction

  /// Which way a figure gets better.
  package enum Direction: Sendable, Equatable {
    case lower, higher
  }

  /// What is said of a figure beside its path.
  package enum Verdict: String, Sendable, Equatable {
    case reached
    case onCourse = "on course"
    case behind
  }

  package init(baseline: Double, target: Double, periods: Int, better: Direction) {
    self.baseline = baseline
    self.target = target
    self.periods = periods
    self.better = better
  }

  /// Where the figure should be after some periods; once the target is due, there.
  package func value(after elapsed: Int) -> Double {
    guard elapsed < periods else { return target }
    return baseline + (target - baseline) * Double(max(0, elapsed)) / Double(periods)
  }

  /// Judges a figure by the target and the path.
  ///
  /// - Parameters:
  ///   - value: the figure.
  ///   - interval: its limits.
  ///   - elapsed: periods since the baseline.
  /// - Returns: `behind` only when the whole interval is worse than the path.
  package func verdict(_ value: Double, _ interval: Interval, after elapsed: Int) -> Verdict {
    let path = self.value(after: elapsed)
    return switch better {
    case .lower: value <= target ? .reached : interval.lower > path ? .behind : .onCourse
    case .higher: value >= target ? .reached : interval.upper < path ? .behind : .onCourse
    }
  }
}
