/// Power sums of what persons bring to a number: they tell in how many persons two versions of it
/// differ, and nothing else of them.
///
/// The sums of *c*·*x*ʲ for *j* = 1, 2, …, over the persons of the number, *x* from their key and *c*
/// what they bring, mod 2⁶¹ − 1. The difference of two versions is that of the persons whose part
/// differs, so the length of its shortest linear recurrence is how many they are (Ben-Or and Tiwari,
/// 1988; Massey, 1969; Dodis, Reyzin and Smith, 2004, reconcile sets so).
package enum PowerSums {
  /// 2⁶¹ − 1.
  package static let modulus: UInt64 = (1 << 61) - 1

  /// So many terms tell any number of persons below `minimum` from `minimum` and more; 0 where it
  /// would be too many.
  package static func termCount(minimum: Int64) -> Int {
    (2...32).contains(minimum) ? Int(2 * minimum - 1) : 0
  }
}
