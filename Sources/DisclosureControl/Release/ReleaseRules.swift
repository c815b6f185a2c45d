import PipelineFile
import Tabular

/// Which numbers of a release must not be known, and how uncertain an attacker must be left of each.
struct ReleaseRules: Sendable {
  let minimum: Int64
  let dominance: Protection.Dominance?

  /// What is required of a variable; nil where it may be known.
  func required(_ variable: Int, of variables: ReleaseVariables) -> RequiredInterval? {
    if variables.isOpen[variable] { return nil }
    let value = variables.values[variable]
    guard variables.isSum[variable] else {
      guard 0 < value, value < minimum else { return nil }
      // Of what nobody would print it is enough that it is not told exactly.
      return variables.isPiece[variable]
        ? RequiredInterval(lower: value - 1, upper: value + 1) : .ofFew(minimum: minimum)
    }
    let contributors = variables.contributors[variable]
    guard contributors > 0 else { return nil }
    let largest = variables.largest.map { $0[variable] }
    let ofFew =
      contributors < minimum ? few(value, largest: largest[0] > 0 ? largest[0] : value) : nil
    let dominated = dominance?.required(total: magnitude(of: value), largest: largest)
    guard let ofFew else { return dominated }
    guard let dominated else { return ofFew }
    return RequiredInterval(
      lower: min(ofFew.lower, dominated.lower),
      upper: max(ofFew.upper, dominated.upper)
    )
  }

  /// The sum may be one without, or with twice, its largest contribution.
  private func few(_ value: Int64, largest: Int64) -> RequiredInterval {
    let step = magnitude(of: largest)
    return RequiredInterval(
      lower: value.subtractingReportingOverflow(step).partialValue,
      upper: value.addingReportingOverflow(step).partialValue
    )
  }

  private func magnitude(of value: Int64) -> Int64 { Int64(clamping: value.magnitude) }
}
