import PipelineFile
import Tabular

/// What can be computed before the rows are read, and what needs them.
struct AggregatePlan {
  /// Distinct, in the order in which the file asks for them.
  let accumulators: [Accumulator]
  /// Tables of rows, and those that tables of persons count codes in; distinct.
  let rowTables: [TableDefinition]
  /// The columns that persons get, each after those that it is made of.
  let derivations: [PersonDerivation]
  /// Derived columns that need rows, by themselves or through others.
  private let needRows: Set<String>

  init(_ stage: AggregateStage, after columns: [DerivedColumn]) {
    derivations = PersonDerivation.all(of: stage) + columns.map { .column($0) }
    var accumulators: [Accumulator] = []
    var seen: Set<Accumulator> = []
    var expressions = derivations.flatMap(\.expressions)
    expressions += stage.tables.flatMap(\.expressions).map(\.expression)
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
    var needRows: Set<String> = []
    for derivation in derivations
    where derivation.expressions.contains(where: { $0.needsRows(beside: needRows) }) {
      needRows.insert(derivation.name)
    }
    self.needRows = needRows
  }

  func needsRows(_ derivation: PersonDerivation) -> Bool { needRows.contains(derivation.name) }

  /// A column that persons get.
  func derives(_ name: String) -> Bool { derivations.contains { $0.name == name } }

  /// A table of rows that is cut by what only the rows can tell.
  func needsRows(_ table: TableDefinition) -> Bool { table.by.contains(where: needRows.contains) }
}
