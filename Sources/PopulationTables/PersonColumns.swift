import PipelineFile
import Tabular

/// The columns of the residents: kept ones, and derived ones as they become known.
struct PersonColumns {
  private let residents: Table
  private var derived: [String: Vector] = [:]
  /// Of derived conditions that are not known of everybody: one a person, or a single one.
  private var unknown: [String: [Bool]] = [:]
  private var accumulated: [Accumulator: Vector] = [:]

  /// Nil where nobody asks.
  let years: PersonYears?

  init(residents: Table, years: PersonYears? = nil) {
    self.residents = residents
    self.years = years
  }

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
      },
      unknownOfColumn: { unknown[$0] }
    )
  }

  mutating func add(_ vector: Vector, of accumulator: Accumulator) {
    accumulated[accumulator] = vector
  }

  mutating func derive(_ column: DerivedColumn) throws(PopulationTablesError) {
    let expression = column.expression
    let evaluator = evaluator(for: column.name)
    guard expression.type == .boolean else {
      derived[column.name] = try evaluator.values(of: expression.expression)
      return
    }
    let known = try evaluator.knowledge(of: expression.expression)
    derived[column.name] = Vector.booleans(known.truth).spread(over: count)
    unknown[column.name] = known.unknown
  }
}
