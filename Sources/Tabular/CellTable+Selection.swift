extension CellTable {
  /// A table of other cells.
  ///
  /// - Parameters:
  ///   - cells: of each the number of the cell that it is here; nil of one that nobody is in.
  ///   - codes: dimension by dimension, one a cell.
  /// - Returns: the same dimensions and figures.
  package func selecting(_ cells: [Int?], codes: [[Int32]]) -> CellTable {
    func filled<Value>(_ values: [Value], _ empty: Value) -> [Value] {
      values.isEmpty ? [] : cells.map { cell in cell.map { values[$0] } ?? empty }
    }
    return CellTable(
      name: name,
      dimensions: zip(dimensions, codes).map { dimension, codes in
        Dimension(
          name: dimension.name,
          labels: dimension.labels,
          codes: codes,
          isOfRows: dimension.isOfRows
        )
      },
      figures: figures.map { $0.selecting(cells) },
      persons: filled(persons, 0),
      sets: filled(sets, .empty),
      powerSums: filledTerms(powerSums, cells, of: cellCount),
      scope: scope,
      days: days
    )
  }

  /// The same table with the totals of some dimensions alone, which have no labels then.
  ///
  /// - Parameter names: of dimensions.
  /// - Returns: the cells in which these are totals.
  package func keepingTotals(of names: Set<String>) -> CellTable {
    let places = dimensions.indices.filter { names.contains(dimensions[$0].name) }
    if places.isEmpty { return self }
    let cells = (0..<cellCount).filter { cell in
      places.allSatisfy { dimensions[$0].codes[cell] == Self.total }
    }
    let table = selecting(
      cells,
      codes: dimensions.map { dimension in cells.map { dimension.codes[$0] } }
    )
    return table.showing { place, dimension in
      places.contains(place)
        ? Dimension(
          name: dimension.name,
          labels: [],
          codes: dimension.codes,
          isOfRows: dimension.isOfRows
        ) : dimension
    }
  }

  /// The same table, of which some dimensions have other names.
  ///
  /// - Parameter names: by those they have.
  /// - Returns: the same cells.
  package func naming(_ names: [String: String]) -> CellTable {
    showing { _, dimension in
      Dimension(
        name: names[dimension.name] ?? dimension.name,
        labels: dimension.labels,
        codes: dimension.codes,
        isOfRows: dimension.isOfRows
      )
    }
  }

  private func showing(_ change: (Int, Dimension) -> Dimension) -> CellTable {
    with(dimensions: dimensions.enumerated().map(change))
  }
}

extension CellTable.Figure {
  /// The figure of other cells.
  ///
  /// - Parameter cells: of each the number of the cell that it is here; nil of one that nobody is in.
  /// - Returns: one number a cell.
  fileprivate func selecting(_ cells: [Int?]) -> Self {
    func filled<Value>(_ values: [Value], _ empty: Value) -> [Value] {
      values.isEmpty ? [] : cells.map { cell in cell.map { values[$0] } ?? empty }
    }
    func spread(_ spread: Spread) -> Spread {
      switch spread {
      case .unknown, .share, .persons: spread
      case .events(let squares): .events(filled(squares, 0))
      case .deviations(let deviations): .deviations(filled(deviations, .nan))
      }
    }
    let kind: Kind
    // Of nobody there is no number; of who is counted and what is added there is 0.
    var empty: Int64 = missingInteger
    switch self.kind {
    case .count, .part, .sum:
      kind = self.kind
      empty = 0
    case .group(let least):
      kind = .group(least: filled(least, 0))
      empty = 0
    case .mean(let known, let deviations):
      kind = .mean(known: filled(known, 0), spread(deviations))
      empty = 0
    case .quantile(let known): kind = .quantile(known: filled(known, 0))
    case .quotient(let of, let per, let by, let limits):
      kind = .quotient(of: of, per: per, by: by, spread(limits))
    case .ratio(let of, let expected, let limits):
      kind = .ratio(of: of, expected: filled(expected, 0), spread(limits))
    case .open, .fitted: kind = self.kind
    }
    let adding: Adding =
      switch self.adding {
      case .exact(let exact, let perStored): .exact(filled(exact, 0), perStored: perStored)
      case .values, .never: self.adding
      }
    var figure = CellTable.Figure(
      name: name,
      kind: kind,
      unit: unit,
      values: filled(values, empty),
      contributors: filled(contributors, 0),
      texts: texts,
      marks: filled(marks, .none),
      companions: companions.map { companion in
        CellTable.Companion(
          suffix: companion.suffix,
          unit: companion.unit,
          values: filled(companion.values, companion.unit == .number ? 0 : missingInteger)
        )
      },
      sets: filled(sets, .empty),
      powerSums: filledTerms(powerSums, cells, of: values.count),
      largest: largest.map { filled($0, 0) },
      hasCredits: hasCredits,
      identity: identity,
      adding: adding,
      standardisation: standardisation
    )
    figure.providers = providers?.selecting(cells)
    figure.isSensitive = isSensitive
    figure.hasKnownZeros = hasKnownZeros
    return figure
  }
}

/// Terms cell by cell, with those of cells that nobody is in.
private func filledTerms(_ terms: [UInt64], _ cells: [Int?], of count: Int) -> [UInt64] {
  if terms.isEmpty || count == 0 { return [] }
  let width = terms.count / count
  return cells.flatMap { cell in
    cell.map { terms[$0 * width..<($0 + 1) * width] } ?? ArraySlice(repeating: 0, count: width)
  }
}
