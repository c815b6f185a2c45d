package import Tabular

/// The limits of a figure, as they stand beside it: `_lower` and `_upper` of the first level, then
/// those of others, as `_lower_99_8`.
///
/// - Parameters:
///   - levels: at least one, in output order.
///   - cellCount: how many cells.
///   - interval: of a cell at a level, in ones; nil where there is none.
/// - Returns: two columns a level, in millionths.
package func limitColumns(
  _ levels: [Confidence],
  cellCount: Int,
  _ interval: (_ cell: Int, _ level: Confidence) -> Interval?
) -> [CellTable.Companion] {
  let columns = levels.flatMap { level in
    var lower = [Int64](repeating: missingInteger, count: cellCount)
    var upper = lower
    for cell in 0..<cellCount {
      guard let interval = interval(cell, level) else { continue }
      lower[cell] = millionths(interval.lower)
      upper[cell] = millionths(interval.upper)
    }
    return [lower, upper]
  }
  return limitColumns(levels, lowerAndUpper: columns)
}

/// The limits of a figure that are computed already, as they stand beside it.
///
/// - Parameters:
///   - levels: in output order.
///   - columns: in millionths, two a level, the lower one first.
/// - Returns: one a column.
package func limitColumns(
  _ levels: [Confidence],
  lowerAndUpper columns: [[Int64]]
) -> [CellTable.Companion] {
  columns.enumerated().map { number, values in
    let suffix = number < 2 ? "" : "_" + levels[number / 2].name
    return CellTable.Companion(
      suffix: (number % 2 == 0 ? "_lower" : "_upper") + suffix,
      unit: .millionths,
      values: values
    )
  }
}

/// A number in millionths, to the nearest; missing where it is none or too large.
package func millionths(_ number: Double?) -> Int64 {
  guard let number, let value = Int64(exactly: (number * 1_000_000).rounded()) else {
    return missingInteger
  }
  return value
}

extension Confidence {
  /// As it stands in the name of a column: `99_8`.
  fileprivate var name: String {
    let perMille = Int((level * 1000).rounded())
    return perMille % 10 == 0 ? "\(perMille / 10)" : "\(perMille / 10)_\(perMille % 10)"
  }
}
