import PipelineFile
import Statistics
import Tabular

extension PersonTable {
  /// The measures on their way to cells, in order; those that are made of others come to know them.
  func drafts(
    persons: [Int64],
    _ assembly: CellAssembly
  ) throws(PopulationTablesError) -> [MeasureDraft] {
    var drafts: [MeasureDraft?] = []
    for measure in definition.measures {
      drafts.append(try draft(of: measure, persons: persons, assembly))
    }
    var all: [MeasureDraft] = []
    for (measure, draft) in zip(definition.measures, drafts) {
      if let draft {
        all.append(draft)
      } else {
        all.append(try made(measure, of: drafts, persons: persons))
      }
    }
    return all
  }

  /// Nil for a measure that is made of others.
  private func draft(
    of measure: Measure,
    persons: [Int64],
    _ assembly: CellAssembly
  ) throws(PopulationTablesError) -> MeasureDraft? {
    switch measure.kind {
    case .count: return .added(values: persons, contributors: persons, nil, .number)
    case .countWhere(let condition):
      let knowledge = try columns.knowledge(of: condition, for: measure.name)
      let unknown = knowledge.unknown ?? [Bool](repeating: false, count: columns.count)
      return .part(
        counted(holding(knowledge)),
        unknown: columns.canBeUnknown(condition) ? counted(spread(unknown)) : nil
      )
    case .sum(let expression):
      let (numbers, unit) = try columns.numbers(of: expression, for: measure.name)
      let squares = try CellSquares(numbers, cells, name: measure.name)
      return .added(
        values: squares.sums,
        contributors: contributors(numbers),
        squares,
        FigureUnit(unit)
      )
    case .mean(let expression):
      let (numbers, unit) = try columns.numbers(of: expression, for: measure.name)
      let squares = try CellSquares(numbers, cells, name: measure.name)
      return .mean(squares, contributors: contributors(numbers), FigureUnit(unit))
    case .quantile(let percent, let expression):
      let (numbers, unit) = try columns.numbers(of: expression, for: measure.name)
      return .quantile(
        CellQuantile(percent: percent, of: numbers, unit, cellOfPerson: cells.cellOfPerson)
      )
    case .distinct(let source, let column):
      let name = definition.codes(of: source, column).name
      guard let table = tableOfName[name] else { throw .noSource(name: source) }
      return .distinct(CodesSeen(table, assembly))
    case .personYears:
      let parts = try columns.partsOfYear(among: measure)
      return .years(
        parts: try CellSquares(parts, cells, name: measure.name).sums,
        contributors: contributors(parts),
        isSnapshot: columns.years?.isSnapshot == true
      )
    case .quotient, .standardised, .ratio: return nil
    case .rows: throw .noSource(name: measure.name)
    case .sumColumn(let name): throw .noColumn(name: name)
    }
  }

  private func made(
    _ measure: Measure,
    of drafts: [MeasureDraft?],
    persons: [Int64]
  ) throws(PopulationTablesError) -> MeasureDraft {
    switch measure.kind {
    case .quotient(let of, let per, let by):
      let (of, by) = (place(of), place(by))
      return .quotient(of: of, per: per, by: by, spread(of: of, by: by, drafts, persons: persons))
    case .ratio(let of, let strata):
      let numbers = try counted(of)
      let dimensions = try columns.dimensions(strata)
      return .ratio(
        of: place(of),
        try IndirectRatio(
          measure.name,
          StratifiedPersons(dimensions, cells: cells),
          populations: covered(of),
          observed: numbers
        ),
        variances: drafts.indices.contains(place(of)) ? drafts[place(of)]?.squares : nil
      )
    case .standardised(let of, let per, let by, let strata, let standard):
      let rates = try DirectRates(
        measure.name,
        per: per,
        StratifiedPersons(try columns.dimensions(strata), cells: cells),
        bands: strata.enumerated().lazy.compactMap { number, name in
          columns.bandLabels(of: name).map { (number, $0) }
        }.first,
        standard: standard?.weights,
        populations: covered(of),
        observed: try counted(of),
        levels: levels
      )
      return .standardised(of: place(of), by: place(by), rates, levels)
    case .count, .countWhere, .rows, .sumColumn, .sum, .mean, .quantile, .distinct, .personYears:
      throw .noColumn(name: measure.name)
    }
  }

