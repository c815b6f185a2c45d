/// A figure with its limits, or the reason why it has none.
package struct Estimate: Equatable, Sendable {
  /// Nil when the mark says why.
  package let value: Double?
  /// Nil also when too few persons stand behind the value.
  package let interval: Interval?
  package let mark: Mark?

  /// An estimate without a value.
  static func none(_ mark: Mark) -> Estimate { Estimate(value: nil, interval: nil, mark: mark) }

  /// Gives the same estimate per `unit`, such as 1000 persons.
  package func per(_ unit: Double) -> Estimate {
    Estimate(value: value.map { $0 * unit }, interval: interval?.scaled(by: unit), mark: mark)
  }
}
