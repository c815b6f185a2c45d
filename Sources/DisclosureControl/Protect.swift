package import PipelineFile
package import Tabular

/// Protects one table, each cell by itself.
///
/// A cell of fewer than `minimum` persons shows nothing. A part is hidden too when either it or
/// those whom it leaves out are fewer; a sum when fewer persons contribute to it. Zero is shown:
/// nobody is in it. With `round`, what is left goes to the nearest multiple of the base.
///
/// - Parameters:
///   - table: cells as they were counted; every figure has a value and contributors for each cell.
///   - policy: the minimum, and what is done beside hiding.
/// - Returns: the same cells in the same order, with marks.
/// - Complexity: O(*cells* × *figures*).
package func protect(_ table: CellTable, _ policy: Protection) -> ProtectedTable {
  let rule = MinimumRule(minimum: policy.minimum)
  let figures = table.figures.map { figure in
    let step: Int64? =
      switch policy.method {
      case .hide: nil
      case .round(let base): roundingStep(of: figure, base: base)
      }
    return protect(figure, persons: table.persons, rule: rule, step: step)
  }
  return ProtectedTable(
    name: table.name,
    dimensions: table.dimensions,
    figures: figures,
    cellCount: table.cellCount
  )
}

private func protect(
  _ figure: CellTable.Figure,
  persons: [Int64],
  rule: MinimumRule,
  step: Int64?
) -> ProtectedTable.Figure {
  var values = [Int64](repeating: missingInteger, count: persons.count)
  var marks = [CellMark](repeating: .hidden, count: persons.count)
  // A figure shorter than its table would be a fault of ours; what it lacks stays hidden.
  for cell in 0..<min(persons.count, figure.values.count, figure.contributors.count) {
    let value = figure.values[cell]
    let isSensitive =
      switch figure.kind {
      case .count: rule.isSensitive(count: value, persons: persons[cell])
      case .part: rule.isSensitive(part: value, persons: persons[cell])
      case .sum: rule.isSensitive(contributors: figure.contributors[cell], persons: persons[cell])
      }
    if isSensitive { continue }
    if let step, value != missingInteger {
      values[cell] = rounded(value, toMultipleOf: step)
      marks[cell] = .changed
    } else {
      values[cell] = value
      marks[cell] = .none
    }
  }
  return ProtectedTable.Figure(
    name: figure.name,
    unit: figure.unit,
    values: values,
    marks: marks
  )
}

/// The multiple that a figure is rounded to, in its stored unit.
///
/// Counts go to the base. So do sums, in whole units: cents to the base in euros, fixed-point
/// numbers to the base in ones.
private func roundingStep(of figure: CellTable.Figure, base: Int64) -> Int64 {
  let perUnit: Int64 =
    switch (figure.kind, figure.unit) {
    case (.sum, .cents): 100
    case (.sum, .tenThousandths): 10_000
    default: 1
    }
  let (step, overflow) = base.multipliedReportingOverflow(by: perUnit)
  return overflow ? .max : step
}
