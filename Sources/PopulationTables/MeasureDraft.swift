import Tabular

/// A measure of persons on its way to the cells of a table.
enum MeasureDraft {
  /// Values, contributors and, of a mean, the persons of whom there is a number: one a cell.
  case added([[Int64]], FigureUnit)
  /// Parts of years and contributors: one a cell.
  case years([[Int64]])
  case quantile(CellQuantile)
  case distinct(CodesSeen)
  /// Made of other measures when these are protected.
  case quotient

  /// How many columns it takes.
  var columnCount: Int {
    switch self {
    case .added(let figures, _): figures.count
    case .years, .quantile, .distinct: 2
    case .quotient: 0
    }
  }

  /// What its values are counted in.
  var unit: FigureUnit {
    switch self {
    case .added(_, let unit): unit
    case .distinct: .number
    case .quantile: .tenThousandths
    case .years, .quotient: .millionths
    }
  }

  /// Its columns, one number a group.
  func columns(of groups: CellGroups, name: String) throws(PopulationTablesError) -> [[Int64]] {
    switch self {
    case .added(let figures, _):
      var columns: [[Int64]] = []
      for figure in figures { columns.append(try groups.added(figure, name: name)) }
      return columns
    case .years(let figures):
      let parts = try groups.added(figures[0], name: name)
      return [parts.map(PersonYears.millionths), try groups.added(figures[1], name: name)]
    case .quantile(let quantile): return try quantile.columns(of: groups, name: name)
    case .distinct(let codes): return codes.columns(of: groups)
    case .quotient: return []
    }
  }
}
