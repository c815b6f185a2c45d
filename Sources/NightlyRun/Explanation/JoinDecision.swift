import Linkage
import PipelineFile
import Tabular

/// What a run without a spine decided of two records.
struct JoinDecision {
  let stage: LinkStage
  /// Both are one person in the end.
  let isOne: Bool
  /// Both are equal in all that is kept of them.
  let isEqual: Bool
  let report: ProbabilisticReport?
  /// Nil where nothing was weighed.
  let probability: Double?
  let agreements: [String: FieldAgreement]
  /// The first blocking rule that pairs them.
  let block: Int?

  /// What became of the pair, in words.
  var words: String {
    if isEqual { return "one person, for they are equal in all that is kept" }
    let pass = stage.exact.firstIndex { $0.on.allSatisfy { agreements[$0] == .equal } }
    let vetoed = stage.exact.firstIndex { pass in
      pass.on.allSatisfy { agreements[$0] == .equal }
        && (pass.unless?.differ.allSatisfy { agreements[$0] == .unequal } ?? false)
    }
    let hasConflict = agreements["bsn"] == .unequal
    let chance = probability.map {
      "p \(fixed($0, places: 3)) (\(DecisionThresholds.words(of: report, stage)))"
    }
    let isLikely = isAtLeast(report?.accept)
    if isOne {
      if let pass, vetoed == nil, !hasConflict {
        let columns = stage.exact[pass].on.joined(separator: ", ")
        return "one person, pass \(pass + 1) [\(columns)]"
      }
      if let chance, let block, isLikely, vetoed == nil, !hasConflict {
        return "one person, \(chance), block \(block)"
      }
      return "one person, through other records" + (chance.map { ", \($0)" } ?? "")
    }
    if vetoed != nil { return "review: \(UnlinkedReason.veto.rawValue)" }
    let isUndecided = isAtLeast(min(stage.probabilistic?.review ?? 1, report?.accept ?? 1))
    if hasConflict {
      let isAsked = pass != nil || isUndecided
      return "\(isAsked ? "review" : "two persons"): \(UnlinkedReason.bsnConflict.rawValue)"
    }
    guard let chance else { return "two persons" }
    if isUndecided, block != nil {
      return "review: \(UnlinkedReason.uncertain.rawValue), \(chance)"
        + (isLikely ? ": their other records do not fit, or are too many" : "")
    }
    return "two persons, \(chance)"
  }

  private func isAtLeast(_ threshold: Double?) -> Bool {
    guard let probability, let threshold else { return false }
    return probability >= threshold
  }
}
