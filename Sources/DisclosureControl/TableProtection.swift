import PipelineFile
import Statistics
import Tabular

/// One table on its way to a protected one.
struct TableProtection {
  let table: CellTable
  let policy: Protection
  let hiding: CellHiding
  /// Nil where no figure is moved.
  let perturbation: Perturbation?
  let levels: [Confidence]

  func protected() throws(DisclosureControlError) -> ProtectedTable {
    var figures: [ProtectedTable.Figure] = []
    for number in table.figures.indices { figures.append(try protect(figure: number)) }
    for (place, figure) in table.figures.enumerated() {
      switch figure.kind {
      case .quotient(let of, let per, let by, let spread):
        guard figures.indices.contains(of), figures.indices.contains(by) else { continue }
        let spread = perturbation?.coarser(spread) ?? spread
        figures[place] = try Quotient(figures[of], per: per, by: figures[by], spread)
          .figure(named: figure.name, levels)
      case .ratio(let of, let expected, let spread):
        guard figures.indices.contains(of) else { continue }
        figures[place] = ratio(
          figures[of],
          perturbation?.moved(expected: expected).map { .asItIs($0) } ?? told(expected, of: place),
          perturbation?.coarser(spread) ?? spread,
          name: figure.name,
          levels
        )
      case .count, .part, .group, .sum, .mean, .quantile, .open, .fitted: break
      }
    }
    for (place, figure) in table.figures.enumerated() {
      guard case .fitted(let parts) = figure.kind, parts.allSatisfy(figures.indices.contains)
      else { continue }
      let shown = parts.map { figures[$0] }
      figures[place] =
        perturbation?.fitted(figure, of: parts, shown: shown)
        ?? (figure.standardisation == nil || hiding.pattern == nil
          ? fitted(figure, of: shown, policy) : standardised(figure, place, of: shown))
    }
    return ProtectedTable(
      name: table.name,
      dimensions: table.dimensions,
      figures: figures,
      cellCount: table.cellCount
    )
  }

  private func protect(figure number: Int) throws(DisclosureControlError) -> ProtectedTable.Figure {
    let figure = table.figures[number]
    if let perturbation { return try perturbation.figure(figure, levels) }
    switch figure.kind {
    case .mean(let known, let spread):
      let sum = protect(figure, as: .sum, number, at: .value(figure: number))
      let count = protect(part(known), as: .part, number, at: .behind(figure: number))
      return try Quotient(sum, per: 1, by: count, spread)
        .figure(named: figure.name, levels, beside: [.persons(count.values)])
    case .quantile(let known):
      let count = protect(part(known), as: .part, number, at: .behind(figure: number))
      let shown = protect(figure, as: figure.kind, number, at: .value(figure: number))
      return shown.adding([DisclosureControl.hiding(.persons(count.values), shown.marks)])
    case .count, .part, .group, .sum, .quotient, .ratio, .open, .fitted:
      let place: Quantity.Place = figure.kind == .count ? .persons : .value(figure: number)
      return protect(figure, as: figure.kind, number, at: place)
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
    _ number: Int,
    at place: Quantity.Place
  ) -> ProtectedTable.Figure {
    let step: Int64? =
      switch policy.method {
      case .hide, .suppress, .cellKey: nil
      case .round(let base): roundingStep(of: figure, base: base)
      }
    let isHidden = hiding.hidden(figure, as: kind, at: place, in: table)
    var values = [Int64](repeating: missingInteger, count: table.cellCount)
    var marks = [CellMark](repeating: .hidden, count: table.cellCount)
    // A figure shorter than its table would be a fault of ours; what it lacks stays hidden.
    for cell in 0..<min(table.cellCount, figure.values.count) where !isHidden[cell] {
      let value = figure.values[cell]
      if case .quantile = kind {
        marks[cell] = value == missingInteger ? .missing : .changed
        values[cell] = value == missingInteger ? value : roundedToThreeDigits(value)
      } else if let step, kind != .open, value != missingInteger {
        values[cell] = rounded(value, toMultipleOf: step)
        marks[cell] = .changed
      } else {
        values[cell] = value
        marks[cell] = mark(of: figure, cell: cell)
      }
    }
    return ProtectedTable.Figure(
      name: figure.name,
      unit: figure.unit,
      values: values,
      marks: marks,
      texts: figure.texts,
      // Beside a count or a sum stand persons: some of those in the cell.
      companions: figure.companions.enumerated().map { place, companion in
        let beside =
          kind == .part || kind == .sum
          ? CellTable.Companion(
            suffix: companion.suffix,
            unit: companion.unit,
            values: protect(
              part(companion.values),
              as: .part,
              number,
              at: .companion(figure: number, place)
            ).values
          ) : companion
        return DisclosureControl.hiding(beside, marks)
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
}
