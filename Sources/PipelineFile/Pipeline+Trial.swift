// What a pipeline is when it is tried out: linked as in a night, and nothing of it stays.

extension Pipeline {
  /// The name of the only key that a trial opens.
  ///
  /// No pipeline file can name it, so that no record of a key is of it.
  private static let trialKey = "-trial"

  /// The same pipeline, to be linked where nothing stays and nobody's key is opened.
  ///
  /// It links as it always does; no gate stops it for what was not linked, and no partner gets
  /// anything.
  ///
  /// - Parameters:
  ///   - keyFile: of a demo key, in place of all keys that the file names.
  ///   - output: a folder in which no run has published.
  /// - Returns: a pipeline of the same name, sources and rules.
  package func onTrial(keyFile: String, output: String) -> Pipeline {
    var other = self
    // A demo key opens for made-up data alone, and protects as long as what it made is there.
    other.sample = true
    other.keys = [Self.trialKey: .file(keyFile)]
    if case .fingerprint? = keys[Self.sourceKeyName] {
      other.keys[Self.sourceKeyName] = keys[Self.sourceKeyName]
    }
    other.pseudonymise.key = Self.trialKey
    other.pseudonymise.clk = nil
    other.publish.to = output
    other.link.unlinked = UnlinkedThresholds(warnAbove: nil, failAbove: nil)
    return other
  }
}
