import PipelineFile
import Statistics
import Tabular

/// The order of work of `aggregate`: at most two readings of the rows.
struct Aggregation {
  private let stage: AggregateStage
  private let plan: AggregatePlan
  private let residents: Table
  private let sources: [LinkedSource]
  private let workers: Int
  private var columns: PersonColumns
  private var segmentation: Segmentation?
  private var tableOfName: [String: CellTable] = [:]
  /// By the name of their kind.
  private var episodes: [String: (pass: EpisodePass, found: Episodes)] = [:]
  /// Tables that tell what providers bring to those of the stage, by the name of these.
  private let providerTables: [(table: String, own: ProviderTable)]
  /// Integers of row dimensions that occur.
  private var integers: [RowPass.IntegerColumn: Set<Int64>] = [:]

  init(
    _ stage: AggregateStage,
    residents: Table,
    sources: [SourceRows],
    keys: [SetKey] = [],
    powerTerms: Int = 0,
    workers: Int,
    after columns: [DerivedColumn] = []
  ) throws(PopulationTablesError) {
    self.stage = stage
    plan = AggregatePlan(stage, after: columns)
    self.residents = residents
    self.workers = workers
    let asksForYears = stage.tables.flatMap(\.measures).contains { measure in
      if case .personYears = measure.kind { true } else { false }
    }
    self.columns = PersonColumns(
      residents: residents,
      years: asksForYears ? try PersonYears(stage, residents: residents) : nil,
      keys: keys,
      powerTerms: powerTerms
    )
    let wanted = Set(
      plan.rowTables.flatMap(\.rows) + plan.accumulators.map(\.source)
        + stage.episodes.flatMap { [$0.starts.source] + $0.takes.map(\.source) }
    )
    var linked: [LinkedSource] = []
    for source in sources where wanted.contains(source.name) {
      linked.append(try LinkedSource(source, personCount: residents.rowCount))
    }
    self.sources = linked
    providerTables = Self.providerTables(of: stage, sources: linked, asksWho: !keys.isEmpty)
    for name in wanted.sorted() where !linked.contains(where: { $0.name == name }) {
      throw .noSource(name: name)
    }
  }

  /// The columns of the persons, all derived; no table is made.
  mutating func personColumns() throws(PopulationTablesError) -> PersonColumns {
    try derive(needingRows: false)
    for (source, condition) in stage.covers { try columns.cover(source, condition) }
    try pass(
      tallies: plan.accumulators.map(AccumulatorTally.init),
      tables: [],
      integerColumns: []
    )
    try addEpisodes()
    try derive(needingRows: true)
    return columns
  }

  /// The tables of the stage, in its order.
  ///
  /// - Parameters:
  ///   - validations: of the stratifications whose table is asked for, by name.
  ///   - observe: called with what is found beside the tables.
  /// - Returns: one a definition.
  /// - Throws: `PopulationTablesError`.
  mutating func tables(
    _ validations: [String: RiskValidation],
    observe: (AggregateFinding) -> Void
  ) throws(PopulationTablesError) -> [CellTable] {
    try derive(needingRows: false)
    for (source, condition) in stage.covers { try columns.cover(source, condition) }
    for nest in stage.tables.flatMap(\.nests) {
      for level in nest.dropFirst().compactMap(AreaLevel.init(rawValue:))
      where !columns.contains(level.rawValue) {
        try columns.add(level, of: nest[0])
      }
    }
    for step in stage.coarserLevels where !columns.contains(step.coarser) {
      guard let level = AreaLevel(rawValue: step.coarser) else { continue }
      try columns.add(level, of: step.finer)
    }
    let rowTables = plan.rowTables + providerTables.map(\.own.definition)
    let wanted = rowTables.map { integerColumns(of: $0) }
    integers = integersOfIdentities(wanted.flatMap { $0 })
    // A table must know the labels of its rows before it can count them.
    let isLate = rowTables.indices.map { number in
      plan.needsRows(rowTables[number])
        || wanted[number].contains { sources[$0.source].isOfRows($0.name) }
    }
    try pass(
      tallies: plan.accumulators.map(AccumulatorTally.init),
      tables: rowTables.indices.filter { !isLate[$0] }.map { rowTables[$0] },
      integerColumns: distinct(
        wanted.flatMap { $0 }.filter { sources[$0.source].isOfRows($0.name) }
      )
    )
    try addEpisodes()
    try derive(needingRows: true)
    try pass(
      tallies: [],
      tables: rowTables.indices.filter { isLate[$0] }.map { rowTables[$0] },
      integerColumns: []
    )
    let areaCount = try segmentation?.prove(in: personDimensions, of: columns) ?? 0
    for definition in stage.tables where definition.rows.isEmpty {
      tableOfName[definition.name] = try personTable(
        definition,
        areaCount: areaCount,
        validations
      )
    }
    if let segmentation { tell(segmentation, areaCount, observe) }
    for (name, validation) in validations.sorted(by: { $0.key < $1.key }) {
      let scores = validation.scoresWithoutRisk
      if !scores.isEmpty { observe(.scoresWithoutRisk(scores, strata: name)) }
    }
    return stage.tables.compactMap { tableOfName[$0.name] }.map(tellingProviders)
  }

