import Diagnostics
import PipelineFile

/// What is told of the other periods that tables look at.
extension Source {
  /// Periods in words, with those between two of them left out.
  ///
  /// - Parameter periods: their labels, the earliest first.
  /// - Returns: as `2026-01 to 2026-03, 2026-05`.
  func told(_ periods: [String]) -> String {
    var spans: [(first: String, last: String)] = []
    for period in periods {
      if let open = spans.last, Self.number(of: period) == Self.number(of: open.last) + 1 {
        spans[spans.count - 1].last = period
      } else {
        spans.append((period, period))
      }
    }
    return spans.map { $0.first == $0.last ? $0.first : "\($0.first) to \($0.last)" }
      .joined(separator: ", ")
  }

  /// Of a month or a year by its label; the next one has the next number.
  private static func number(of label: String) -> Int {
    let parts = label.split(separator: "-").compactMap { Int($0) }
    return parts.count == 2 ? parts[0] * 12 + parts[1] : parts.first ?? 0
  }

  /// That nothing has come of some of these periods.
  func absence(of periods: [String]) -> Diagnostic {
    Diagnostic(
      .warning,
      at: place,
      "source '\(name)': tables look at \(told(periods)), of which no delivery is there: they count "
        + "no rows of \(periods.count == 1 ? "it" : "them")",
      hint:
        "put \(periods.count == 1 ? "it" : "them") where 'files' looks; until then what is counted "
        + "over these periods is too low"
    )
  }
}
