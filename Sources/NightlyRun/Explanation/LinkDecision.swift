import Linkage
import PipelineFile
import Tabular

/// What a run decided of a record and a resident.
struct LinkDecision {
  let name: PairName
  let stage: LinkStage
  let pair: AskedPair
  let links: Links
  let report: LinkReport?

  private var identity: Int { Int(pair.identity) }

  /// What became of the pair, in words.
  var words: String {
    let person = links.persons[identity]
    if person == pair.resident { return "linked, \(how)" }
    if person >= 0 { return "not linked: \(name.source) \(name.key) is linked to another, \(how)" }
    let reason = links.reasons[identity] ?? .noBlock
    let status = reason.isForReview ? "review" : "unlinked"
    guard let weighed = links.weighed, weighed.candidates[identity] >= 0 else {
      return "\(status): \(reason.rawValue)"
    }
    let probability = "p \(fixed(Double(weighed.probabilities[identity]), places: 3))"
    return weighed.candidates[identity] == pair.resident
      ? "\(status): \(reason.rawValue), \(probability) (\(thresholds))"
      : "\(status): \(reason.rawValue); the best candidate is another, \(probability) (\(thresholds))"
  }

  /// By what the identity was linked.
  private var how: String {
    if links.passes[identity] == Links.reviewPass { return "pass review: a person judged it" }
    let pass = Int(links.passes[identity])
    if stage.exact.indices.contains(pass) {
      let told = "pass \(pass + 1) [\(stage.exact[pass].on.joined(separator: ", "))]"
      if let passes = report?.passes, passes.indices.contains(pass),
        let falseShare = passes[pass].falseShare
      {
        return "p \(fixed(1 - falseShare, places: 3)) (the pass, by rehearsal), \(told)"
      }
      return told
        + (stage.exact[pass].on.contains("bsn")
          ? ", which is taken as proof" : ", whose precision is not measured")
    }
    guard let weighed = links.weighed else { return "pass \(pass + 1)" }
    return "p \(fixed(Double(weighed.probabilities[identity]), places: 3)) (\(thresholds)), "
      + "pass \(stage.exact.count + 1), block \(weighed.rules[identity] + 1)"
  }

  private var thresholds: String {
    DecisionThresholds.words(of: report?.weighed, stage)
  }
}
