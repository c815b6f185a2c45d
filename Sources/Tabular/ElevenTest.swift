/// Whether a number can be a BSN: 9·d₁ + 8·d₂ + … + 2·d₈ − d₉ is a multiple of eleven.
///
/// - Parameter number: with the zeros before it left out; zero, which would pass, does not count.
/// - Returns: false for what has more than nine digits.
package func passesElevenTest(_ number: Int64) -> Bool {
  guard 1...999_999_999 ~= number else { return false }
  var rest = UInt32(truncatingIfNeeded: number)
  var sum = -Int32(truncatingIfNeeded: rest % 10)
  for weight in 2...9 as ClosedRange<Int32> {
    rest /= 10
    sum += weight * Int32(truncatingIfNeeded: rest % 10)
  }
  return sum % 11 == 0
}
