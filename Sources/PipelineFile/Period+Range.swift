import Diagnostics

extension Period {
  /// So many periods may run one after the other.
  private static let mostInRange = 120

  /// The labels of several periods, as `--set period=2026-03..2026-08` gives them.
  ///
  /// - Parameters:
  ///   - text: the first and the last, with `..` between them.
  ///   - unit: of the pipeline.
  /// - Returns: without a gap, the earliest first.
  /// - Throws: `PipelineFileError.settings` for anything else.
  package static func labels(
    of text: String,
    unit: Unit
  ) throws(PipelineFileError) -> [String] {
    if let periods = PeriodReading.range(text, unit: unit, most: mostInRange) {
      return periods.map(\.label)
    }
    let example = unit == .month ? "2026-03..2026-08" : "2024..2026"
    throw .settings([
      Diagnostic(
        "--set period: found no such periods, expected the first and the last of at most "
          + "\(mostInRange), as \(example)"
      )
    ])
  }
}
