package import Tabular

/// The months that an accumulator looks at: `over last 12 months`, `over next 12 months`.
package struct Window: Sendable, Hashable {
  /// On which side of the end of the period the months lie, as it is written.
  package enum Side: String, Sendable { case last, next }

  package let side: Side
  package let months: Int

  /// How many months there may be.
  package static let monthCounts = 1...120

  /// The days of the months up to the end of a period, that included, or of those after it.
  ///
  /// - Parameter end: the last day of a month.
  /// - Returns: the first and the last day, not before the year 1.
  package func days(around end: CivilDate) -> ClosedRange<CivilDate> {
    let next = CivilDate(dayNumber: end.dayNumber + 1)
    let other = next.year * 12 + next.month - 1 + (side == .last ? -months : months)
    let there = CivilDate(year: other / 12, month: other % 12 + 1, day: 1)?.dayNumber
    return switch side {
    case .last: CivilDate(dayNumber: there ?? -719_162)...end
    case .next: next...max(next, CivilDate(dayNumber: (there ?? 2_932_897) - 1))
    }
  }
}

extension Window: CustomStringConvertible {
  /// As it is written.
  package var description: String { "over \(side.rawValue) \(months) months" }
}