  private func tellingProviders(_ table: CellTable) -> CellTable {
    let own = providerTables.filter { $0.table == table.name }
    if own.isEmpty { return table }
    var totals = ProviderTotals(table)
    for (_, provider) in own {
      if let found = tableOfName[provider.definition.name] { totals.add(provider, found) }
    }
    return totals.told()
  }

  private mutating func addEpisodes() throws(PopulationTablesError) {
    let calendar = RowCalendar(stage)
    guard let end = calendar.end else { return }
    for definition in stage.episodes {
      let pass = EpisodePass(
        definition: definition,
        sources: sources,
        calendar: calendar,
        personCount: columns.count,
        end: end
      )
      let episodes = try pass.episodes(workers: workers)
      let amounts = try pass.amounts(of: episodes, workers: workers)
      for (name, vector) in episodes.columns(amounts: amounts, end: end) {
        columns.add(vector, named: name)
      }
      self.episodes[definition.name] = (pass, episodes)
    }
  }

  /// The records that a table counts: the persons, or their episodes by what the rows are.
  private func records(of table: TableDefinition) throws(PopulationTablesError) -> PersonColumns {
    guard let (pass, episodes) = try episodes(of: table) else { return columns }
    return try EpisodeChain(
      table,
      pass: pass,
      episodes: episodes,
      persons: columns
    ).columns(of: columns, workers: workers)
  }

  /// Whom a table is about that is cut by the rows that started episodes; nil for everyone.
  private func started(
    of table: TableDefinition
  ) throws(PopulationTablesError) -> (persons: [Int], columns: [(name: String, vector: Vector)])? {
    guard let (pass, episodes) = try episodes(of: table) else { return nil }
    return try EpisodeStart(
      table,
      pass: pass,
      episodes: episodes,
      persons: columns
    ).columns(workers: workers)
  }

  private func episodes(
    of table: TableDefinition
  ) throws(PopulationTablesError) -> (pass: EpisodePass, found: Episodes)? {
    guard let name = table.episodes else { return nil }
    guard let known = episodes[name] else { throw .noSource(name: name) }
    return known
  }

  /// A table of persons, by what its cells tell; nil where nobody asked for segments.
  private func personTable(
    _ definition: TableDefinition,
    areaCount: Int,
    _ validations: [String: RiskValidation]
  ) throws(PopulationTablesError) -> CellTable? {
    switch definition.content {
    case .measures, .lenses:
      try PersonTable(
        definition,
        columns: try records(of: definition),
        levels: levels,
        tableOfName: tableOfName
      ).table()
    case .value(let value):
      try ValueTable(
        definition: definition,
        value: value,
        columns: columns,
        levels: levels,
        started: try started(of: definition)
      ).table()
    case .segmentsReport:
      segmentation.map {
        SegmentsReport(name: definition.name, segmentation: $0, areaCount: areaCount).table()
      }
    // They are put together of tables.
    case .progress, .benchmark, .savings: nil
    case .hotSpots(let search):
      try AreaCounts(definition, search, columns).table()
    case .strata(let name):
      try validations[name].map { validation throws(PopulationTablesError) in
        try RiskTable(validation, stage, columns: columns).table()
      }
    }
  }

  private var levels: [Confidence] { stage.levels.map(Confidence.init(level:)) }

  /// The columns of persons that tables are cut by, without the segment itself.
  private var personDimensions: [String] {
    var seen: Set<String> = [Segment.column]
    return stage.tables.flatMap(\.by).filter { isOfPersons($0) && seen.insert($0).inserted }
  }

  private func tell(
    _ segmentation: Segmentation,
    _ areaCount: Int,
    _ observe: (AggregateFinding) -> Void
  ) {
    observe(.segmentsAddUp(persons: segmentation.codes.count, areas: areaCount))
    for (name, account) in zip(segmentation.names, segmentation.accounts) where account.size == 0 {
      observe(.emptySegment(name: name))
    }
  }

