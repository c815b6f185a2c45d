/// Risk strata: who is scored how high, and whether what the score foretells came.
package struct Stratification: Sendable {
  /// A condition and what a person scores for whom it holds.
  package struct Points: Sendable {
    package let condition: TypedExpression
    package let points: Int64

    package init(_ condition: TypedExpression, _ points: Int64) {
      self.condition = condition
      self.points = points
    }
  }

  /// How a score is made.
  package enum Score: Sendable {
    /// The points of all conditions that hold, added up.
    case points([Points])
    /// 2 where `high` holds, else 1 where `middle` does, else 0.
    case rules(high: TypedExpression, middle: TypedExpression)
  }

  /// From which score on a stratum begins.
  package struct Cut: Sendable, Hashable {
    package let middle: Int64
    package let high: Int64

    package init(middle: Int64, high: Int64) {
      self.middle = middle
      self.high = high
    }
  }

  /// The risk that each score is said to have.
  package enum Expected: Sendable, Hashable {
    /// Those of a file; once it was read, `risks` hold them.
    case file(RiskFile)
    /// The share of persons of each score to whom it came, one window earlier.
    case previous
  }

  /// Of the person column, and of the table.
  package let name: String
  /// Whether each segment is looked at by itself.
  package let isWithinSegments: Bool
  package let outcome: TypedExpression
  /// How many months after the score the outcome lies; 0 where it is of the same time.
  package let monthsAhead: Int
  package let score: Score
  /// By segment; of others `otherwise`.
  package let cuts: [String: Cut]
  package let otherwise: Cut
  /// Money; nil where no share of cost is asked for.
  package let cost: TypedExpression?
  package internal(set) var expected: Expected?

  /// The strata, the lowest first.
  package static let labels = ["low", "middle", "high"]

  /// The figure of the persons to whom the outcome came.
  static let outcomes = "outcomes"

  /// The figures that its table may have.
  static let figures = [
    "persons", outcomes, "risk", "outcome_share", "followed", "today", "cost", "cost_share",
    "high",
    "high_outcomes", "ppv", "sensitivity", "c", "calibration", "slope",
  ]

  /// The number of a score's stratum among `labels`.
  ///
  /// - Parameters:
  ///   - score: of a person.
  ///   - segment: theirs; of no consequence where each segment has the same cut.
  /// - Returns: 0 for low, 1 for middle, 2 for high.
  package func stratum(of score: Int64, in segment: String) -> Int {
    let cut = cuts[segment] ?? otherwise
    return score >= cut.high ? 2 : score >= cut.middle ? 1 : 0
  }

  /// What a person is scored by.
  package var conditions: [Expression] {
    switch score {
    case .points(let points): points.map(\.condition.expression)
    case .rules(let high, let middle): [high.expression, middle.expression]
    }
  }
}

extension AggregateStage {
  /// The stage with its files of risks as `read` gives them.
  package func readingRisks<Fault: Error>(
    _ read: (RiskFile) throws(Fault) -> RiskFile
  ) throws(Fault) -> AggregateStage {
    var stage = self
    for place in strata.indices {
      guard case .file(let file)? = strata[place].expected else { continue }
      stage.strata[place].expected = .file(try read(file))
    }
    return stage
  }
}

extension Stratification {
  /// The same with other dates, by day number.
  func on(_ days: [Int64: Int64]) -> Stratification {
    let moved: Score =
      switch score {
      case .points(let points): .points(points.map { Points($0.condition.on(days), $0.points) })
      case .rules(let high, let middle): .rules(high: high.on(days), middle: middle.on(days))
      }
    return Stratification(
      name: name,
      isWithinSegments: isWithinSegments,
      outcome: outcome.on(days),
      monthsAhead: monthsAhead,
      score: moved,
      cuts: cuts,
      otherwise: otherwise,
      cost: cost?.on(days),
      expected: expected
    )
  }
}