  /// What the limits of a quotient are made of.
  ///
  /// Persons of all persons, or of all who could appear, are a share, of person-years a count. Whole numbers are events; others
  /// have a mean of all persons, and over person-years no limits.
  private func spread(
    of: Int,
    by: Int,
    _ drafts: [MeasureDraft?],
    persons: [Int64]
  ) -> QuotientSpread {
    guard definition.measures.indices.contains(of), definition.measures.indices.contains(by) else {
      return .unknown
    }
    let isOfYears: Bool
    var persons = persons
    switch definition.measures[by].kind {
    case .count: isOfYears = false
    case .countWhere where definition.measures[by].countsCovered:
      isOfYears = false
      if case .part(let covered, _)? = drafts[by] { persons = covered }
    case .personYears: isOfYears = true
    default: return .unknown
    }
    switch definition.measures[of].kind {
    case .count, .countWhere: return isOfYears ? .persons : .share
    case .sum(let typed):
      guard let squares = drafts[of]?.squares else { return .unknown }
      if typed.type == .integer { return .events(squares) }
      return isOfYears ? .unknown : .deviations(squares.spread(over: persons))
    case .rows, .sumColumn, .mean, .quantile, .distinct, .personYears, .quotient, .standardised,
      .ratio:
      return .unknown
    }
  }

  /// A name that no measure has gives a place that no figure has: it stays hidden.
  private func place(_ name: String) -> Int {
    definition.measures.firstIndex { $0.name == name } ?? -1
  }

  /// 1 a person who could appear in the sources that a measure looks at, 0 for the others.
  private func covered(_ name: String) -> [Int64] {
    let measure = definition.measures.first { $0.name == name }
    let mask = measure?.kind.expression.flatMap { columns.covered(by: $0.expression) }
    return mask?.map { $0 ? 1 : 0 } ?? [Int64](repeating: 1, count: columns.count)
  }

  /// What a measure counts of each person.
  private func counted(_ name: String) throws(PopulationTablesError) -> [Int64] {
    switch definition.measures.first(where: { $0.name == name })?.kind {
    case .count?: return [Int64](repeating: 1, count: columns.count)
    case .countWhere(let condition)?:
      return holding(try columns.knowledge(of: condition, for: name)).map { $0 ? 1 : 0 }
    case .sum(let typed)?:
      return try columns.numbers(of: typed, for: name).values.map { $0 == missingInteger ? 0 : $0 }
    default: throw .noColumn(name: name)
    }
  }

  /// For whom a condition is known to be true, one a person.
  func holding(_ knowledge: Knowledge) -> [Bool] {
    var truth = spread(knowledge.truth)
    if let unknown = knowledge.unknown {
      let unknown = spread(unknown)
      for person in truth.indices where unknown[person] { truth[person] = false }
    }
    return truth
  }

  private func spread(_ truth: [Bool]) -> [Bool] {
    truth.count == 1 && columns.count != 1
      ? [Bool](repeating: truth[0], count: columns.count) : truth
  }

  /// The persons of each cell for whom it is true.
  private func counted(_ truth: [Bool]) -> [Int64] {
    var counts = [Int64](repeating: 0, count: cells.cellCount)
    for person in truth.indices where truth[person] {
      counts[Int(cells.cellOfPerson[person])] += 1
    }
    return counts
  }

  /// The persons of each cell whose number is not 0.
  private func contributors(_ numbers: [Int64]) -> [Int64] {
    var counts = [Int64](repeating: 0, count: cells.cellCount)
    for person in numbers.indices where numbers[person] != missingInteger && numbers[person] != 0 {
      counts[Int(cells.cellOfPerson[person])] += 1
    }
    return counts
  }
}

extension MeasureDraft {
  /// Sums with their squares, of a sum.
  fileprivate var squares: CellSquares? {
    if case .added(_, _, let squares, _) = self { squares } else { nil }
  }
}
