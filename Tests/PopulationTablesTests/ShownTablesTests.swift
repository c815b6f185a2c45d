import Diagnostics
import Statistics
import TestSupport
import Testing

@testable import DisclosureControl
@testable import PipelineFile
@testable import Tabular

@Suite("What tables show agrees with what is added up person by person")
struct ShownTablesTests {
  @Test("Measures of persons and their limits agree", arguments: 0..<40 as Range<UInt64>)
  func measures(seed: UInt64) throws {
    let found = ShownCase(seed: seed)
    let plain = found.plain
    for (definition, table) in zip(found.stage.tables, try found.tables())
    where definition.rows.isEmpty {
      let measures = found.measures(plain, definition.measures)
      let cells = plain.personsOfCell(definition)
      #expect(cells.count == table.cellCount, "seed \(seed)")
      for (place, persons) in cells {
        let cell = try #require(table.row(place), "seed \(seed)")
        for figure in table.figures {
          let difference = figure.difference(
            from: measures.figure(figure.name, of: persons),
            cell
          )
          #expect(difference == nil, "seed \(seed), \(place) by \(definition.by)")
        }
      }
    }
  }

  @Test("Lenses agree, whatever their indicators", arguments: 0..<60 as Range<UInt64>)
  func lenses(seed: UInt64) throws {
    var found = ShownCase(seed: seed)
    let measures = found.stage.tables[0].measures
    var lenses: [Lens] = []
    for aim in Lens.Aim.allCases.shuffled(using: &found.random) {
      let indicators = measures.filter { _ in Int.random(in: 0..<5, using: &found.random) == 0 }
      lenses.append(
        Lens(
          aim: aim,
          indicators: indicators.map { measure in
            (measure.name, Bool.random(using: &found.random) ? .lower : .higher)
          }
        )
      )
    }
    found.keepTable { .lenses($0.measures, lenses) }
    let plain = found.plain
    let table = try #require(try found.tables().first)
    let reference = PlainLenses(measures: found.measures(plain, measures), lenses: lenses)
    let cells = plain.personsOfCell(found.stage.tables[0])
    var rowCount = 0
    for (place, persons) in cells {
      let isRegion = place.allSatisfy { $0 == nil }
      for row in reference.rows(of: persons, everyone: plain.members, isRegion: isRegion) {
        rowCount += 1
        let comment: Comment = "seed \(seed), \(place) \(row.indicator)"
        let cell = try #require(table.row(place + [row.aim, row.indicator]), comment)
        let shown = row.figure.map { figure in
          PlainFigure(
            value: figure.millionths,
            unit: 1_000_000,
            limits: figure.limits,
            isPooled: figure.isPooled,
            isFew: figure.isFew
          )
        }
        #expect(table.figure("value")?.difference(from: shown, cell) == nil, comment)
        #expect(agrees(table.figure("region")?.values[cell], row.region), comment)
        #expect(table.text("verdict", cell) == row.verdict, comment)
        let response = table.figure("response")?.values[cell]
        // What is known of everybody may say so or say nothing.
        #expect(
          agrees(response, row.response.map { $0 * 1e6 })
            || row.response == 1 && response == missingInteger,
          comment
        )
      }
    }
    #expect(table.cellCount == rowCount, "seed \(seed)")
    expectNames(table, found.stage.tables[0])
  }

  /// That `check` knows the columns.
  private func expectNames(_ table: ProtectedTable, _ definition: TableDefinition) {
    #expect(table.figures.map(\.name) == definition.figureNames)
    #expect(table.dimensions.map(\.name) == definition.shownDimensions.map(\.name))
    for figure in table.figures where figure.unit == .text {
      #expect(Set(figure.texts) == Set(definition.words(of: figure.name) ?? []))
    }
  }

  @Test("Outcomes for what they cost agree", arguments: 0..<80 as Range<UInt64>)
  func value(seed: UInt64) throws {
    var found = ShownCase(seed: seed)
    let numbers = found.stage.tables[0].measures.compactMap { measure in
      if case .mean(let typed) = measure.kind { typed } else { nil }
    }
    let sums = found.stage.tables[0].measures.compactMap { measure -> TypedExpression? in
      if case .sum(let typed) = measure.kind { typed } else { nil }
    }
    let value = ValueDefinition(
      outcome: try #require(numbers.first),
      cost: try #require(sums.first),
      per: [1, 1000].randomElement(using: &found.random) ?? 1
    )
    found.keepTable { _ in .value(value) }
    let plain = found.plain
    let table = try #require(try found.tables().first)
    let reference = PlainValueTable(
      plain: plain,
      value: value,
      minimum: Int(found.minimum),
      levels: found.levels
    )
    let cells = plain.personsOfCell(found.stage.tables[0])
    #expect(table.cellCount == cells.count, "seed \(seed)")
    expectNames(table, found.stage.tables[0])
    for (place, persons) in cells {
      let cell = try #require(table.row(place), "seed \(seed)")
      let figures = reference.figures(of: persons)
      #expect(Set(figures.keys) == Set(table.figures.map(\.name)))
      for figure in table.figures {
        let difference = figure.difference(from: figures[figure.name] ?? nil, cell)
        #expect(difference == nil, "seed \(seed), \(place)")
      }
    }
  }

  @Test(
    "A rate agrees in every period, and so do path and effect",
    arguments: 0..<80 as Range<UInt64>
  )
  func progress(seed: UInt64) throws {
    var found = ShownCase(seed: seed)
    let progress = found.someProgress()
    var tables: [ProtectedTable] = []
    var sides: [[PlainProgress.Side]] = [[], []]
    for period in progress.periods {
      var one = found
      one.stage = found.stage(of: period)
      let plain = one.plain
      let measures = found.measures(plain, progress.parts + [progress.rate])
      for (side, isComparator) in [false, true].enumerated() {
        let persons = plain.members.filter { person in
          progress.comparator.map { plain.value($0.expression, person).isTrue } ?? false
            == isComparator
        }
        sides[side].append(PlainProgress.Side(measures: measures, persons: persons))
      }
      one.keepTable(by: []) { _ in .progress(progress) }
      one.stage = try #require(one.stage.counting(progressOf: one.stage.tables[0].name))
      tables += try one.tables()
    }
    let reference = PlainProgress(
      progress: progress,
      levels: found.levels,
      region: sides[0],
      comparator: sides[1]
    )
    let table = progressTable(named: "p", progress, of: tables, levels: found.confidences)
    found.keepTable(by: []) { _ in .progress(progress) }
    expectNames(table, found.stage.tables[0])
    var rowCount = 0
    for period in progress.periods.indices {
      for (side, name) in zip(sides, ["region", "comparator"]) where !side[period].persons.isEmpty {
        rowCount += 1
        let comment: Comment = "seed \(seed), period \(period), \(name)"
        let isRegion = name == "region"
        let place = [progress.periods[period].label] + (progress.comparator == nil ? [] : [name])
        let cell = try #require(table.row(place), comment)
        for measure in progress.parts + [progress.rate] {
          let figure = try #require(table.figure(measure.name))
          #expect(figure.difference(from: side[period].figure(measure), cell) == nil, comment)
        }
        if progress.target != nil {
          let path = isRegion ? reference.path(period) : nil
          #expect(agrees(table.figure("path")?.values[cell], path.map { $0 * 1e6 }), comment)
          #expect(
            table.text("verdict", cell) == (isRegion ? reference.verdict(period) : nil),
            comment
          )
        }
        if progress.comparator != nil {
          let none = PlainFigure(value: nil, limits: found.levels.map { _ in nil })
          let effect = try #require(table.figure("effect"))
          let difference = effect.difference(
            from: isRegion ? reference.effect(period) : none,
            cell
          )
          #expect(difference == nil, comment)
        }
      }
    }
    #expect(table.cellCount == rowCount, "seed \(seed)")
  }

  @Test("Regions beside each other agree with all of them", arguments: 0..<80 as Range<UInt64>)
  func benchmark(seed: UInt64) throws {
    var found = ShownCase(seed: seed)
    let rate = found.someRate()
    found.keepTable { .measures($0.measures) }
    let benchmark = BenchmarkDefinition(
      table: found.stage.tables[0].name,
      rate: rate.measure,
      parts: rate.parts,
      from: [],
      coverage: [nil, 0.5].randomElement(using: &found.random) ?? nil
    )
    var regions: [PlainBenchmark.Region] = []
    for name in ["b", "c", "a"] {
      let other = regions.isEmpty ? found : found.beside()
      let plain = other.plain
      let measures = other.measures(plain, other.stage.tables[0].measures)
      let shown = rate.parts.map { part in
        plain.members.isEmpty ? nil : measures.figure(part.name, of: plain.members)
      }
      regions.append(
        PlainBenchmark.Region(
          name: name,
          events: shown[0].flatMap { figure in figure.value.map { $0 / figure.unit } },
          base: shown[1].flatMap { figure in figure.value.map { $0.rounded() / figure.unit } },
          coverage: [nil, 0.2, 0.9].randomElement(using: &found.random) ?? nil
        )
      )
    }
    let own = try #require(try found.tables().first)
    let table = benchmarkTable(
      named: "regions",
      benchmark,
      own: (regions[0].name, own, regions[0].coverage),
      others: regions.dropFirst().map {
        PublishedRegion(
          name: $0.name,
          events: $0.events,
          base: $0.base,
          coverage: $0.coverage
        )
      },
      levels: found.confidences
    )
    let reference = PlainBenchmark(benchmark: benchmark, regions: regions, per: rate.per)
    #expect(table.cellCount == regions.count)
    found.keepTable(by: []) { _ in .benchmark(benchmark) }
    expectNames(table, found.stage.tables[0])
    for region in regions {
      let comment: Comment = "seed \(seed), \(region.name), \(rate.measure.kind)"
      let cell = try #require(table.row([region.name]), comment)
      let figure = try #require(table.figure(rate.measure.name))
      let difference = figure.difference(from: reference.rate(region, found.levels), cell)
      #expect(difference == nil, comment)
      var overall = PlainFigure(value: reference.overall.map { $0 * rate.per * 1e6 })
      overall.limits = [0.95, 0.998].map { reference.funnel(region, $0) }
      #expect(table.figure("overall")?.difference(from: overall, cell) == nil, comment)
      #expect(table.text("verdict", cell) == reference.verdict(region), comment)
      #expect(
        agrees(table.figure("coverage")?.values[cell], region.coverage.map { $0 * 1e8 }),
        comment
      )
    }
  }
}
