import PipelineFile
import Tabular

/// The columns of the residents: kept ones, and derived ones as they become known.
struct PersonColumns {
  private let residents: Table
  private var derived: [String: Vector] = [:]
  private var accumulated: [Accumulator: Vector] = [:]

  init(residents: Table) { self.residents = residents }

  var count: Int { residents.rowCount }

  /// A column by name; a derived one goes first.
  func vector(named name: String) throws(PopulationTablesError) -> Vector {
    if let vector = derived[name] { return vector }
    guard let column = residents[name] else { throw .noColumn(name: name) }
    guard let vector = Vector(column, records: 0..<count) else {
      throw .typeMismatch(column: name)
    }
    return vector
  }

  /// What computes an expression of `name` on persons.
  func evaluator(for name: String) -> ExpressionEvaluator {
    ExpressionEvaluator(
      count: count,
      name: name,
      column: { column throws(PopulationTablesError) in try vector(named: column) },
      accumulator: { accumulator throws(PopulationTablesError) in
        guard let vector = accumulated[accumulator] else {
          throw .noSource(name: accumulator.source)
        }
        return vector
      }
    )
  }

  mutating func add(_ vector: Vector, of accumulator: Accumulator) {
    accumulated[accumulator] = vector
  }

  mutating func derive(_ column: DerivedColumn) throws(PopulationTablesError) {
    let expression = column.expression
    let evaluator = evaluator(for: column.name)
    derived[column.name] =
      expression.type == .boolean
      ? .booleans(try evaluator.truth(of: expression.expression))
      : try evaluator.values(of: expression.expression)
  }
}
