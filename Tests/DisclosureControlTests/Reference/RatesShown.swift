import Tabular

@testable import DisclosureControl

/// What is seen of a row of a table with standardised rates.
struct RatesShown {
  /// Nil where it is hidden, as all that follows.
  var observed: Int?
  var persons: Int?
  var rate: Rate?
  var expected: Expected?

  struct Rate {
    let written: RateReading.Rate
    let isRounded: Bool

    /// Whether counts would be read so.
    func isRead(_ reading: RateReading, _ observed: [Int], _ population: [Int]) -> Bool {
      let made =
        isRounded
        ? reading.rounded(observed, population) : reading.exact(observed, population)
      return made == written
    }
  }

  struct Expected {
    let written: Int
    let isRounded: Bool

    func isRead(_ expected: Double) -> Bool {
      RateReading.told(expected: expected, isRounded: isRounded) == written
    }
  }

  /// As a table is written.
  ///
  /// - Parameters:
  ///   - table: the first of a region.
  ///   - region: says which rates would look so if all of them were rounded.
  /// - Returns: one a row.
  static func rows(of table: ProtectedTable, _ region: RandomRates) -> [RatesShown] {
    let (residents, part, rate, ratio) =
      (table.figures[0], table.figures[1], table.figures[2], table.figures[3])
    func whole(_ figure: ProtectedTable.Figure, _ row: Int) -> Int? {
      figure.values[row] == missingInteger ? nil : Int(figure.values[row])
    }
    let all = region.counts(of: region.areaCount)
    return (0..<region.rowCount).map { row in
      let counts = region.counts(of: row)
      var shown = RatesShown(
        observed: whole(part, row),
        persons: whole(residents, row),
        rate: nil,
        expected: nil
      )
      if let value = whole(rate, row) {
        let written = RateReading.Rate(
          value: value,
          lower: Int(rate.companions[0].values[row]),
          upper: Int(rate.companions[1].values[row]),
          isPooled: rate.marks[row] == .pooled
        )
        let rounded = region.reading.rounded(counts.observed, counts.population)
        shown.rate = Rate(written: written, isRounded: rounded == written)
      }
      let expected = ratio.companions[0].values[row]
      if expected != missingInteger {
        let made = RateReading.expected(counts.population, all)
        let isRounded = RateReading.told(expected: made, isRounded: true) == Int(expected)
        shown.expected = Expected(written: Int(expected), isRounded: isRounded)
      }
      return shown
    }
  }

  /// The same rows with all rates, as if nobody had looked for what they tell.
  static func all(_ rows: [RatesShown], _ region: RandomRates, isRounded: Bool) -> [RatesShown] {
    let all = region.counts(of: region.areaCount)
    return rows.enumerated().map { row, shown in
      var shown = shown
      guard shown.observed != nil, shown.persons != nil else { return shown }
      let counts = region.counts(of: row)
      let rate =
        isRounded
        ? region.reading.rounded(counts.observed, counts.population)
        : region.reading.exact(counts.observed, counts.population)
      shown.rate = rate.map { Rate(written: $0, isRounded: isRounded) }
      let expected = RateReading.told(
        expected: RateReading.expected(counts.population, all),
        isRounded: isRounded
      )
      shown.expected = Expected(written: expected, isRounded: isRounded)
      return shown
    }
  }

  /// A table in which all rates stand as they were computed where their parts are shown.
  static func inSixDecimals(_ table: ProtectedTable, _ counted: CellTable) -> ProtectedTable {
    let isShown = (0..<table.cellCount).map { row in
      table.figures[0].marks[row] != .hidden && table.figures[1].marks[row] != .hidden
    }
    func shown(_ values: [Int64]) -> [Int64] {
      zip(isShown, values).map { $0 ? $1 : missingInteger }
    }
    var figures = table.figures
    for (place, figure) in counted.figures.enumerated() where figure.standardisation != nil {
      var companions = figure.companions
      if case .ratio(_, let expected, _) = figure.kind {
        companions = [
          CellTable.Companion(
            suffix: "_expected",
            unit: .millionths,
            values: expected.map { Int64(($0 * 1_000_000).rounded()) }
          )
        ]
      }
      let values = figure.values.isEmpty ? table.figures[place].values : figure.values
      figures[place] = ProtectedTable.Figure(
        name: figure.name,
        unit: figure.unit,
        values: shown(values),
        marks: isShown.indices.map { row in
          isShown[row] ? figure.values.isEmpty ? .none : mark(of: figure, cell: row) : .hidden
        },
        companions: companions.map {
          CellTable.Companion(suffix: $0.suffix, unit: $0.unit, values: shown($0.values))
        }
      )
    }
    return ProtectedTable(
      name: table.name,
      dimensions: table.dimensions,
      figures: figures,
      cellCount: table.cellCount
    )
  }
}
