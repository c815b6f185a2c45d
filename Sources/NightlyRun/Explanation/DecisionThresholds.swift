import Linkage
import PipelineFile

/// The thresholds of a run, as a decision is told with them.
enum DecisionThresholds {
  static func words(of report: ProbabilisticReport?, _ stage: LinkStage) -> String {
    let accept = report?.accept ?? 1
    let review = min(stage.probabilistic?.review ?? accept, accept)
    return "accept \(text(accept)), review \(text(review))"
  }

  /// With as many decimals as tell it, two to four.
  private static func text(_ probability: Double) -> String {
    var text = fixed(probability, places: 4)
    for _ in 0..<2 where text.last == "0" { text.removeLast() }
    return text
  }
}
