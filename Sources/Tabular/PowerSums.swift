/// Power sums of what persons bring to a number: they tell in how many persons two versions of it
/// differ, and nothing else of them.
///
/// The sums of *c*·*x*ʲ for *j* = 1, 2, …, over the persons of the number, *x* from their key and *c*
/// what they bring, mod 2⁶¹ − 1. They add up over numbers that have nobody in common.
package enum PowerSums {
  /// 2⁶¹ − 1, a prime.
  package static let modulus: UInt64 = (1 << 61) - 1

  /// So many terms tell any number of persons below `minimum` from `minimum` and more; 0 where it
  /// would be too many.
  package static func termCount(minimum: Int64) -> Int {
    (2...32).contains(minimum) ? Int(2 * minimum - 1) : 0
  }

  /// Adds what a person brings.
  ///
  /// - Parameters:
  ///   - contribution: of the person.
  ///   - person: their key.
  ///   - sums: of many numbers, one after the other.
  ///   - start: where those of the number begin.
  ///   - termCount: how many they are.
  package static func add(
    _ contribution: Int64,
    of person: SetKey,
    to sums: inout [UInt64],
    at start: Int,
    termCount: Int
  ) {
    let base = element(of: person)
    let magnitude = contribution.magnitude % modulus
    var term = product(contribution < 0 ? negative(magnitude) : magnitude, base)
    for place in start..<start + termCount {
      sums[place] = sum(sums[place], term)
      term = product(term, base)
    }
  }

  /// Adds the power sums of another number.
  ///
  /// - Parameters:
  ///   - other: of the number.
  ///   - sums: of many numbers, one after the other.
  ///   - start: where those begin that it is added to.
  package static func add(_ other: ArraySlice<UInt64>, to sums: inout [UInt64], at start: Int) {
    for (place, term) in other.enumerated() { sums[start + place] = sum(sums[start + place], term) }
  }

  /// The power sums of two numbers together; empty where one of them is not known.
  package static func sum(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    left.count == right.count ? zip(left, right).map { sum($0, $1) } : []
  }

  /// The power sums of what one number has more than another; empty where one of them is not known.
  package static func difference(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    left.count == right.count ? zip(left, right).map { sum($0, negative($1)) } : []
  }

  /// What a person is in the sums.
  static func element(of person: SetKey) -> UInt64 {
    // 2⁶⁴ is 8 here; a division of 128 bits takes longer than all powers.
    let (high, low) = (person.name >> 64, person.name)
    return sum(
      product(folded(UInt64(truncatingIfNeeded: high)), 8),
      folded(UInt64(truncatingIfNeeded: low))
    )
  }

  private static func folded(_ number: UInt64) -> UInt64 { sum(number & modulus, number >> 61) }

  /// Two terms together.
  package static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let sum = left &+ right
    return sum >= modulus ? sum &- modulus : sum
  }

  static func negative(_ number: UInt64) -> UInt64 { number == 0 ? 0 : modulus &- number }

  /// 2⁶¹ is 1 here, so that the high part is added to the low one.
  static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return sum(low & modulus, high << 3 | low >> 61)
  }

  /// What gives 1 with a number: its power *p* − 2 (Fermat).
  static func inverse(of number: UInt64) -> UInt64 {
    var (result, square, rest) = (UInt64(1), number, modulus - 2)
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, square) }
      square = product(square, square)
      rest >>= 1
    }
    return result
  }
}
