import PipelineFile
import Tabular

/// The columns of the residents: kept ones, and derived ones as they become known.
struct PersonColumns {
  private let residents: Table
  private var derived: [String: Vector] = [:]
  /// Of derived conditions that are not known of everybody: one a person, or a single one.
  private var unknown: [String: [Bool]] = [:]
  private var accumulated: [Accumulator: Vector] = [:]
  /// Derived columns of which no value can be missing.
  private var complete: Set<String> = []
  private var bands: [String: [String]] = [:]
  /// Who could appear in a source, where not everyone could: one a person.
  private var covered: [String: [Bool]] = [:]
  /// The sources whose rows a derived column looks at, by itself or through others.
  private var sources: [String: Set<String>] = [:]

  /// Nil where nobody asks.
  let years: PersonYears?
  /// One a person; empty where nobody asks.
  private(set) var keys: [SetKey]
  /// How many power sums a cell gets; 0 where nobody asks.
  let powerTerms: Int

  init(
    residents: Table,
    years: PersonYears? = nil,
    keys: [SetKey] = [],
    powerTerms: Int = 0
  ) {
    self.residents = residents
    self.years = years
    self.keys = keys
    self.powerTerms = powerTerms
  }

  var count: Int { residents.rowCount }

  /// The same, where nobody asks who is behind figures.
  var unnamed: PersonColumns {
    var columns = self
    columns.keys = []
    return columns
  }

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

  /// Tells who could appear in a source.
  mutating func cover(
    _ source: String,
    _ condition: TypedExpression
  ) throws(PopulationTablesError) {
    let truth = try evaluator(for: source).truth(of: condition.expression)
    covered[source] =
      truth.count == count ? truth : [Bool](repeating: truth == [true], count: count)
  }

  /// Who could appear in all sources that an expression looks at; nil where everyone could.
  func covered(by expression: Expression) -> [Bool]? {
    let masks = sources(of: expression).sorted().compactMap { covered[$0] }
    guard var all = masks.first else { return nil }
    for mask in masks.dropFirst() {
      for person in all.indices where !mask[person] { all[person] = false }
    }
    return all
  }

  private func sources(of expression: Expression) -> Set<String> {
    expression.columnNames.reduce(into: Set(expression.accumulators.map(\.source))) {
      $0.formUnion(sources[$1] ?? [])
    }
  }

  /// What a measure counts of each person; missing of who could not appear in what it looks at.
  func numbers(
    of measure: TypedExpression,
    for name: String
  ) throws(PopulationTablesError) -> (values: [Int64], unit: IntegerUnit) {
    var (values, unit) = try evaluator(for: name).numbers(of: measure)
    if let covered = covered(by: measure.expression) {
      for person in values.indices where !covered[person] { values[person] = missingInteger }
    }
    return (values, unit)
  }

  /// For whom the condition of a measure holds; unknown of who could not appear in what it looks at.
  func knowledge(
    of condition: TypedExpression,
    for name: String
  ) throws(PopulationTablesError) -> Knowledge {
    let known = try evaluator(for: name).knowledge(of: condition.expression)
    guard let covered = covered(by: condition.expression) else { return known }
    var unknown = known.unknown ?? [false]
    if unknown.count != count { unknown = [Bool](repeating: unknown == [true], count: count) }
    for person in unknown.indices where !covered[person] { unknown[person] = true }
    return Knowledge(truth: known.truth, unknown: unknown)
  }

  mutating func add(_ vector: Vector, of accumulator: Accumulator) {
    accumulated[accumulator] = vector
  }

  mutating func add(_ vector: Vector, named name: String) { derived[name] = vector }

  mutating func derive(_ column: DerivedColumn) throws(PopulationTablesError) {
    let expression = column.expression
    sources[column.name] = sources(of: expression.expression)
    if !canBeMissing(expression.expression) { complete.insert(column.name) }
    if case .band(_, let bounds) = expression.expression {
      bands[column.name] = Expression.bandLabels(bounds)
    }
    let evaluator = evaluator(for: column.name)
    guard expression.type == .boolean else {
      derived[column.name] = try evaluator.values(of: expression.expression)
      return
    }
    let known = try evaluator.knowledge(of: expression.expression)
    derived[column.name] = Vector.booleans(known.truth).spread(over: count)
    unknown[column.name] = known.unknown
  }

  /// Whether persons have a column of that name that tables can show.
  func contains(_ name: String) -> Bool {
    if derived[name] != nil { return true }
    switch residents[name] {
    case .integers?, .codes?: return true
    case .tokens?, nil: return false
    }
  }

  /// Adds the level of areas that the codes of a finer one tell; what is no such code is missing.
  mutating func add(
    _ level: AreaLevel,
    of finer: String
  ) throws(PopulationTablesError) {
    guard case .codes(let codes, let dictionary) = try vector(named: finer) else {
      throw .typeMismatch(column: finer)
    }
    let areas = dictionary.map { level.code(of: $0) }
    let labels = Set(areas.compactMap { $0 }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let places = Dictionary(uniqueKeysWithValues: zip(labels, Int32(0)...))
    let map = areas.map { area in area.flatMap { places[$0] } ?? missingCode }
    derived[level.rawValue] = .codes(
      codes.map { map.indices.contains(Int($0)) ? map[Int($0)] : missingCode },
      dictionary: labels
    )
  }

  /// Columns as dimensions, each with a label a person.
  func dimensions(_ names: [String]) throws(PopulationTablesError) -> [LabelledCodes] {
    var dimensions: [LabelledCodes] = []
    for name in names {
      dimensions.append(LabelledCodes(try vector(named: name).spread(over: count)))
    }
    return dimensions
  }

  /// The labels of a derived band, from the lowest up; nil of another column.
  func bandLabels(of name: String) -> [String]? { bands[name] }

  /// The time that each person lived here, in parts of a year; 0 of whom a measure leaves out.
  func partsOfYear(among measure: Measure) throws(PopulationTablesError) -> [Int64] {
    let parts = years?.parts ?? []
    guard let among = measure.among?.expression else { return parts }
    let truth = try evaluator(for: measure.name).truth(of: among)
    return parts.indices.map { truth[truth.count == 1 ? 0 : $0] ? parts[$0] : 0 }
  }

  /// Whether the condition of a measure may be unknown of somebody.
  func canBeUnknown(_ condition: TypedExpression) -> Bool {
    canBeMissing(condition.expression) || covered(by: condition.expression) != nil
  }

  /// Whether an expression on persons may come to nothing, or a condition hang on what is missing.
  func canBeMissing(_ expression: Expression) -> Bool {
    switch expression {
    case .integer, .decimal, .text, .date, .boolean, .isMissing, .band: false
    case .column(let name): !complete.contains(name)
    case .accumulator(let accumulator):
      accumulator.function == .min || accumulator.function == .max
    case .arithmetic(.divide, _, _): true
    case .negate(let operand), .not(let operand), .membership(let operand, _):
      canBeMissing(operand)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right), .years(let left, let right):
      canBeMissing(left) || canBeMissing(right)
    case .minimum(let operands), .maximum(let operands): operands.contains(where: canBeMissing)
    case .coalesce(let operands): operands.allSatisfy(canBeMissing)
    }
  }
}
