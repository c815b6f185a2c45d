/// Logarithm and exponential by the four basic operations.
///
/// Those of the C library differ in the last bit from one release and processor to the next; the
/// basic operations do not (IEEE 754), and the same seed must give the same bytes everywhere.
enum Arithmetic {
  private static let logarithmOf2 = 0.693_147_180_559_945_3

  /// The natural logarithm of a positive finite number.
  static func logarithm(_ number: Double) -> Double {
    var exponent = Double(number.exponent)
    var significand = number.significand  // in 1..<2
    if significand > 1.414_213_562_373_095 {
      significand /= 2
      exponent += 1
    }
    let ratio = (significand - 1) / (significand + 1)  // below 0.172 in size
    let square = ratio * ratio
    var sum = 0.0
    for odd in stride(from: 21, through: 1, by: -2) { sum = sum * square + 1 / Double(odd) }
    return 2 * ratio * sum + exponent * logarithmOf2
  }

  /// e to the power `number`, which is held within -600...600.
  static func exponential(_ number: Double) -> Double {
    let held = min(600, max(-600, number))
    let doublings = (held / logarithmOf2).rounded()
    let rest = held - doublings * logarithmOf2  // below 0.347 in size
    var sum = 1.0
    for term in stride(from: 14, through: 1, by: -1) { sum = 1 + sum * rest / Double(term) }
    return sum * Double(sign: .plus, exponent: Int(doublings), significand: 1)
  }
}
