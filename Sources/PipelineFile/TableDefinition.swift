package import Diagnostics

/// One population table.
package struct TableDefinition: Sendable {
  package let name: String
  /// Sources whose linked rows it counts; empty: it counts persons.
  package let rows: [String]
  /// Dimensions, in output order.
  package internal(set) var by: [String]
  /// The dimensions of which totals are given too.
  package internal(set) var totals: [String]
  package internal(set) var content: TableContent
  package let place: Place
  /// Dimensions that nest, the finest first: neighbourhood, district, municipality.
  ///
  /// They stand side by side in `by`, and every level is given.
  package var nests: [[String]] = []
  /// The dimensions of which the total alone is shown; they stand in `totals` too.
  package internal(set) var onlyTotals: Set<String> = []
  /// The kind of episodes by whose rows it is cut, beside persons; nil for any other table.
  ///
  /// Where it tells what an outcome costs, the rows are those that started them.
  package var episodes: String? = nil

  /// In file order; of hot spots what they are of, and none of a table that is made otherwise.
  package var measures: [Measure] {
    switch content {
    case .measures(let measures), .lenses(let measures, _): measures
    case .value, .segmentsReport, .strata, .progress, .benchmark, .savings: []
    case .hotSpots(let search): [search.measure]
    }
  }

  /// What it asks of each person.
  package var expressions: [TypedExpression] {
    if case .value(let value) = content { return [value.outcome, value.cost] }
    return measures.compactMap(\.kind.expression)
  }
}

/// What the cells of a table tell.
package enum TableContent: Sendable {
  /// In file order.
  case measures([Measure])
  /// Indicators of health, experience and cost, made of these measures.
  case lenses([Measure], [Lens])
  /// What an outcome costs.
  case value(ValueDefinition)
  /// How the rules of the segments divide the persons.
  case segmentsReport
  /// Where more persons are counted than expected.
  case hotSpots(HotSpotSearch)
  /// Whether what a score foretells came; the name is of one of the stage's stratifications.
  case strata(name: String)
  /// A rate, period by period.
  case progress(ProgressDefinition)
  /// A rate of the whole beside that of other regions.
  case benchmark(BenchmarkDefinition)
  /// What is saved against a baseline, and by whom.
  case savings(SavingsDefinition)
}