  private mutating func derive(needingRows: Bool) throws(PopulationTablesError) {
    for derivation in plan.derivations where plan.needsRows(derivation) == needingRows {
      switch derivation {
      case .column(let column): try columns.derive(column)
      case .segments(let segments):
        let segmentation = try Segmentation(segments, of: columns)
        columns.add(segmentation.vector, named: derivation.name)
        self.segmentation = segmentation
      case .strata(let strata):
        let score = try RiskScore(strata, of: columns)
        columns.add(score.vector, named: strata.name)
        columns.add(.integers(score.scores, .number), named: RiskScore.column(of: strata))
      }
    }
  }

  /// Reads the rows once, when anything asks for it.
  private mutating func pass(
    tallies: [AccumulatorTally],
    tables: [TableDefinition],
    integerColumns: [RowPass.IntegerColumn]
  ) throws(PopulationTablesError) {
    guard !(tallies.isEmpty && tables.isEmpty && integerColumns.isEmpty) else { return }
    var planned: [RowPass.PlannedTable] = []
    for table in tables { planned.append(try self.planned(table)) }
    let findings = try RowPass(
      sources: sources,
      calendar: RowCalendar(stage),
      personCount: columns.count,
      tallies: tallies,
      tables: planned,
      integerColumns: integerColumns
    ).run(workers: workers)
    for (tally, numbers) in zip(tallies, findings.accumulated) {
      columns.add(vector(of: tally.accumulator, numbers), of: tally.accumulator)
    }
    integers.merge(findings.integers) { $1 }
    for (table, tabulation) in zip(planned, findings.tabulations) {
      tableOfName[table.plan.definition.name] =
        try RowTable(plan: table.plan, tabulation: tabulation).table()
    }
  }

  private func planned(
    _ table: TableDefinition
  ) throws(PopulationTablesError) -> RowPass.PlannedTable {
    let numbers = sourceNumbers(of: table)
    let provider = providerTables.first { $0.own.definition.name == table.name }?.own
    var integers: [String: [Int: Set<Int64>]] = [:]
    for (place, number) in numbers.enumerated() {
      for name in table.by {
        integers[name, default: [:]][place] =
          self.integers[RowPass.IntegerColumn(source: number, name: name)]
      }
    }
    let plan = try RowTablePlan(
      table,
      // Whose rows are behind figures of providers nobody asks.
      columns: provider == nil ? columns : columns.unnamed,
      personDimensionNames: Set(table.by.filter(isOfPersons)),
      sources: numbers.map { sources[$0] },
      integers: integers
    )
    return RowPass.PlannedTable(
      plan: plan,
      sources: numbers,
      rows: provider?.rows,
      persons: provider.flatMap { columns.covered(by: $0.looksAt) }
    )
  }

  private func sourceNumbers(of table: TableDefinition) -> [Int] {
    table.rows.compactMap { name in sources.firstIndex { $0.name == name } }
  }

  /// A column that persons have is theirs, also where rows have one of that name.
  private func isOfPersons(_ name: String) -> Bool {
    plan.derives(name) || columns.contains(name)
  }

  private func integerColumns(of table: TableDefinition) -> [RowPass.IntegerColumn] {
    table.by.filter { !isOfPersons($0) }.flatMap { name in
      sourceNumbers(of: table).compactMap { number -> RowPass.IntegerColumn? in
        guard case .integers? = sources[number].column(named: name) else { return nil }
        return RowPass.IntegerColumn(source: number, name: name)
      }
    }
  }

  private func integersOfIdentities(
    _ columns: [RowPass.IntegerColumn]
  ) -> [RowPass.IntegerColumn: Set<Int64>] {
    var found: [RowPass.IntegerColumn: Set<Int64>] = [:]
    for column in columns where !sources[column.source].isOfRows(column.name) {
      if case .integers(let values, _)? = sources[column.source].column(named: column.name) {
        found[column] = Set(distinctValues(values))
      }
    }
    return found
  }

  private func distinct(_ columns: [RowPass.IntegerColumn]) -> [RowPass.IntegerColumn] {
    var seen: Set<RowPass.IntegerColumn> = []
    return columns.filter { seen.insert($0).inserted }
  }

  private func vector(of accumulator: Accumulator, _ numbers: [Int64]) -> Vector {
    var unit = IntegerUnit.number
    if let name = accumulator.column,
      let source = sources.first(where: { $0.name == accumulator.source }),
      case .integers(_, let found)? = source.column(named: name)
    {
      unit = found
    }
    return Vector(.integers(numbers, unit), records: numbers.indices) ?? .integers(numbers, unit)
  }
}
