import Statistics
import Tabular

/// A measure of persons on its way to the cells of a table: columns of numbers first, which totals
/// add up or compute anew, then the figure that they make.
enum MeasureDraft {
  /// One number a cell: values and contributors.
  case added(values: [Int64], contributors: [Int64], CellSquares?, FigureUnit)
  /// The same, with the persons for whom it is unknown.
  case part([Int64], unknown: [Int64]?)
  case mean(CellSquares, contributors: [Int64], FigureUnit)
  /// Parts of years and contributors: one a cell.
  case years(parts: [Int64], contributors: [Int64], isSnapshot: Bool)
  case quantile(CellQuantile)
  case distinct(CodesSeen)
  /// Made of other measures, by their places, when these are protected.
  case quotient(of: Int, per: Int64, by: Int, QuotientSpread)
  case ratio(of: Int, IndirectRatio, variances: CellSquares?)
  case standardised(of: Int, by: Int, DirectRates, [Confidence])

  /// How many columns it takes.
  var columnCount: Int {
    switch self {
    case .added: 2
    case .years: 3
    case .part(_, let unknown): unknown == nil ? 1 : 2
    case .mean: 4
    case .quantile: 3
    case .distinct: 2
    case .quotient(_, _, _, let spread): spread.squares == nil ? 0 : 1
    case .ratio(_, _, let variances): variances == nil ? 1 : 2
    case .standardised(_, _, let rates, _): rates.columnCount
    }
  }

  /// Its columns, one number a group.
  func columns(of groups: CellGroups, name: String) throws(PopulationTablesError) -> [[Int64]] {
    switch self {
    case .added(let values, let contributors, _, _):
      return [
        try groups.added(values, name: name), try groups.added(contributors, name: name),
      ]
    case .part(let persons, let unknown):
      var columns = [try groups.added(persons, name: name)]
      if let unknown { columns.append(try groups.added(unknown, name: name)) }
      return columns
    case .years(let parts, let contributors, _):
      return [
        try groups.added(parts, name: name).map(PersonYears.millionths),
        try groups.added(contributors, name: name),
        try groups.added(parts, name: name),
      ]
    case .mean(let squares, let contributors, _):
      return [
        try groups.added(squares.sums, name: name), try groups.added(contributors, name: name),
        try groups.added(squares.counts, name: name),
        bits(try squares.deviations(of: groups, name: name)),
      ]
    case .quantile(let quantile): return try quantile.columns(of: groups, name: name)
    case .distinct(let codes): return codes.columns(of: groups)
    case .quotient(_, _, _, let spread):
      switch spread {
      case .unknown, .share, .persons: return []
      case .events(let squares): return [bits(squares.squares(of: groups))]
      case .deviations(let squares):
        return [bits(try squares.deviations(of: groups, name: name))]
      }
    case .ratio(_, let ratio, let variances):
      var columns = [bits(try ratio.expected(of: groups))]
      if let variances { columns.append(bits(variances.squares(of: groups))) }
      return columns
    case .standardised(_, _, let rates, _): return try rates.columns(of: groups)
    }
  }

  /// The figure of columns that stand in the order of the table.
  ///
  /// - Parameters:
  ///   - name: of the measure.
  ///   - isCount: whether it counts everyone.
  ///   - columns: its own.
  ///   - standardisation: of what is made of counts of strata.
  /// - Returns: one number a cell.
  func figure(
    named name: String,
    isCount: Bool,
    _ columns: [[Int64]],
    _ standardisation: StrataFigure?
  ) -> CellTable.Figure {
    switch self {
    case .added(_, _, _, let unit):
      return CellTable.Figure(
        name: name,
        kind: isCount ? .count : .sum,
        unit: unit,
        values: columns[0],
        contributors: columns[1],
        companions: isCount ? [] : [.persons(columns[1])]
      )
    case .years(_, _, let isSnapshot):
      return CellTable.Figure(
        name: name,
        kind: .sum,
        unit: .millionths,
        values: columns[0],
        contributors: columns[1],
        marks: isSnapshot ? columns[0].map { _ in .snapshot } : [],
        companions: [.persons(columns[1])],
        adding: .exact(columns[2], perStored: Double(PersonYears.partsOfYear) / 1_000_000)
      )
    case .part:
      return CellTable.Figure(
        name: name,
        kind: .part,
        unit: .number,
        values: columns[0],
        contributors: columns[0],
        companions: columns.dropFirst().map {
          CellTable.Companion(suffix: "_unknown", unit: .number, values: $0)
        }
      )
    case .mean(_, _, let unit):
      return CellTable.Figure(
        name: name,
        kind: .mean(known: columns[2], .deviations(numbers(columns[3]))),
        unit: unit,
        values: columns[0],
        contributors: columns[1]
      )
    case .quantile:
      return CellTable.Figure(
        name: name,
        kind: .quantile(known: columns[2]),
        unit: .tenThousandths,
        values: columns[0],
        contributors: columns[1]
      )
    case .distinct:
      return CellTable.Figure(
        name: name,
        kind: .sum,
        unit: .number,
        values: columns[0],
        contributors: columns[1],
        companions: [.persons(columns[1])],
        adding: .never
      )
    case .quotient(let of, let per, let by, let spread):
      let kept = columns.first.map(numbers) ?? []
      let spread: CellTable.Figure.Spread =
        switch spread {
        case .unknown: .unknown
        case .share: .share
        case .persons: .persons
        case .events: .events(kept)
        case .deviations: .deviations(kept)
        }
      return CellTable.Figure(
        name: name,
        kind: .quotient(of: of, per: per, by: by, spread),
        unit: .millionths,
        values: []
      )
    case .ratio(let of, _, let variances):
      return CellTable.Figure(
        name: name,
        kind: .ratio(
          of: of,
          expected: numbers(columns[0]),
          variances == nil ? .persons : .events(numbers(columns[1]))
        ),
        unit: .millionths,
        values: [],
        standardisation: standardisation
      )
    case .standardised(let of, let by, _, let levels):
      return CellTable.Figure(
        name: name,
        kind: .fitted(of: [of, by]),
        unit: .millionths,
        values: columns[0],
        marks: columns[1].map { CellTable.Figure.Mark(rawValue: UInt8($0)) ?? .none },
        companions: limitColumns(levels, lowerAndUpper: Array(columns.dropFirst(2))),
        standardisation: standardisation
      )
    }
  }

  /// Doubles travel with the integers of other columns, bit by bit: they are only put in order.
  private func bits(_ numbers: [Double]) -> [Int64] {
    numbers.map { Int64(bitPattern: $0.bitPattern) }
  }

  private func numbers(_ bits: [Int64]) -> [Double] {
    bits.map { Double(bitPattern: UInt64(bitPattern: $0)) }
  }
}

/// What the limits of a quotient are made of, before the cells are joined.
enum QuotientSpread {
  case unknown
  case share
  case persons
  case events(CellSquares)
  case deviations(CellSquares)

  var squares: CellSquares? {
    switch self {
    case .unknown, .share, .persons: nil
    case .events(let squares), .deviations(let squares): squares
    }
  }
}
