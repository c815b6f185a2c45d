import PipelineFile
import Statistics
import Tabular

/// The table of a stratification: by group and stratum what came, by group how well it was foretold.
struct RiskTable {
  /// Below so many outcomes the worth of a score is `few`.
  private static let fewOutcomes: Int64 = 100

  private let validation: RiskValidation
  private let levels: [Confidence]
  /// Of fewer persons nothing is fitted: ten times what a cell must have.
  private let leastPersons: Int64
  private let rows: [RiskRow]

  /// - Throws: `noColumn` where the persons of today have no strata.
  init(
    _ validation: RiskValidation,
    _ stage: AggregateStage,
    columns: PersonColumns
  ) throws(PopulationTablesError) {
    self.validation = validation
    levels = stage.levels.map(Confidence.init(level:))
    leastPersons = 10 * stage.protect.minimum
    guard case .codes(let strata, _) = try columns.vector(named: validation.strata.name) else {
      throw .typeMismatch(column: validation.strata.name)
    }
    rows = RiskRow.all(
      validation,
      groups: try RiskGroups(validation.strata, of: columns),
      strata: strata
    )
  }

  func table() -> CellTable {
    let strata = validation.strata
    var dimensions = [dimension(strata.name, rows.map(\.stratum))]
    if strata.isWithinSegments {
      dimensions.insert(dimension(Segment.column, rows.map(\.group)), at: 0)
    }
    var figures = [
      CellTable.Figure(
        name: "persons",
        kind: .count,
        unit: .number,
        values: rows.map(\.came.persons),
        contributors: rows.map(\.came.persons)
      ),
      part("outcomes") { $0.came.outcomes },
      CellTable.Figure(
        name: "risk",
        kind: .quotient(of: 1, per: 1, by: 0, .share),
        unit: .millionths,
        values: []
      ),
      share("outcome_share", of: 1) { ($0.came.outcomes, $1.came.outcomes) },
    ]
    if strata.monthsAhead > 0 {
      figures.append(part("followed") { $0.came.followed })
      let today = rows.map(\.today)
      figures.append(
        CellTable.Figure(name: "today", kind: .group(least: today), unit: .number, values: today)
      )
    }
    if strata.cost != nil {
      figures.append(
        CellTable.Figure(
          name: "cost",
          kind: .sum,
          unit: .cents,
          values: rows.map(\.came.cost),
          contributors: rows.map(\.came.payers)
        )
      )
      figures.append(share("cost_share", of: figures.count - 1) { ($0.came.cost, $1.came.cost) })
    }
    return CellTable(
      name: strata.name,
      dimensions: dimensions,
      figures: figures + worth(after: figures.count),
      persons: rows.map(\.came.persons),
      scope: .alone
    )
  }

  /// How well the score foretells; of all strata together alone.
  private func worth(after count: Int) -> [CellTable.Figure] {
    let (high, highOutcomes) = (count, count + 1)
    var figures = [
      group("high", { $0.high?.persons }, least: { leastGroup($0.persons, $1.persons) }),
      group(
        "high_outcomes",
        { $0.high?.outcomes },
        least: { high, others in
          leastGroup(
            high.outcomes,
            high.persons - high.outcomes,
            others.outcomes,
            others.persons - others.outcomes
          )
        }
      ),
      CellTable.Figure(
        name: "ppv",
        kind: .quotient(of: highOutcomes, per: 1, by: high, .share),
        unit: .millionths,
        values: []
      ),
      CellTable.Figure(
        name: "sensitivity",
        kind: .quotient(of: highOutcomes, per: 1, by: 1, .share),
        unit: .millionths,
        values: []
      ),
      fitted("c") { $0.concordance },
    ]
    guard let expected = validation.expected else { return figures }
    let risks = validation.cohort.scores.map { expected[$0] }
    let estimates = levels.map { level in
      rows.map { row in
        row.fittedRisks(risks).map { $0.scores.calibration(expected: $0.risks, level) }
      }
    }
    figures.append(
      fitted(
        "calibration",
        beside: limitColumns(levels, cellCount: rows.count) { row, level in
          guard isFitted(rows[row]), let place = levels.firstIndex(of: level) else { return nil }
          return estimates[place][row]?.interval
        },
        estimates[0].map { $0?.value }
      )
    )
    figures.append(
      fitted(
        "slope",
        rows.map { row in
          row.fittedRisks(risks).flatMap { $0.scores.calibrationSlope(expected: $0.risks) }
        }
      )
    )
    return figures
  }

