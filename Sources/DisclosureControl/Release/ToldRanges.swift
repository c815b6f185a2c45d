import Tabular

/// Between which numbers anyone places what is hidden, by what other nights told of it.
///
/// Where nobody left since a number was told, it is no smaller now; and so its change since a night before
/// that is no smaller than what is known to have changed in between. What was told cannot be taken back,
/// so that nobody can ask for more than that leaves open. What tonight would tell is no such thing: it is
/// told only if what is asked of all nights before holds beside it.
struct ToldRanges {
  private var ranges: [Int: ClosedRange<Int64>] = [:]

  init(_ variables: ReleaseVariables) {
    for (_, change) in variables.changes where change.hasOneDirection {
      let (earlier, later) = (change.earlier, change.later)
      for (number, told) in [(later, earlier), (earlier, later)]
      where variables.state(of: told) == .fixed {
        let isLarger = (number == later) == change.isGrowth
        let value = variables.values[told]
        let before = self[number]
        ranges[number] =
          isLarger
          ? max(value, before.lowerBound)...max(value, before.upperBound)
          : min(value, before.lowerBound)...min(value, before.upperBound)
      }
    }
    if ranges.isEmpty { return }
    for (variable, change) in variables.changes {
      let (more, less) =
        change.isGrowth ? (change.later, change.earlier) : (change.earlier, change.later)
      let (most, least) = (range(of: more, variables), range(of: less, variables))
      let lower =
        most.lowerBound == .min || least.upperBound == .max
        ? .min : most.lowerBound.subtractingReportingOverflow(least.upperBound).partialValue
      let upper =
        most.upperBound == .max || least.lowerBound == .min
        ? .max : most.upperBound.subtractingReportingOverflow(least.lowerBound).partialValue
      if lower <= change.magnitude, change.magnitude <= upper {
        ranges[Int(variable)] = lower...upper
      }
    }
  }

  /// Everything where nothing was told.
  subscript(variable: Int) -> ClosedRange<Int64> { ranges[variable] ?? .min ... .max }

  private func range(of variable: Int, _ variables: ReleaseVariables) -> ClosedRange<Int64> {
    let value = variables.values[variable]
    return variables.state(of: variable) == .fixed ? value...value : self[variable]
  }
}
