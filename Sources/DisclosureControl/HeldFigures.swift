import Tabular

/// Values that stay because tonight's would tell too much of what changed.
///
/// A cell that was shown never becomes `x`: that alone would tell that it shrank.
extension ProtectedTable {
  /// The same table, in which what is hidden stays as it was published last.
  ///
  /// - Parameter last: the table as it was published last; nil where it never was.
  /// - Returns: with marks and days of what is held.
  func holding(_ last: PublishedTable?) -> ProtectedTable {
    guard let last else { return self }
    let places = CellPlaces(of: last.dimensions).places(of: dimensions, cellCount: cellCount)
    return ProtectedTable(
      name: name,
      dimensions: dimensions,
      figures: figures.map { figure in
        guard let before = last.figures.first(where: { $0.name == figure.name }) else {
          return figure
        }
        return figure.holding(before, at: places)
      },
      cellCount: cellCount
    )
  }
}

extension ProtectedTable {
  /// The same table without figures that drift.
  func hiding(_ drifting: DriftingFigures) -> ProtectedTable {
    ProtectedTable(
      name: name,
      dimensions: dimensions,
      figures: zip(figures, drifting.isDrifting).map { figure, isDrifting in
        figure.hiding(isDrifting)
      },
      cellCount: cellCount
    )
  }
}

extension ProtectedTable.Figure {
  fileprivate func hiding(_ isHidden: [Bool]) -> Self {
    guard isHidden.contains(true) else { return self }
    func shown(_ values: [Int64]) -> [Int64] {
      zip(values, isHidden).map { $1 ? missingInteger : $0 }
    }
    return ProtectedTable.Figure(
      name: name,
      unit: unit,
      values: shown(values),
      marks: zip(marks, isHidden).map { $1 ? .hidden : $0 },
      texts: texts,
      companions: companions.map {
        CellTable.Companion(suffix: $0.suffix, unit: $0.unit, values: shown($0.values))
      }
    )
  }

  /// - Parameters:
  ///   - last: the figure as it was published last.
  ///   - places: one a cell: where it stands there; −1 where it does not.
  /// - Returns: with marks and days of what is held.
  fileprivate func holding(_ last: PublishedTable.Figure, at places: [Int32]) -> Self {
    let held = places.indices.filter { cell in
      places[cell] >= 0 && last.values[Int(places[cell])] != missingInteger
        && (self.marks[cell] == .hidden || lacksPersons(in: cell, last, at: Int(places[cell])))
    }
    if held.isEmpty { return self }
    var (values, marks) = (self.values, self.marks)
    var days = [Int32](repeating: 0, count: values.count)
    var besides = companions.map(\.values)
    for cell in held {
      let place = Int(places[cell])
      values[cell] = last.values[place]
      marks[cell] = .held
      days[cell] = last.days[place]
      for (number, companion) in companions.enumerated() {
        let before = last.companions.first { $0.suffix == companion.suffix }
        besides[number][cell] = before?.values[place] ?? missingInteger
      }
    }
    return ProtectedTable.Figure(
      name: name,
      unit: unit,
      values: values,
      marks: marks,
      days: days,
      texts: texts,
      companions: zip(companions, besides).map {
        CellTable.Companion(suffix: $0.suffix, unit: $0.unit, values: $1)
      }
    )
  }

  /// Whether persons beside the figure were shown and are hidden now: then it is held as a whole.
  private func lacksPersons(
    in cell: Int,
    _ last: PublishedTable.Figure,
    at place: Int
  ) -> Bool {
    let suffix = CellTable.Companion.persons([]).suffix
    guard let now = companions.first(where: { $0.suffix == suffix }),
      let before = last.companions.first(where: { $0.suffix == suffix })
    else { return false }
    return now.values[cell] == missingInteger && before.values[place] != missingInteger
  }
}

extension [EarlierRelease] {
  /// A table as it was published last: for the same days, else for days of which some are the same.
  func last(before table: CellTable) -> PublishedTable? {
    var overlapping: PublishedTable?
    for release in reversed() {
      for (own, published) in zip(release.tables, release.published)
      where own.name == table.name && own.scope == table.scope {
        if own.days == table.days { return published }
        if own.days.overlaps(table.days), overlapping == nil { overlapping = published }
      }
    }
    return overlapping
  }
}
