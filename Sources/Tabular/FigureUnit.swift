/// What the numbers of a figure mean.
package enum FigureUnit: Sendable, Equatable {
  case number
  case cents
  /// A fixed-point number of four decimals.
  case tenThousandths
  /// A fixed-point number of six decimals: quotients, limits, ratios.
  case millionths
  /// A row number of the figure's texts.
  case text

  /// What adding up a column gives.
  package init(_ unit: IntegerUnit) {
    self =
      switch unit {
      case .cents: .cents
      case .tenThousandths: .tenThousandths
      case .number, .day, .year, .yesNo: .number
      }
  }

  /// How many stored ones make one, as people count: euros, whole numbers.
  package var perWhole: Int64 {
    switch self {
    case .number, .text: 1
    case .cents: 100
    case .tenThousandths: 10_000
    case .millionths: 1_000_000
    }
  }
}
