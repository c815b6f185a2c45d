import Diagnostics
import PipelineFile

/// What is told of the other periods that tables look at.
extension Source {
  /// That nothing has come of some of these periods.
  func absence(of periods: [String]) -> Diagnostic {
    Diagnostic(
      .warning,
      at: place,
      "source '\(name)': tables look at \(periodsInWords(periods)), of which no delivery is there: they count "
        + "no rows of \(periods.count == 1 ? "it" : "them")",
      hint:
        "put \(periods.count == 1 ? "it" : "them") where 'files' looks; until then what is counted "
        + "over these periods is too low"
    )
  }
}
