extension AggregateStage {
  /// The stage with the p of its rule of dominance, as its credential says it.
  ///
  /// It stands nowhere else: whoever knows it can narrow what is hidden.
  ///
  /// - Parameter read: gives the share that the credential of that name holds, as 0.1.
  /// - Returns: the stage itself where the file says p, or no such rule.
  /// - Throws: what `read` throws.
  package func readingDominance<Fault: Error>(
    _ read: (_ credential: String) throws(Fault) -> Double
  ) throws(Fault) -> AggregateStage {
    guard let name = protect.dominanceCredential else { return self }
    var stage = self
    stage.protect.dominance = .prior(share: try read(name))
    return stage
  }
}
