import PipelineFile
import Tabular

/// What is learnt.
extension ProbabilisticLinker {
  func learnt(
    _ columns: [ComparedColumn],
    _ comparer: PairComparer,
    _ pairs: BlockedPairs,
    _ kept: KeptPatterns?,
    _ proof: [[Double]?],
    _ report: inout ProbabilisticReport
  ) -> (learning: ModelLearning, outcome: ModelLearning.Outcome) {
    let dependence = Dependence(columns, workers: workers)
    let learning = ModelLearning(
      columns: columns,
      pairs: pairs,
      comparer: comparer,
      kept: kept,
      joints: dependence.joints,
      coincidence: Coincidence(columns, isWithin: false, seed: Self.seed, workers: workers),
      leftCount: left.table.rowCount,
      rightCount: right.table.rowCount,
      workers: workers,
      seed: Self.seed
    )
    var outcome = learning.learn(proof: proof)
    let learnt = LearntModel(outcome.model, columns)
    report.learnt = learnt
    if let known, let model = known.model(for: columns) {
      report.isKept = true
      report.drift = known.drift(to: learnt)
      outcome = outcome.using(model)
    }
    let model = outcome.model
    report.columns = columns.indices.map {
      ProbabilisticReport.Column(
        comparison: columns[$0].comparison,
        m: model.m.columns[$0],
        u: model.u.columns[$0],
        isProved: proof[$0] != nil
      )
    }
    let names = columns.map(\.name)
    report.joints = model.joints.map {
      .init(columns: $0.members.map { names[$0] }, bits: $0.dependence)
    }
    report.dependent = dependence.pairs.map {
      .init(columns: $0.members.map { names[$0] }, bits: $0.bits)
    }
    report.droppedRules = outcome.dropped.map { pairs.rules[$0].columns }
    report.unsettledRules = outcome.runs.filter { !$0.hasSettled }.map {
      pairs.rules[$0.rule].columns
    }
    return (learning, outcome)
  }
}
