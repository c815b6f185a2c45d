/// An address and who lives there.
struct Household {
  /// Neighbourhood number; nil outside the region.
  let neighbourhood: Int32?
  let postcode: Postcode
  let houseNumber: Int32
  /// A, B, C … where a house was split; else nil.
  let houseLetter: UInt8?
}
