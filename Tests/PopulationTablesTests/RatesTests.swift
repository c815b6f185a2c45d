import Statistics
import TestSupport
import Testing

@testable import PipelineFile
@testable import PopulationTables
@_spi(Pseudonymisation) @testable import Tabular

@Suite("Rates and limits agree with those made person by person")
struct RatesTests {
  private struct Case {
    let plain: PlainTables
    let tables: [(table: CellTable, definition: TableDefinition)]
  }

  private func someCase(seed: UInt64) throws -> Case {
    var random = SeededGenerator(seed: seed)
    let region = SmallRegion(unused: 0, random: &random)
    let stage = smallStage(random: &random)
    let tables = try aggregate(
      stage,
      residents: region.residents,
      sources: region.sources,
      workers: 1
    )
    return Case(
      plain: PlainTables(stage, persons: region.persons, rows: region.rows),
      tables: zip(tables, stage.tables).filter { $1.rows.isEmpty }.map { ($0, $1) }
    )
  }

  @Test("Expected numbers are those of the region's rates", arguments: 0..<60 as Range<UInt64>)
  func expects(seed: UInt64) throws {
    let found = try someCase(seed: seed)
    for (table, definition) in found.tables {
      let persons = found.plain.personsOfCell(definition)
      for (figure, measure) in zip(table.figures, definition.measures) {
        guard case .ratio(let of, let strata) = measure.kind,
          case .ratio(_, let expected, let spread) = figure.kind,
          let counted = definition.measures.first(where: { $0.name == of })
        else { continue }
        for cell in 0..<table.cellCount {
          let own = try #require(persons[table.place(cell)])
          let wanted = plainExpected(own, counted, strata, found.plain)
          #expect(abs(expected[cell] - wanted) <= 1e-9 * max(1, wanted), "seed \(seed)")
          guard case .events(let variances) = spread else { continue }
          let squares = own.reduce(0.0) { sum, person in
            let number = Double(found.plain.number(of: counted, person))
            return sum + number * number
          }
          #expect(variances[cell] == squares, "seed \(seed)")
        }
      }
    }
  }

  @Test("Standardised rates are those of the region's persons", arguments: 0..<60 as Range<UInt64>)
  func standardises(seed: UInt64) throws {
    let found = try someCase(seed: seed)
    for (table, definition) in found.tables {
      let persons = found.plain.personsOfCell(definition)
      for (figure, measure) in zip(table.figures, definition.measures) {
        guard case .standardised(let of, let per, _, let strata) = measure.kind,
          let counted = definition.measures.first(where: { $0.name == of })
        else { continue }
        for cell in 0..<table.cellCount {
          let own = try #require(persons[table.place(cell)])
          let wanted = plainRate(own, counted, strata, found.plain)
          let rate = wanted.per(Double(per))
          #expect(figure.values[cell] == millionths(rate.value), "seed \(seed)")
          #expect(
            figure.companions.map { $0.values[cell] }
              == [millionths(rate.interval?.lower), millionths(rate.interval?.upper)],
            "seed \(seed)"
          )
          let marks: [Mark?: CellTable.Figure.Mark] = [.few: .few, .pooled: .pooled]
          #expect(figure.marks[cell] == marks[rate.mark] ?? .none, "seed \(seed)")
        }
      }
    }
  }

  @Test("Deviations are those of the persons' numbers", arguments: 0..<60 as Range<UInt64>)
  func deviates(seed: UInt64) throws {
    let found = try someCase(seed: seed)
    for (table, definition) in found.tables {
      let persons = found.plain.personsOfCell(definition)
      for figure in table.figures {
        guard case .quotient(let of, _, _, .deviations(let deviations)) = figure.kind else {
          continue
        }
        let unit = Double(table.figures[of].unit.perWhole)
        let scale = unit == 10_000 ? unit : 1
        for cell in 0..<table.cellCount {
          let own = try #require(persons[table.place(cell)])
          let numbers = own.map {
            found.plain.decimal(of: definition.measures[of], $0) * scale
          }
          let mean = numbers.reduce(0, +) / Double(numbers.count)
          let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
          let wanted = (squares / Double(numbers.count - 1)).squareRoot()
          if numbers.count < 2 {
            #expect(deviations[cell].isNaN, "seed \(seed)")
          } else {
            #expect(
              abs(deviations[cell] - wanted) <= 1e-9 * max(1, abs(mean) * 100, wanted),
              "seed \(seed)"
            )
          }
        }
      }
    }
  }
}

/// Σ over the cell's persons of the region's mean in their stratum.
private func plainExpected(
  _ persons: [Int],
  _ measure: Measure,
  _ strata: [String],
  _ plain: PlainTables
) -> Double {
  var region: [[String]: (count: Double, sum: Double)] = [:]
  for person in plain.members {
    let stratum = strata.map { plain.label($0, person) }
    region[stratum, default: (0, 0)].count += 1
    region[stratum, default: (0, 0)].sum += Double(plain.number(of: measure, person))
  }
  return persons.reduce(0) { expected, person in
    let stratum = region[strata.map { plain.label($0, person) }] ?? (1, 0)
    return expected + stratum.sum / stratum.count
  }
}

/// The rate of strata that were counted with dictionaries.
private func plainRate(
  _ persons: [Int],
  _ measure: Measure,
  _ strata: [String],
  _ plain: PlainTables
) -> Estimate {
  let bands = Expression.bandLabels([0, 18, 45, 65, 75, 85])
  var weights: [[String]: Double] = [:]
  for person in plain.members {
    let stratum = strata.map { plain.label($0, person) }
    if !stratum.contains("unknown") { weights[stratum, default: 0] += 1 }
  }
  let sexes = Set(weights.keys.map { $0.filter { !bands.contains($0) } }).sorted {
    $0.joined() < $1.joined()
  }
  let own = weights.keys.map { stratum -> Stratum in
    let inside = persons.filter { person in strata.map { plain.label($0, person) } == stratum }
    let numbers = inside.map { plain.number(of: measure, $0) }
    return Stratum(
      group: sexes.firstIndex(of: stratum.filter { !bands.contains($0) }) ?? 0,
      band: bands.firstIndex { stratum.contains($0) } ?? 0,
      weight: weights[stratum] ?? 0,
      observed: Int(numbers.reduce(0, +)),
      variance: Double(numbers.reduce(0) { $0 + $1 * $1 }),
      population: Double(inside.count)
    )
  }
  return directlyStandardisedRate(own, .ninetyFive)
}

extension CellTable {
  /// The labels of a cell, nil for a total.
  fileprivate func place(_ cell: Int) -> [String?] {
    dimensions.map { dimension in
      let code = dimension.codes[cell]
      return code == CellTable.total ? nil : dimension.labels[Int(code)]
    }
  }
}

extension PlainTables {
  /// The number of a measure of a person; 0 where it is not known.
  fileprivate func decimal(of measure: Measure, _ person: Int) -> Double {
    guard let typed = measure.kind.expression else { return 1 }
    switch value(typed.expression, person) {
    case .integer(let number): return Double(number)
    case .decimal(let number): return (number * 10_000).rounded() / 10_000
    default: return 0
    }
  }
}
