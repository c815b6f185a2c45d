/// Columns whose agreement is one piece of evidence, not several: families share name and house.
///
/// A pair of equal values in all of them is weighed as a whole, without frequencies: sharing a house
/// says nothing about how rare a name is.
struct JointLevel: Sendable, Hashable {
  /// Numbers of comparisons, ascending; two or three.
  let members: [Int]
  /// The share of pairs of different people that agree on all members.
  let u: Double
  /// How much more often than independence would have it: log₂(u / product of the members' u).
  let dependence: Double
}
