extension PipelineReading {
  /// The limits that a source changes; none where something about them is wrong.
  mutating func limitChanges(of entry: CheckedEntry, _ format: Format?) -> [SourceLimits.Key: Int] {
    guard let limits = entry.value["limits"], !limits.isFaulty, let format else { return [:] }
    let bounds = SourceLimits.bounds(of: format)
    var changes: [SourceLimits.Key: Int] = [:]
    for written in limits.entries {
      guard let key = SourceLimits.Key(rawValue: written.name) else { continue }
      guard let most = bounds[key] else {
        let known = SourceLimits.Key.allCases.filter { bounds[$0] != nil }.map(\.rawValue)
        faults.report(
          at: written.keySpan,
          "found the limit '\(key.rawValue)', which \(format.word) does not have",
          hint: "it has \(known.formattedNames)"
        )
        continue
      }
      guard let value = written.value.integer else { continue }
      guard value <= Int64(most) else {
        let found = key.isSize ? SourceLimits.written(Int(value)) : String(value)
        let expected = key.isSize ? SourceLimits.written(most) : String(most)
        faults.report(
          at: written.value.span,
          "'\(key.rawValue)' of 'limits': found \(found), expected at most \(expected)",
          hint: "the readers of \(format.word) have no room for more"
        )
        continue
      }
      changes[key] = Int(value)
    }
    return changes
  }
}
