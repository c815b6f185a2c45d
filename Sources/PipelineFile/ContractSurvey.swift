/// Looks at extracts whose columns no file names, and proposes the contract of each.
///
/// It opens the extracts, which this module never does; so whoever loads a pipeline brings it.
package struct ContractSurvey: Sendable {
  /// What was found of one source.
  package enum Finding: Sendable {
    /// The bytes of a contract file.
    case contract([UInt8])
    /// Why there is none, in a sentence.
    case fault(String)
  }

  /// Proposes contracts that fit together.
  ///
  /// Gets the patterns of the sources' files; gives one finding for each.
  package let propose: @Sendable (_ patterns: [String]) -> [Finding]

  package init(propose: @escaping @Sendable (_ patterns: [String]) -> [Finding]) {
    self.propose = propose
  }
}
