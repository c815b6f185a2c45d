import PipelineFile
import Tabular

/// A figure that was computed of others: shown where all of them are.
///
/// It was computed of what they were before protection. Where they are rounded it keeps three digits,
/// so that it does not tell them more exactly than they are shown.
func fitted(
  _ figure: CellTable.Figure,
  of parts: [ProtectedTable.Figure],
  _ policy: Protection
) -> ProtectedTable.Figure {
  let isRounded = if case .round = policy.method { true } else { false }
  var values = [Int64](repeating: missingInteger, count: figure.values.count)
  var marks = [CellMark](repeating: .hidden, count: figure.values.count)
  for cell in figure.values.indices {
    let isShown = parts.allSatisfy { part in
      part.marks.indices.contains(cell) && part.marks[cell] != .hidden
    }
    guard isShown else { continue }
    let value = figure.values[cell]
    values[cell] = isRounded ? coarser(value, figure.unit) : value
    marks[cell] = mark(of: figure, cell: cell)
    if isRounded, marks[cell] == .none, figure.unit != .text { marks[cell] = .changed }
  }
  let companions = figure.companions.map { companion in
    hiding(
      CellTable.Companion(
        suffix: companion.suffix,
        unit: companion.unit,
        values: isRounded
          ? companion.values.map { coarser($0, companion.unit) } : companion.values
      ),
      marks
    )
  }
  return ProtectedTable.Figure(
    name: figure.name,
    unit: figure.unit,
    values: values,
    marks: marks,
    texts: figure.texts,
    companions: companions
  )
}

/// The mark that a shown value bears.
func mark(of figure: CellTable.Figure, cell: Int) -> CellMark {
  let own = figure.marks.indices.contains(cell) ? CellMark(figure.marks[cell]) : .none
  return own == .none && figure.values[cell] == missingInteger && figure.unit != .text
    ? .missing : own
}

/// What stands beside a figure, taken out where the figure is hidden.
func hiding(_ companion: CellTable.Companion, _ marks: [CellMark]) -> CellTable.Companion {
  var values = [Int64](repeating: missingInteger, count: marks.count)
  for cell in 0..<min(marks.count, companion.values.count) where marks[cell] != .hidden {
    values[cell] = companion.values[cell]
  }
  return CellTable.Companion(suffix: companion.suffix, unit: companion.unit, values: values)
}

private func coarser(_ value: Int64, _ unit: FigureUnit) -> Int64 {
  value == missingInteger || unit == .text ? value : roundedToThreeDigits(value)
}
