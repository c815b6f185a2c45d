import PipelineFile
import Tabular

/// How high each person scores, and which stratum that is.
struct RiskScore: Sendable {
  /// One a person.
  let scores: [Int64]
  /// One a person: a row number of `Stratification.labels`.
  let strata: [Int32]

  /// - Throws: what evaluating a condition throws, and `noColumn` without the segments it is cut by.
  init(_ strata: Stratification, of columns: PersonColumns) throws(PopulationTablesError) {
    let evaluator = columns.evaluator(for: strata.name)
    var scores = [Int64](repeating: 0, count: columns.count)
    switch strata.score {
    case .points(let points):
      for item in points {
        let truth = try evaluator.truth(of: item.condition.expression)
        for person in scores.indices where truth[person] { scores[person] += item.points }
      }
    case .rules(let high, let middle):
      let isHigh = try evaluator.truth(of: high.expression)
      let isMiddle = try evaluator.truth(of: middle.expression)
      for person in scores.indices {
        scores[person] = isHigh[person] ? 2 : isMiddle[person] ? 1 : 0
      }
    }
    let groups = try RiskGroups(strata, of: columns)
    let cuts = groups.names.map { strata.cuts[$0] ?? strata.otherwise }
    self.scores = scores
    self.strata = scores.indices.map { person in
      let cut = cuts[Int(groups.codes[person])]
      return scores[person] >= cut.high ? 2 : scores[person] >= cut.middle ? 1 : 0
    }
  }

  /// The column that tables are cut by.
  var vector: Vector { .codes(strata, dictionary: Stratification.labels) }

  /// The column of scores: no file can name it.
  static func column(of strata: Stratification) -> String { "\(strata.name): score" }
}
