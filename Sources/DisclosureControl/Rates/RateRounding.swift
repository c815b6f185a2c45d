/// How exactly a rate is told where it must not tell what it is made of.
///
/// To a multiple of 1, 2 or 5 that is at most half of its standard error, as chance makes it: the
/// rounding moves it by a quarter of that or less.
enum RateRounding {
  /// A rate, or what is expected.
  ///
  /// - Parameters:
  ///   - value: in any unit, 0 or more.
  ///   - events: that are counted, or expected.
  /// - Returns: in the same unit.
  static func rate(_ value: Int64, ofEvents events: Double) -> Int64 {
    rounded(value, toMultipleOf: step(value, ofEvents: events))
  }

  /// What a rate is told a multiple of; 1 or more.
  static func step(_ value: Int64, ofEvents events: Double) -> Int64 {
    let most = Double(value) * (events > 4 ? 0.5 / events.squareRoot() : 0.25)
    var power: Int64 = 1
    while power <= Int64.max / 10, Double(power) * 10 <= most { power *= 10 }
    return [5, 2].map { $0 * power }.first { Double($0) <= most } ?? power
  }

  /// By how much the limits lie off for one event: in two digits.
  static func width(_ value: Int64) -> Int64 { coarser(value, digits: 2) }
}
