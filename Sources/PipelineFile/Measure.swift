/// One figure of a table.
package struct Measure: Sendable {
  package let name: String
  package internal(set) var kind: Kind
  /// Of a measure of those who could appear in a source, the one of everyone in whose place rates
  /// divide by it; nil of all that a file asks for.
  package var inPlaceOf: String? = nil
  /// Of such person-years, whose they are.
  package var among: TypedExpression? = nil
  /// Of a ratio that looks at such a source, the measure that counts those.
  package var over: String? = nil

  /// Whether it counts persons who could appear in a source, for rates to divide by.
  package var countsCovered: Bool {
    if case .countWhere = kind { inPlaceOf != nil } else { false }
  }

  /// What is counted, added or divided.
  package enum Kind: Sendable {
    /// Distinct persons; in a table of rows, with a row in the cell.
    case count
    /// Distinct persons for whom it is true; not in a table of rows.
    case countWhere(TypedExpression)
    /// Rows; only in a table of rows.
    case rows
    /// The sum over rows of a column of the table's sources; only in a table of rows.
    case sumColumn(String)
    /// The sum over persons of a number; not in a table of rows.
    case sum(TypedExpression)
    /// The mean over the persons of whom the number is known; not in a table of rows.
    case mean(TypedExpression)
    /// The number that so many per cent of the persons of whom it is known do not exceed, linear
    /// between order statistics; not in a table of rows.
    case quantile(percent: Int64, TypedExpression)
    /// How many codes of a column the linked rows have; not in a table of rows.
    case distinct(source: String, column: String)
    /// The days that persons lived here in the period, in years; not in a table of rows.
    case personYears
    /// One measure of the table for so many of another, by name; neither is a mean, a quantile or a
    /// quotient itself.
    case quotient(of: String, per: Int64, by: String)
    /// The quotient that a standard population would have with the rates of the cell, stratum by
    /// stratum (direct standardisation); `of` counts persons or whole numbers, `by` counts persons.
    /// Without a file the region's persons are the standard.
    case standardised(of: String, per: Int64, by: String, strata: [String], to: StandardFile? = nil)
    /// A measure for what it would be with the rates of the region, stratum by stratum (indirect
    /// standardisation); `of` counts persons or whole numbers.
    case ratio(of: String, strata: [String])

    /// What it asks of each person; nil when it asks nothing.
    package var expression: TypedExpression? {
      switch self {
      case .countWhere(let typed), .sum(let typed), .mean(let typed), .quantile(_, let typed): typed
      case .count, .rows, .sumColumn, .distinct, .personYears, .quotient, .standardised, .ratio: nil
      }
    }

    /// Whether it counts persons, or whole numbers of them: events, whose limits follow from how many
    /// there are.
    package var isOfEvents: Bool {
      switch self {
      case .count, .countWhere: true
      case .sum(let typed): typed.type == .integer
      default: false
      }
    }
  }
}
