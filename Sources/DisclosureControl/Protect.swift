package import PipelineFile
package import Statistics
package import Tabular

/// Protects one table, each cell by itself.
///
/// A cell of fewer than `minimum` persons shows nothing. A part is hidden too when either it or
/// those whom it leaves out are fewer; a sum when fewer persons contribute to it. A mean or a
/// quotient is made of its two parts as they are shown: it tells nothing that they do not. A
/// quantile needs `minimum` persons on either side and is cut to three digits. What is fitted is
/// shown where all that it is made of is shown. Zero is shown: nobody is in it. With `round`, counts
/// and sums go to the nearest multiple of the base, and what is fitted has three digits.
///
/// - Parameters:
///   - table: cells as they were counted; a figure hides what it has no value for.
///   - policy: the minimum, and what is done beside hiding.
///   - levels: of the limits that stand beside figures.
/// - Returns: the same cells in the same order, with marks.
/// - Throws: `overflow` for a mean or a quotient that 64 bits cannot hold.
/// - Complexity: O(*cells* × *figures*).
package func protect(
  _ table: CellTable,
  _ policy: Protection,
  levels: [Confidence] = [.ninetyFive]
) throws(DisclosureControlError) -> ProtectedTable {
  var figures: [ProtectedTable.Figure] = []
  for figure in table.figures {
    figures.append(try protect(figure, persons: table.persons, policy, levels))
  }
  for (place, figure) in table.figures.enumerated() {
    switch figure.kind {
    case .quotient(let of, let per, let by, let spread):
      guard figures.indices.contains(of), figures.indices.contains(by) else { continue }
      figures[place] = try Quotient(figures[of], per: per, by: figures[by], spread)
        .figure(named: figure.name, levels)
    case .ratio(let of, let expected, let spread):
      guard figures.indices.contains(of) else { continue }
      figures[place] = ratio(figures[of], expected, spread, name: figure.name, levels)
    case .count, .part, .group, .sum, .mean, .quantile, .open, .fitted: break
    }
  }
  for (place, figure) in table.figures.enumerated() {
    guard case .fitted(let parts) = figure.kind, parts.allSatisfy(figures.indices.contains)
    else { continue }
    figures[place] = fitted(figure, of: parts.map { figures[$0] }, policy)
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
  _ policy: Protection,
  _ levels: [Confidence]
) throws(DisclosureControlError) -> ProtectedTable.Figure {
  switch figure.kind {
  case .mean(let known, let spread):
    let sum = protect(figure, as: .sum, persons: persons, policy)
    let count = protect(part(known), as: .part, persons: persons, policy)
    return try Quotient(sum, per: 1, by: count, spread)
      .figure(named: figure.name, levels, beside: [.persons(count.values)])
  case .quantile(let known):
    let count = protect(part(known), as: .part, persons: persons, policy)
    let shown = protect(figure, as: figure.kind, persons: persons, policy)
    return shown.adding([hiding(.persons(count.values), shown.marks)])
  case .count, .part, .group, .sum, .quotient, .ratio, .open, .fitted:
    return protect(figure, as: figure.kind, persons: persons, policy)
  }
}

/// The persons behind a figure, as some of those in the cell.
private func part(_ persons: [Int64]) -> CellTable.Figure {
  CellTable.Figure(
    name: "",
    kind: .part,
    unit: .number,
    values: persons,
    contributors: persons
  )
}

private func protect(
  _ figure: CellTable.Figure,
  as kind: CellTable.Figure.Kind,
  persons: [Int64],
  _ policy: Protection
) -> ProtectedTable.Figure {
  let rule = MinimumRule(minimum: policy.minimum)
  let step: Int64? =
    switch policy.method {
    case .hide: nil
    case .round(let base): roundingStep(of: figure, base: base)
    }
  var values = [Int64](repeating: missingInteger, count: persons.count)
  var marks = [CellMark](repeating: .hidden, count: persons.count)
  // A figure shorter than its table would be a fault of ours; what it lacks stays hidden.
  for cell in 0..<min(persons.count, figure.values.count) {
    let value = figure.values[cell]
    let contributors =
      figure.contributors.indices.contains(cell) ? figure.contributors[cell] : persons[cell]
    let inCell = persons[cell]
    switch kind {
    case .group(let least)
    where !least.indices.contains(cell)
      || rule.isSensitive(contributors: least[cell], persons: inCell):
      continue
    case .count where rule.isSensitive(count: value, persons: inCell),
      .part where rule.isSensitive(part: value, persons: inCell),
      .sum where rule.isSensitive(contributors: contributors, persons: inCell):
      continue
    case .quantile:
      if value == missingInteger {
        if !rule.isSensitive(count: 0, persons: inCell) { marks[cell] = .missing }
      } else if !rule.isSensitive(side: contributors, persons: inCell) {
        values[cell] = roundedToThreeDigits(value)
        marks[cell] = .changed
      }
    case .open:
      if rule.isSensitive(count: inCell, persons: inCell) { continue }
      values[cell] = value
      marks[cell] = mark(of: figure, cell: cell)
    case .count, .part, .group, .sum:
      if let step, value != missingInteger {
        values[cell] = rounded(value, toMultipleOf: step)
        marks[cell] = .changed
      } else {
        values[cell] = value
        marks[cell] = mark(of: figure, cell: cell)
      }
    case .mean, .quotient, .ratio, .fitted: continue
    }
  }
  return ProtectedTable.Figure(
    name: figure.name,
    unit: figure.unit,
    values: values,
    marks: marks,
    texts: figure.texts,
    // Beside a count or a sum stand persons: some of those in the cell.
    companions: figure.companions.map { companion in
      let beside =
        kind == .part || kind == .sum
        ? CellTable.Companion(
          suffix: companion.suffix,
          unit: companion.unit,
          values: protect(part(companion.values), as: .part, persons: persons, policy).values
        ) : companion
      return hiding(beside, marks)
    }
  )
}

/// The multiple that a figure is rounded to, in its stored unit.
///
/// Counts go to the base. So do sums, in whole units: cents to the base in euros, fixed-point
/// numbers to the base in ones.
private func roundingStep(of figure: CellTable.Figure, base: Int64) -> Int64 {
  let (step, overflow) = base.multipliedReportingOverflow(by: figure.unit.perWhole)
  return overflow ? .max : step
}
