import Tabular

extension PipelineReading {
  /// Kinds of token that are not compared unless the file says so: those that name a person or a record
  /// whole, for which exact passes are, and those that another column tells already.
  static let uncomparedKinds: Set<String> = ["person", "client", "prefix", "initials"]

  /// The passes of a stage that says nothing of how it links: on each number of persons.
  mutating func defaultPasses(_ spine: SourceDraft?) -> [ExactPass] {
    let numbers = policies.compactMap(\.policy).filter {
      $0.token == "person" && isShared($0, spine)
    }
    usedColumns.formUnion(numbers.map(\.column))
    return numbers.map { ExactPass(on: [$0.column], unless: nil, place: $0.place) }
  }

  /// What such a stage weighs: everything; nil when there is nothing.
  mutating func defaultModel(_ spine: SourceDraft?) -> ProbabilisticStage? {
    let comparisons = defaultComparisons(spine)
    if comparisons.isEmpty { return nil }
    return ProbabilisticStage(
      blocks: [],
      comparisons: comparisons,
      personal: personalColumns,
      comparesAll: true
    )
  }

  /// Columns of what those of one household do not share, by the kind of their tokens.
  var personalColumns: Set<String> {
    let kinds = ["first-name", "initials", "birth-date"]
    return Set(
      policies.compactMap(\.policy)
        .filter { policy in kinds.contains { policy.token?.hasPrefix($0) ?? false } }
        .map(\.column)
    )
  }

  /// The comparisons of a stage that names none: every column that two sides have in common.
  ///
  /// What has a Bloom filter is compared by it too, and a rare value of it weighs more; what keeps a
  /// part, by that part. Levels are left out from the last column on until the patterns of agreement
  /// are few enough.
  mutating func defaultComparisons(_ spine: SourceDraft?) -> [Comparison] {
    var comparisons = policies.compactMap(\.policy).compactMap { policy -> Comparison? in
      guard isShared(policy, spine), !(policy.token.map(Self.uncomparedKinds.contains) ?? false)
      else {
        return nil
      }
      var levels: [Comparison.Level] = [.exact]
      if policy.bloom != nil {
        // A typing error leaves 0.75 of a long name and 0.60 of a short one.
        levels += [.dice(hundredths: 90), .dice(hundredths: 75)]
        if isName(policy.column) { levels.append(.dice(hundredths: 60)) }
      }
      if policy.keep == .year || policy.keep == .pc4, let part = policy.keptName {
        levels.append(.part(column: part))
      }
      return Comparison(
        column: policy.column,
        levels: levels,
        usesFrequency: policy.bloom != nil
      )
    }
    while Self.patternCount(comparisons) > Self.patternLimit {
      if let place = comparisons.lastIndex(where: { $0.levels.count > 2 })
        ?? comparisons.lastIndex(where: { $0.levels.count > 1 })
      {
        comparisons[place] = comparisons[place].withoutSecondLevel
      } else {
        comparisons.removeLast()
      }
    }
    for comparison in comparisons {
      usedColumns.insert(comparison.column)
      for case .part(let column) in comparison.levels { usedColumns.insert(column) }
    }
    return comparisons
  }

  private func isName(_ column: String) -> Bool {
    sources.contains { $0.column(column)?.type == .name }
  }

  /// Whether the spine and another source have it; without a spine, any two, or the only one.
  private func isShared(_ policy: ColumnPolicy, _ spine: SourceDraft?) -> Bool {
    guard policy.token != nil || policy.keep == .value else { return false }
    let holders = sources.filter { source in
      guard let column = source.column(policy.column) else { return false }
      // What happened or was paid is no part of who somebody is.
      return policy.token != nil || column.type == .code || column.type == .text
    }
    guard let spine else { return holders.count >= min(2, sources.count) }
    return holders.count >= 2 && holders.contains { $0.name == spine.name }
  }

  /// How many patterns of agreement comparisons make: their levels, none of them, and nothing known.
  static func patternCount(_ comparisons: [Comparison]) -> Int {
    comparisons.reduce(1) { min($0 * ($1.levels.count + 2), 1 << 40) }
  }
}

extension Comparison {
  fileprivate var withoutSecondLevel: Comparison {
    var fewer = levels
    fewer.remove(at: 1)
    return Comparison(column: column, levels: fewer, usesFrequency: usesFrequency)
  }
}
