import PipelineFile
import Tabular

/// Which numbers of a release must not be known, and how uncertain an attacker must be left of each.
struct ReleaseRules: Sendable {
  let minimum: Int64
  let dominance: Protection.Dominance?
  /// Whom dominance looks at.
  var dominating: Protection.Contributors = .person

  /// What is required of each variable; nil where it may be known.
  func required(of variables: ReleaseVariables) -> [RequiredInterval?] {
    var required = (0..<variables.count).map { self.required($0, of: variables) }
    let told = ToldRanges(variables)
    for (number, interval) in required.enumerated() {
      required[number] = interval?.within(told[number])
    }
    return required
  }

  /// The rules that held on the night of a number: no more can be asked of it than was then, and no less
  /// is.
  func of(_ night: ReleaseVariables.Night) -> ReleaseRules {
    guard case .earlier(false, let least, let hasDominance) = night else { return self }
    return ReleaseRules(
      minimum: least,
      dominance: hasDominance ? dominance : nil,
      dominating: dominating
    )
  }

  private func required(_ variable: Int, of variables: ReleaseVariables) -> RequiredInterval? {
    let changed = variables.uncertainBy[variable].map { step in
      let value = variables.values[variable]
      return RequiredInterval(
        lower: value.subtractingReportingOverflow(step).partialValue,
        upper: value.addingReportingOverflow(step).partialValue
      )
    }
    return .wider(ofItself(variable, of: variables), changed)
  }

  private func ofItself(_ variable: Int, of variables: ReleaseVariables) -> RequiredInterval? {
    if variables.isOpen[variable] { return nil }
    let night = variables.nights[variable]
    switch night {
    case .tonight: return requiredOnItsNight(variable, of: variables)
    // What was told cannot be taken back.
    case .seenBefore, .earlier(true, _, _): return nil
    case .earlier(false, _, _): return of(night).requiredOnItsNight(variable, of: variables)
    case .change(let change): return change.required
    }
  }

  private func requiredOnItsNight(
    _ variable: Int,
    of variables: ReleaseVariables
  ) -> RequiredInterval? {
    let value = variables.values[variable]
    guard variables.isSum[variable] else {
      let few = few(of: value, variable, variables)
      guard let limit = variables.groupLimits[variable] else { return few }
      // Nearly all of a cell are alike: they may be so few that it is not nearly all.
      return RequiredInterval(
        lower: min(limit, few?.lower ?? limit),
        upper: max(value, few?.upper ?? value)
      )
    }
    let contributors = variables.contributors[variable]
    guard contributors > 0 else {
      // Where persons may be, there may be something of theirs: one unit is enough.
      return variables.hidesZeros && variables.isUncertain[variable]
        ? RequiredInterval(lower: value, upper: value + 1) : nil
    }
    let largest = variables.largest.map { $0[variable] }
    let ofFew =
      contributors < minimum ? few(value, largest: largest[0] > 0 ? largest[0] : value) : nil
    guard dominance != nil else { return ofFew }
    return .wider(ofFew, dominated(value, largest, variables.providers[variable].largest))
  }

  /// What is required of a sum because of those who dominate it; nil where nobody does.
  ///
  /// - Parameters:
  ///   - value: the sum.
  ///   - persons: the largest contributions of persons.
  ///   - providers: those of providers; empty where nobody can tell.
  /// - Returns: the wider of what both ask for; nil where the sum may be known.
  func dominated(
    _ value: Int64,
    _ persons: [Int64],
    _ providers: [Int64]
  ) -> RequiredInterval? {
    let total = magnitude(of: value)
    return .wider(
      dominating.contains(.person) ? dominance?.required(total: total, largest: persons) : nil,
      dominating.contains(.provider) && !providers.isEmpty
        ? dominance?.required(total: total, largest: providers) : nil
    )
  }

  /// What is required of so many persons for being few; nil where they are not.
  private func few(
    of value: Int64,
    _ variable: Int,
    _ variables: ReleaseVariables
  ) -> RequiredInterval? {
    if value == 0 {
      return variables.hidesZeros && variables.isUncertain[variable]
        ? RequiredInterval(lower: 0, upper: minimum) : nil
    }
    guard 0 < value, value < minimum else { return nil }
    // Of what nobody would print it is enough that it is not told exactly.
    return variables.isPiece[variable]
      ? RequiredInterval(lower: value - 1, upper: value + 1) : .ofFew(minimum: minimum)
  }

  /// What is required of a sum to someone who knows that so much of it is his own: the same of the
  /// rest.
  ///
  /// - Parameters:
  ///   - variable: the sum.
  ///   - share: his contribution.
  ///   - variables: all numbers of the release.
  /// - Returns: bounds of the whole sum; nil where the rest may be known.
  func required(
    _ variable: Int,
    without share: Int64,
    of variables: ReleaseVariables
  ) -> RequiredInterval? {
    of(variables.nights[variable]).requiredOnItsNight(variable, without: share, of: variables)
  }

  private func requiredOnItsNight(
    _ variable: Int,
    without share: Int64,
    of variables: ReleaseVariables
  ) -> RequiredInterval? {
    let value = variables.values[variable]
    let contributors = variables.contributors[variable] - 1
    guard contributors > 0 else { return nil }
    var largest = variables.largest.map { $0[variable] }
    if let own = largest.firstIndex(of: magnitude(of: share)) {
      largest.remove(at: own)
    } else {
      largest.removeLast()
    }
    let rest = value.subtractingReportingOverflow(share).partialValue
    let ofFew =
      contributors < minimum ? few(rest, largest: largest[0] > 0 ? largest[0] : rest) : nil
    // Whose rows his are nobody else can tell: what a provider brings to the rest is no more.
    let providers = within(rest, variables.providers[variable].largest, of: variable, variables)
    guard let required = RequiredInterval.wider(ofFew, dominated(rest, largest, providers)) else {
      return nil
    }
    // What he knows of it may be less than he brings: then he is one of the largest himself, and
    // nothing can be asked below what he knows.
    let least = required.lower.addingReportingOverflow(share).partialValue
    return RequiredInterval(
      lower: variables.hasCredits[variable] ? least : max(least, share),
      upper: required.upper.addingReportingOverflow(share).partialValue
    )
  }

  /// What contributors bring at most to a rest: no more than to the whole, and together no more than the
  /// rest is.
  func within(
    _ rest: Int64,
    _ largest: [Int64],
    of variable: Int,
    _ variables: ReleaseVariables
  ) -> [Int64] {
    if variables.hasCredits[variable] { return largest }
    var left = magnitude(of: rest)
    return largest.map { number in
      let most = min(number, left)
      left -= most
      return most
    }
  }

  /// The sum may be one without, or with twice, its largest contribution.
  func few(_ value: Int64, largest: Int64) -> RequiredInterval {
    let step = magnitude(of: largest)
    return RequiredInterval(
      lower: value.subtractingReportingOverflow(step).partialValue,
      upper: value.addingReportingOverflow(step).partialValue
    )
  }

  private func magnitude(of value: Int64) -> Int64 { Int64(clamping: value.magnitude) }
}
