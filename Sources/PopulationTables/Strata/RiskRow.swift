import PipelineFile
import Statistics

/// One row of the table of a stratification: a stratum of a group, or all of it.
struct RiskRow {
  let group: String
  /// Nil for all strata together.
  let stratum: String?
  /// Persons who score so today.
  var today: Int64 = 0
  /// What came of those who scored so when the outcome lay ahead.
  var came = RiskCohort.Cell()
  /// Of them those at high risk; nil but of all strata together.
  var high: RiskCohort.Cell?
  /// By ascending score; only of all strata together.
  var scores: RiskScores?

  /// All rows, in the order of the table.
  ///
  /// - Parameters:
  ///   - validation: what came.
  ///   - groups: of the persons of today.
  ///   - strata: of each of them, a row number of `Stratification.labels`.
  /// - Returns: those in which somebody is, today or then.
  static func all(
    _ validation: RiskValidation,
    groups: RiskGroups,
    strata: [Int32]
  ) -> [RiskRow] {
    let cohort = validation.cohort
    let labels = Stratification.labels
    var today = [Int64](repeating: 0, count: groups.names.count * labels.count)
    for person in strata.indices {
      today[Int(groups.codes[person]) * labels.count + Int(strata[person])] += 1
    }
    var rows: [RiskRow] = []
    for name in Set(groups.names + cohort.groups).sorted(by: inByteOrder) {
      var own = labels.map { RiskRow(group: name, stratum: $0) }
      var all = RiskRow(group: name, stratum: nil)
      if let group = groups.names.firstIndex(of: name) {
        for place in labels.indices { own[place].today = today[group * labels.count + place] }
      }
      if let group = cohort.groups.firstIndex(of: name) {
        let cells = cohort.cells(ofGroup: group)
        for (score, cell) in zip(cohort.scores, cells) {
          own[validation.strata.stratum(of: score, in: name)].came.add(cell)
        }
        all.scores = RiskScores(
          with: cells.map { Int($0.outcomes) },
          without: cells.map { Int($0.persons - $0.outcomes) }
        )
      }
      for row in own {
        all.today += row.today
        all.came.add(row.came)
      }
      all.high = own[labels.count - 1].came
      rows += own.filter { $0.today > 0 || $0.came.persons > 0 }
        .sorted { inByteOrder($0.stratum ?? "", $1.stratum ?? "") }
      if all.today > 0 || all.came.persons > 0 { rows.append(all) }
    }
    return rows
  }
}

extension RiskCohort.Cell {
  /// Adds another one; a cost that 64 bits cannot hold was told when it was counted.
  mutating func add(_ other: RiskCohort.Cell) {
    persons += other.persons
    outcomes += other.outcomes
    followed += other.followed
    cost = cost.addingReportingOverflow(other.cost).partialValue
    payers += other.payers
  }

  /// Those who are not among others.
  static func - (all: RiskCohort.Cell, some: RiskCohort.Cell) -> RiskCohort.Cell {
    RiskCohort.Cell(
      persons: all.persons - some.persons,
      outcomes: all.outcomes - some.outcomes,
      followed: all.followed - some.followed,
      cost: all.cost.subtractingReportingOverflow(some.cost).partialValue,
      payers: all.payers - some.payers
    )
  }
}

private func inByteOrder(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
