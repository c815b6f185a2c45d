@testable import Tabular

/// Power sums as their words say: the sum of *c*·*x*ʲ, by numbers of 128 bits.
///
/// - Parameters:
///   - parts: what each person brings, by number.
///   - keys: one a person.
///   - termCount: how many sums.
/// - Returns: mod 2⁶¹ − 1.
func plainPowerSums(_ parts: [Int: Int64], keys: [SetKey], termCount: Int) -> [UInt64] {
  let modulus = UInt128(PowerSums.modulus)
  var sums = [UInt128](repeating: 0, count: termCount)
  for (person, part) in parts {
    let element = keys[person].name % modulus
    var term = (UInt128(part.magnitude) % modulus) * element % modulus
    for place in sums.indices {
      sums[place] = (sums[place] + (part < 0 ? modulus - term : term)) % modulus
      term = term * element % modulus
    }
  }
  return sums.map { UInt64($0) }
}
