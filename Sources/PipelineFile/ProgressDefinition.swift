/// How a rate moves from period to period: on the path to a target, and beside a comparator.
package struct ProgressDefinition: Sendable {
  /// Where the rate must be, when, and who sees to it.
  package struct Target: Sendable, Hashable {
    package let value: Double
    /// How many periods after the change it must be there; 0 for at once.
    package let due: Int
    package let isLowerBetter: Bool
    /// Who answers for it.
    package let owner: String
  }

  /// The rate, and what it divides: of a table of persons.
  package let rate: Measure
  package let parts: [Measure]
  /// Without a gap, the earliest first.
  package let periods: [Period]
  /// The place in `periods` of the first that the change could tell in; at least 1.
  package let changed: Int
  /// Who is compared with, as a condition on persons; nil for nobody.
  package let comparator: TypedExpression?
  /// Nil where none is agreed.
  package let target: Target?
}

extension AggregateStage {
  /// The name of the dimension that parts who is compared with from the others; no file has such a
  /// name.
  package static let comparatorColumn = "is comparator"

  /// What counts one period of a table of progress; of the stage of that period.
  ///
  /// - Parameter name: of the table.
  /// - Returns: a stage with that table alone, cut by who is compared with, and what it needs; nil for
  ///   another table.
  package func counting(progressOf name: String) -> AggregateStage? {
    guard let table = tables.first(where: { $0.name == name }),
      case .progress(let progress) = table.content
    else { return nil }
    let comparator = progress.comparator ?? TypedExpression(.boolean(false), type: .boolean)
    let asked =
      progress.parts.compactMap { $0.kind.expression?.expression } + [comparator.expression]
    var stage = keepingColumns(Set(asked.flatMap(\.columnNames)))
    stage.persons.append(DerivedColumn(name: Self.comparatorColumn, expression: comparator))
    stage.tables = [
      TableDefinition(
        name: name,
        rows: [],
        by: [Self.comparatorColumn],
        totals: [],
        content: .measures(progress.parts + [progress.rate]),
        place: table.place
      )
    ]
    return stage
  }
}
