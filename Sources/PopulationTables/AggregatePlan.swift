import PipelineFile
import Tabular

/// What can be computed before the rows are read, and what needs them.
struct AggregatePlan {
  /// Distinct, in the order in which the file asks for them.
  let accumulators: [Accumulator]
  /// Tables of rows, and those that tables of persons count codes in; distinct.
  let rowTables: [TableDefinition]
  /// Derived columns that need rows, by themselves or through others.
  private let needRows: Set<String>
  private let stage: AggregateStage

  init(_ stage: AggregateStage) {
    self.stage = stage
    var accumulators: [Accumulator] = []
    var seen: Set<Accumulator> = []
    var expressions = stage.persons.map(\.expression.expression)
    expressions += stage.tables.flatMap(\.measures).compactMap { $0.kind.expression?.expression }
    for accumulator in expressions.flatMap(\.accumulators)
    where seen.insert(accumulator).inserted {
      accumulators.append(accumulator)
    }
    var rowTables = stage.tables.filter { !$0.rows.isEmpty }
    for table in stage.tables {
      for case .distinct(let source, let column) in table.measures.map(\.kind) {
        let rows = table.codes(of: source, column)
        if !rowTables.contains(where: { $0.name == rows.name }) { rowTables.append(rows) }
      }
    }
    self.rowTables = rowTables
    self.accumulators = accumulators
    needRows = stage.persons.needingRows
  }

  func needsRows(_ column: DerivedColumn) -> Bool { needRows.contains(column.name) }

  /// A table of rows that is cut by what only the rows can tell.
  func needsRows(_ table: TableDefinition) -> Bool { table.by.contains(where: needRows.contains) }
}
