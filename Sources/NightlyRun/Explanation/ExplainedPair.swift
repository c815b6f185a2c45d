import Linkage
import PipelineFile
import Tabular

/// A pair, what a run decided of it, and what made it decide so.
struct ExplainedPair {
  /// In words.
  let decision: String
  /// The match weight, taken apart; nil where nothing was weighed.
  let explanation: Explanation?
  let report: ProbabilisticReport?
  /// What the prior is about.
  let population: String
  /// By column that some pass, block or comparison looks at.
  let agreements: [String: FieldAgreement]

  /// The blocking rules that pair them, from 1; and of the others the columns that do not agree.
  var blocks: [(number: Int, columns: [String], lacking: [String])] {
    (report?.rules ?? []).enumerated().map { number, rule in
      (number + 1, rule.columns, rule.columns.filter { agreements[$0] != .equal })
    }
  }
}
