/// A place on the map, in metres as those of the national grid (RD).
struct Position {
  let x: Int
  let y: Int

  init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }

  /// Where a neighbourhood lies, in the block of its district and of its municipality.
  ///
  /// No two neighbourhoods share a place.
  init(municipality: Int, district: Int, number: Int, _ random: inout RandomStream) {
    // Blocks of 18, 2.4 and 0.6 kilometres, three, seven and four of them in a row.
    x =
      214_000 + municipality % 3 * 18_000 + district % 7 * 2_400 + number % 4 * 600
      + random.below(400)
    y =
      428_000 + municipality / 3 * 18_000 + district / 7 * 2_400 + number / 4 * 600
      + random.below(400)
  }

  /// The middle of some places; nil of none.
  init?(middleOf places: [Position]) {
    guard !places.isEmpty else { return nil }
    x = places.map(\.x).reduce(0, +) / places.count
    y = places.map(\.y).reduce(0, +) / places.count
  }
}
