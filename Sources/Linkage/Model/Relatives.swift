/// Pairs of different people who are no strangers to each other: families, housemates, twins.
///
/// They agree on name and address together, so that agreement of both is no proof of one person.
struct Relatives: Sendable, Hashable {
  /// How often each level holds among them.
  var shares: LevelShares
  /// Their share of all pairs.
  var share: Double
  /// How many of them may be twins, or have one first name.
  let namesakes: ClosedRange<Double>
}
