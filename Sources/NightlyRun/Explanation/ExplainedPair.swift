import Linkage
import PipelineFile
import Tabular

/// A pair, what a run decided of it, and what made it decide so.
struct ExplainedPair {
  let name: PairName
  let stage: LinkStage
  let pair: AskedPair
  let links: Links
  let report: ProbabilisticReport?
  /// Of the pass that linked the identity: the share of its links that are false; nil where that is not
  /// measured.
  let falseShare: Double?
  let residentCount: Int
  /// By column that some pass, block or comparison looks at.
  let agreements: [String: FieldAgreement]

  private var identity: Int { Int(pair.identity) }

  /// The match weight, taken apart; nil where nothing was weighed.
  var explanation: Explanation? { report?.explanations.first { $0.pair == pair } }

  /// What became of the pair, in words.
  var decision: String {
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
      if let falseShare {
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
    let accept = report?.accept ?? 1
    let review = min(stage.probabilistic?.review ?? accept, accept)
    return "accept \(Self.threshold(accept)), review \(Self.threshold(review))"
  }

  /// With as many decimals as tell it, two to four.
  private static func threshold(_ probability: Double) -> String {
    var text = fixed(probability, places: 4)
    for _ in 0..<2 where text.last == "0" { text.removeLast() }
    return text
  }

  /// The blocking rules that pair them, from 1; and of the others the columns that do not agree.
  var blocks: [(number: Int, columns: [String], lacking: [String])] {
    (report?.rules ?? []).enumerated().map { number, rule in
      (number + 1, rule.columns, rule.columns.filter { agreements[$0] != .equal })
    }
  }
}
