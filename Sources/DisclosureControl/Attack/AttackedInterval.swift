/// The least and the greatest number that fit all that is shown.
package struct AttackedInterval: Sendable, Hashable {
  package let lower: Double
  /// Infinite where nothing limits it.
  package let upper: Double

  var width: Double { upper - lower }

  /// Whether it reaches as far as it must, within what Clp may round.
  func reaches(_ required: RequiredInterval) -> Bool {
    let slack = 1e-6 * max(1, Double(required.upper.magnitude))
    return lower <= Double(required.lower) + slack && upper >= Double(required.upper) - slack
  }
}