  private func dimension(_ name: String, _ values: [String?]) -> CellTable.Dimension {
    let labels = Set(values.compactMap { $0 }).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return CellTable.Dimension(
      name: name,
      labels: labels,
      codes: values.map { value in
        value.flatMap { labels.firstIndex(of: $0) }.map { Int32($0) } ?? CellTable.total
      }
    )
  }

  private func part(_ name: String, _ value: (RiskRow) -> Int64) -> CellTable.Figure {
    let values = rows.map(value)
    return CellTable.Figure(
      name: name,
      kind: .part,
      unit: .number,
      values: values,
      contributors: values
    )
  }

  /// Some of those at high risk; of all strata together alone.
  private func group(
    _ name: String,
    _ value: (RiskRow) -> Int64?,
    least: (_ high: RiskCohort.Cell, _ others: RiskCohort.Cell) -> Int64
  ) -> CellTable.Figure {
    CellTable.Figure(
      name: name,
      kind: .group(least: rows.map { row in row.high.map { least($0, row.came - $0) } ?? 0 }),
      unit: .number,
      values: rows.map { value($0) ?? missingInteger }
    )
  }

  /// What a stratum has of all in its group.
  private func share(
    _ name: String,
    of place: Int,
    _ values: (_ row: RiskRow, _ all: RiskRow) -> (part: Int64, whole: Int64)
  ) -> CellTable.Figure {
    CellTable.Figure(
      name: name,
      kind: .fitted(of: [0, place]),
      unit: .millionths,
      values: rows.map { row in
        guard let all = rows.first(where: { $0.stratum == nil && $0.group == row.group }) else {
          return missingInteger
        }
        let (part, whole) = values(row, all)
        return Statistics.millionths(whole > 0 ? Double(part) / Double(whole) : nil)
      }
    )
  }

  private func fitted(_ name: String, _ value: (RiskScores) -> Double?) -> CellTable.Figure {
    fitted(name, rows.map { $0.scores.flatMap(value) })
  }

  /// What is computed of all scores of a group: only of enough persons, and `few` of few outcomes.
  private func fitted(
    _ name: String,
    beside companions: [CellTable.Companion] = [],
    _ values: [Double?]
  ) -> CellTable.Figure {
    CellTable.Figure(
      name: name,
      kind: .fitted(of: [0, 1]),
      unit: .millionths,
      values: zip(rows, values).map { isFitted($0) ? Statistics.millionths($1) : missingInteger },
      marks: zip(rows, values).map { row, value in
        let isFew = row.came.outcomes < Self.fewOutcomes || !isFitted(row)
        return value != nil && isFew ? .few : .none
      },
      companions: companions
    )
  }

  private func isFitted(_ row: RiskRow) -> Bool { row.came.persons >= leastPersons }
}

extension RiskRow {
  /// The scores that persons have, with their risks; nil where one of those is not known.
  fileprivate func fittedRisks(
    _ risks: [Double?]
  ) -> (scores: RiskScores, risks: [Double])? {
    guard let scores else { return nil }
    let used = risks.indices.filter { scores.with[$0] + scores.without[$0] > 0 }
    let known = used.compactMap { risks[$0] }
    guard known.count == used.count else { return nil }
    return (
      RiskScores(with: used.map { scores.with[$0] }, without: used.map { scores.without[$0] }),
      known
    )
  }
}
