package import PipelineFile

/// Sees that noise can be made, before anything is read.
///
/// - Throws: `noise` for the first count that cannot be moved so.
package func check(_ noise: CellKeyNoise) throws(DisclosureControlError) {
  _ = try NoiseTable(noise)
}

/// How counts of any size are moved.
///
/// A count never falls below 0 and never becomes 1 to `gap`; 0 stays 0.
struct NoiseTable: Sendable {
  /// Of the counts 1, 2 and so on; the last holds for all greater ones too.
  let rows: [NoiseRow]

  /// Makes the distributions.
  ///
  /// - Throws: `noise` for the first count that cannot be moved so.
  init(_ noise: CellKeyNoise) throws(DisclosureControlError) {
    var rows: [NoiseRow] = []
    for count in 1...noise.atMost + noise.gap + 1 {
      let moves = (-noise.atMost...noise.atMost).filter { move in
        count + move == 0 || count + move > noise.gap && count + move >= 0
      }
      guard let row = NoiseRow(moves: moves, variance: Double(noise.variance)) else {
        throw .noise(count: count, bits: nil)
      }
      // Below one bit whoever knows the table guesses the move more often right than wrong.
      guard row.entropy >= 1 else { throw .noise(count: count, bits: row.entropy) }
      rows.append(row)
    }
    self.rows = rows
  }

  /// How far a count of a set of persons moves.
  ///
  /// - Parameters:
  ///   - count: of the persons, not negative.
  ///   - draw: of the set.
  /// - Returns: within the limit; 0 of nobody.
  func move(of count: Int64, at draw: UInt32) -> Int64 {
    count > 0 ? rows[Int(min(count, Int64(rows.count))) - 1].move(at: draw) : 0
  }
}
