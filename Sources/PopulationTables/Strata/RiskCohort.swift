import PipelineFile
import Tabular

/// What became of everyone who was scored at some time, by group and score.
struct RiskCohort: Sendable {
  /// Persons of one group and one score.
  struct Cell: Sendable, Equatable {
    var persons: Int64 = 0
    /// Those who had the outcome.
    var outcomes: Int64 = 0
    /// Those who lived here until the time of the outcome was over.
    var followed: Int64 = 0
    /// Cents.
    var cost: Int64 = 0
    /// Those who cost anything.
    var payers: Int64 = 0
  }

  /// As `RiskGroups.names`.
  let groups: [String]
  /// Those that occur, ascending.
  let scores: [Int64]
  /// All scores of the first group, then those of the next.
  let cells: [Cell]

  /// Scores persons as they were when the clock stood so many months back, and looks what came.
  ///
  /// - Parameters:
  ///   - strata: of the stage.
  ///   - stage: as it is today.
  ///   - months: how far the clock is put back.
  ///   - residents: everyone in the extract, whenever they lived here.
  ///   - sources: the linked sources.
  ///   - workers: how many threads.
  /// - Throws: `PopulationTablesError`.
  init(
    _ strata: Stratification,
    of stage: AggregateStage,
    monthsBack months: Int,
    residents: Table,
    sources: [SourceRows],
    workers: Int
  ) throws(PopulationTablesError) {
    let outcome = "\(strata.name): outcome"
    let cost = "\(strata.name): cost"
    let then = stage.needed(for: strata).movedBack(byMonths: months)
    guard let moved = then.strata.first else { throw .noColumn(name: strata.name) }
    let population = try Population(then, residents: residents)
    var counted: [SourceRows] = []
    for source in sources { counted.append(try population.rows(of: source)) }
    var aggregation = try Aggregation(
      then,
      residents: population.residents,
      sources: counted,
      workers: workers,
      after: [DerivedColumn(name: outcome, expression: moved.outcome)]
        + (moved.cost.map { [DerivedColumn(name: cost, expression: $0)] } ?? [])
    )
    let columns = try aggregation.personColumns()
    let groups = try RiskGroups(strata, of: columns)
    let scores = try columns.vector(named: RiskScore.column(of: strata)).asIntegers ?? []
    let truth = try columns.vector(named: outcome).asBooleans ?? []
    let costs = try moved.cost.map { _ throws(PopulationTablesError) in
      try columns.evaluator(for: cost)
        .numbers(of: TypedExpression(.column(cost), type: .money)).values
    }
    // The clock went back by the months that the outcome takes, or by twice as many: they end here.
    let end = stage.needed(for: strata).movedBack(byMonths: months - strata.monthsAhead)
    let isHere = try end.stay(of: population.residents)
    self.groups = groups.names
    self.scores = distinctValues(scores).sorted()
    var placeOfScore: [Int64: Int] = [:]
    for (place, score) in self.scores.enumerated() { placeOfScore[score] = place }
    var cells = [Cell](repeating: Cell(), count: groups.names.count * self.scores.count)
    for person in scores.indices {
      let place =
        Int(groups.codes[person]) * self.scores.count + (placeOfScore[scores[person]] ?? 0)
      cells[place].persons += 1
      cells[place].outcomes += truth[person] ? 1 : 0
      cells[place].followed += isHere?[person] ?? true ? 1 : 0
      guard let amount = costs?[person], amount != missingInteger else { continue }
      let (sum, overflow) = cells[place].cost.addingReportingOverflow(amount)
      if overflow { throw .overflow(column: cost) }
      cells[place].cost = sum
      cells[place].payers += amount == 0 ? 0 : 1
    }
    self.cells = cells
  }

  /// The cells of a group, one a score.
  func cells(ofGroup group: Int) -> ArraySlice<Cell> {
    cells[group * scores.count..<(group + 1) * scores.count]
  }

  /// The share of persons of each score who had the outcome, over all groups.
  var risks: [Int64: Double] {
    var risks: [Int64: Double] = [:]
    for (place, score) in scores.enumerated() {
      let own = groups.indices.map { cells[$0 * scores.count + place] }
      let persons = own.reduce(0) { $0 + $1.persons }
      let outcomes = own.reduce(0) { $0 + $1.outcomes }
      if persons > 0 { risks[score] = Double(outcomes) / Double(persons) }
    }
    return risks
  }
}

extension AggregateStage {
  /// Who of some residents still lives here on the day of the stage; nil when that is not known.
  fileprivate func stay(of residents: Table) throws(PopulationTablesError) -> [Bool]? {
    guard let population, let residence = population.residence else { return nil }
    return try residents.days(named: residence.movedOut).map {
      $0 == missingInteger || $0 > population.on
    }
  }
}
