package import Tabular

extension CellTable {
  /// The same table, with a row for every combination of its labels, also those that nobody has.
  ///
  /// Who must not see that a cell is empty must not see that it is missing either. Dimensions that
  /// hang together, as levels of areas, stay as they stand in the table: a neighbourhood lies in no
  /// other district than its own. Of the other dimensions each label meets all. What does not add up,
  /// and is looked at by itself, stays as it is.
  ///
  /// - Parameters:
  ///   - limit: of cells.
  ///   - together: groups of dimensions of which some combinations cannot be.
  /// - Returns: cells in the order of the table.
  /// - Throws: `tooManyCells`.
  package func withEmptyCells(
    limit: Int,
    together: [[String]]
  ) throws(DisclosureControlError) -> CellTable {
    if scope == .alone || dimensions.isEmpty { return self }
    let places = try places(limit: limit, together)
    if places.count == cellCount { return self }
    var cellOfCodes: [[Int32]: Int] = [:]
    for cell in 0..<cellCount { cellOfCodes[codes(of: cell)] = cell }
    let cells = places.map { cellOfCodes[$0] }
    func filled<Value>(_ values: [Value], _ empty: Value) -> [Value] {
      values.isEmpty ? [] : cells.map { cell in cell.map { values[$0] } ?? empty }
    }
    return CellTable(
      name: name,
      dimensions: dimensions.enumerated().map { number, dimension in
        Dimension(
          name: dimension.name,
          labels: dimension.labels,
          codes: places.map { $0[number] },
          isOfRows: dimension.isOfRows
        )
      },
      figures: figures.map { $0.filled(cells) },
      persons: filled(persons, 0),
      sets: filled(sets, .empty),
      powerSums: filledTerms(powerSums, cells, of: cellCount),
      scope: scope,
      days: days
    ).marking(
      sensitive: Set(figures.filter(\.isSensitive).map(\.name)),
      together: Set(figures.filter(\.hasKnownZeros).map(\.name))
    )
  }

  private func codes(of cell: Int) -> [Int32] { dimensions.map { $0.codes[cell] } }

  /// The codes of all cells, sorted, a total after the labels it adds up.
  private func places(
    limit: Int,
    _ together: [[String]]
  ) throws(DisclosureControlError) -> [[Int32]] {
    let groups = groups(together)
    // By which dimensions are totals: for each group the combinations that are there.
    var found: [[Bool]: [Set<[Int32]>]] = [:]
    for cell in 0..<cellCount {
      let codes = codes(of: cell)
      let none = [Set<[Int32]>](repeating: [], count: groups.count)
      for (number, group) in groups.enumerated() {
        found[codes.map { $0 == Self.total }, default: none][number]
          .insert(group.map { codes[$0] })
      }
    }
    var places: [[Int32]] = []
    for combinations in found.values {
      var own = [[Int32](repeating: 0, count: dimensions.count)]
      for (group, combinations) in zip(groups, combinations) {
        let (count, overflow) = own.count.multipliedReportingOverflow(by: combinations.count)
        guard !overflow, count <= limit - places.count else {
          throw .tooManyCells(table: name, limit: limit)
        }
        own = own.flatMap { codes in
          combinations.map { combination in
            var codes = codes
            for (dimension, code) in zip(group, combination) { codes[dimension] = code }
            return codes
          }
        }
      }
      places += own
    }
    return places.sorted { left, right in
      // A total is −1, and the last as an unsigned number.
      left.lexicographicallyPrecedes(right) { UInt32(bitPattern: $0) < UInt32(bitPattern: $1) }
    }
  }

  /// The numbers of the dimensions, those together that hang together.
  private func groups(_ together: [[String]]) -> [[Int]] {
    var groups = together.map { names in
      dimensions.indices.filter { names.contains(dimensions[$0].name) }
    }
    for number in dimensions.indices where !groups.contains(where: { $0.contains(number) }) {
      groups.append([number])
    }
    return groups.filter { !$0.isEmpty }
  }
}

extension CellTable.Figure {
  /// The same figure with cells that nobody is in.
  ///
  /// - Parameter cells: where each stood; nil of an empty one.
  fileprivate func filled(_ cells: [Int?]) -> Self {
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
    return CellTable.Figure(
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
      adding: adding
    )
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
