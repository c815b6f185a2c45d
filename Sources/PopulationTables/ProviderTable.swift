import PipelineFile
import Tabular

/// A table that nobody prints: the rows behind a figure, cut by their provider too.
struct ProviderTable: Sendable {
  /// Its name is one that no table of a file has.
  let definition: TableDefinition
  /// Which rows count; nil for all of the period.
  let rows: Accumulator?
  /// All that a sum over persons is made of: of whom some of it is not known, nothing counts.
  let looksAt: Expression
  /// The figures of the table that it tells of, and the number of its own that tells it.
  let figures: [(told: String, by: Int)]
  /// How often its amounts count.
  let factor: Int64

  /// Those of a table.
  ///
  /// - Parameters:
  ///   - table: of the stage.
  ///   - stage: says what its sums are made of.
  ///   - knows: whether rows of a source tell their provider.
  /// - Returns: none where no rows do.
  static func tables(
    of table: TableDefinition,
    in stage: AggregateStage,
    knows: (_ source: String) -> Bool
  ) -> [ProviderTable] {
    if !table.rows.isEmpty {
      return table.rows.contains(where: knows) ? [ofRows(table)] : []
    }
    guard table.episodes == nil else { return [] }
    switch table.content {
    case .measures, .lenses: break
    default: return []
    }
    var found: [ProviderTable] = []
    for measure in table.measures {
      let sums = stage.rowSums(of: measure)
      let all = Expression.coalesce(sums.map { .accumulator($0.accumulator) })
      for sum in sums where knows(sum.accumulator.source) {
        found.append(ofPersons(table, measure, sum, of: all, number: found.count))
      }
    }
    return found
  }

  private static func ofRows(_ table: TableDefinition) -> ProviderTable {
    var sums: [String] = []
    var figures: [(told: String, by: Int)] = []
    for measure in table.measures {
      switch measure.kind {
      case .count, .rows: figures.append((measure.name, 0))
      case .sumColumn(let column):
        if !sums.contains(column) { sums.append(column) }
        figures.append((measure.name, 1 + (sums.firstIndex(of: column) ?? 0)))
      default: break
      }
    }
    return ProviderTable(
      definition: table.byProvider("rows", rows: table.rows, sums: sums),
      rows: nil,
      looksAt: .coalesce([]),
      figures: figures,
      factor: 1
    )
  }

  private static func ofPersons(
    _ table: TableDefinition,
    _ measure: Measure,
    _ sum: RowSum,
    of all: Expression,
    number: Int
  ) -> ProviderTable {
    let sums = sum.accumulator.column.map { [$0] } ?? []
    return ProviderTable(
      definition: table.byProvider(
        "\(measure.name), \(number)",
        rows: [sum.accumulator.source],
        sums: sums
      ),
      rows: sum.accumulator,
      looksAt: all,
      figures: [(measure.name, sums.count)],
      factor: sum.factor
    )
  }
}
