import PipelineFile
import Tabular

/// How a number changed from an earlier release to a later one, and what of that must stay uncertain.
///
/// The persons whose part differs are told from `PowerSums`. Where these are not known, as across
/// releases of pseudonyms, the difference of the numbers stands for them: there are never fewer. What
/// providers brought is told from what each of them brought to either number; where that is not known,
/// one of them may have brought it all.
struct NumberChange: Sendable {
  /// Variables: the same number in two releases.
  let earlier: Int
  let later: Int
  /// The later less the earlier number, as a magnitude.
  let magnitude: Int64
  let isGrowth: Bool
  /// The persons whose part differs; of many, that there are at least so many.
  let persons: Int64
  /// Who they are; nil where that is not known.
  let who: ChangedPersons?
  /// How much of the change is each provider's, as it grew; empty where that is not known.
  let providers: [ProviderPart]
  /// Whether the attacker knows that nobody went the other way.
  let hasOneDirection: Bool
  /// What he must be left with of the change; nil where he may know it.
  let required: RequiredInterval?

  /// Nil where nothing follows from their difference.
  ///
  /// - Parameters:
  ///   - earlier: a variable.
  ///   - later: another of the same name.
  ///   - variables: both are in it.
  ///   - isJoinable: whether their persons can be compared.
  ///   - policy: of tonight.
  init?(
    from earlier: Int,
    to later: Int,
    of variables: ReleaseVariables,
    isJoinable: Bool,
    _ policy: Protection
  ) {
    let (difference, overflow) =
      variables.values[later].subtractingReportingOverflow(variables.values[earlier])
    guard !overflow, difference != 0, difference != .min else { return nil }
    let (before, after) = (variables.powerSums[earlier], variables.powerSums[later])
    let isKnown = isJoinable && !before.isEmpty && before.count == after.count
    let isSum = variables.isSum[later]
    (self.earlier, self.later) = (earlier, later)
    magnitude = Int64(difference.magnitude)
    isGrowth = difference > 0
    if isKnown {
      let changed = ChangedPersons(from: before, to: after)
      who = changed
      persons = Int64(changed.count)
    } else {
      who = nil
      persons = isSum ? 1 : magnitude
    }
    let ofProviders = Self.providers(from: earlier, to: later, of: variables, isJoinable)
    providers =
      difference > 0
      ? ofProviders ?? [] : [ProviderPart]().changed(since: ofProviders ?? [])
    // Nobody tells how many joined and left, but where more differ than the number does, some
    // did either. Of amounts it is not told: then he is taken to know.
    hasOneDirection = isSum || persons <= magnitude
    let isFew = persons < policy.minimum
    let isDominated =
      isSum && !isFew
      && (Self.isDominated(magnitude, by: ofProviders, policy)
        || Self.mayBeDominated(magnitude, earlier, later, variables, policy))
    guard isFew || isDominated else {
      required = nil
      return
    }
    let (twice, tooLarge) = magnitude.multipliedReportingOverflow(by: 2)
    if isSum {
      required = RequiredInterval(lower: 0, upper: tooLarge ? .max : twice)
    } else if hasOneDirection {
      required = RequiredInterval(lower: 0, upper: policy.minimum)
    } else {
      required = RequiredInterval(lower: 0, upper: magnitude)
    }
  }

  /// How much of the change is someone's; nil where he has no part, or nobody knows.
  func part(of person: SetKey) -> Int64? {
    who?.part(of: person).map { isGrowth ? $0 : -$0 }
  }

  /// What is required of the change to someone who knows that so much of it is his own: the same of the
  /// rest.
  ///
  /// - Parameters:
  ///   - share: his part.
  ///   - isSum: whether amounts change, and not persons.
  /// - Returns: bounds of the whole change; nil where the rest may be known.
  func required(without share: Int64, isSum: Bool) -> RequiredInterval? {
    guard let required, persons > 1 else { return nil }
    let (twice, overflow) = magnitude.multipliedReportingOverflow(by: 2)
    guard isSum, !overflow else {
      return RequiredInterval(
        lower: max(required.lower, min(share, magnitude)),
        upper: required.upper
      )
    }
    let other = twice - share
    return RequiredInterval(lower: max(0, min(share, other)), upper: max(share, other))
  }

  /// What is required of the change to a provider, who knows how much of it is theirs: the same of the
  /// rest.
  ///
  /// - Parameters:
  ///   - provider: by name.
  ///   - isSum: whether amounts change, and not persons.
  /// - Returns: bounds of the whole change; nil where nobody else brought any, or nobody can tell.
  func required(toProvider provider: String, isSum: Bool) -> RequiredInterval? {
    guard let required, providers.contains(where: { $0.name != provider }) else { return nil }
    let share = providers.first { $0.name == provider }?.amount ?? 0
    guard isSum else {
      // Who is with others too is one of theirs.
      guard share < magnitude else { return nil }
      return RequiredInterval(lower: max(required.lower, share), upper: required.upper)
    }
    let (twice, isTooLarge) = magnitude.multipliedReportingOverflow(by: 2)
    let (rest, overflow) = twice.subtractingReportingOverflow(share)
    let other = isTooLarge || overflow ? .max : rest
    return RequiredInterval(lower: max(0, min(share, other)), upper: max(share, other))
  }

  /// How much the number changed by each provider; nil where nobody can tell, and none where none is
  /// told of.
  ///
  /// Across releases of pseudonyms they may have other names.
  private static func providers(
    from earlier: Int,
    to later: Int,
    of variables: ReleaseVariables,
    _ isJoinable: Bool
  ) -> [ProviderPart]? {
    let (before, after) = (variables.providers[earlier], variables.providers[later])
    if before.isEmpty, after.isEmpty { return [] }
    guard isJoinable, !before.isEmpty, !after.isEmpty else { return nil }
    let changed = after.changed(since: before)
    return changed.isEmpty ? nil : changed
  }

  /// Whether the rule of dominance holds among the providers by whom the number changed; where nobody
  /// can tell, one may have brought all.
  private static func isDominated(
    _ magnitude: Int64,
    by providers: [ProviderPart]?,
    _ policy: Protection
  ) -> Bool {
    guard let rule = policy.dominance, policy.contributors.contains(.provider) else {
      return false
    }
    let largest = providers?.largest ?? [magnitude]
    return !largest.isEmpty && rule.required(total: magnitude, largest: largest) != nil
  }

  /// Whether the rule of dominance could hold among those whose amounts differ.
  ///
  /// No change of one person is larger than the largest amount before or after, or with credits both
  /// together: where even changes so large were no dominance, there is none.
  private static func mayBeDominated(
    _ magnitude: Int64,
    _ earlier: Int,
    _ later: Int,
    _ variables: ReleaseVariables,
    _ policy: Protection
  ) -> Bool {
    guard let rule = policy.dominance, policy.contributors.contains(.person) else { return false }
    let (before, after) = (variables.largest[0][earlier], variables.largest[0][later])
    let hasCredits = variables.hasCredits[earlier] || variables.hasCredits[later]
    let most = hasCredits ? before &+ after : max(before, after)
    return rule.required(total: magnitude, largest: [most, most, most]) != nil
  }
}
