import Tabular
import TestSupport

/// Tables of made-up persons that hang together.
struct RandomRelease {
  let region: RandomRegion
  let cuts: [RandomRegion.Cut]
  var tables: [CellTable]
  /// What joins the tables, where their cuts form a cycle.
  let pieces: [CellTable]

  /// Cuts of areas of one level.
  private static let flat = [[0, 1], [0, 2], [0, 1, 2], [1, 3], [0], [3], [0, 3], [2, 3]]
  /// Cuts by areas of three levels.
  private static let ofAreas = [
    [0, 1], [0, 2], [0], [0, 3], [4, 1], [4, 2, 3], [4], [4, 1, 2], [5, 1], [5, 2, 3], [5, 3], [5],
    [4, 0], [5, 4, 0], [5, 0, 2], [4, 0, 1], [1, 2],
  ]

  /// All of it follows from the seed.
  ///
  /// - Parameters:
  ///   - seed: of the random numbers.
  ///   - size: of the region.
  ///   - given: for each table its dimensions; random ones unless given.
  init(seed: UInt64, _ size: RandomRegion.Size = .flat, cuts given: [[Int]]? = nil) {
    var random = SeededGenerator(seed: seed)
    let region = RandomRegion(&random, size)
    let hasAreas = region.municipalities.count > 1
    let choices = hasAreas ? Self.ofAreas : Self.flat
    let count = Int.random(in: hasAreas ? 2...3 : 1...2, using: &random)
    let dimensions = given ?? Array(choices.shuffled(using: &random).prefix(count))
    let cuts = dimensions.enumerated().map { number, dimensions in
      RandomRegion.Cut(
        name: "table\(number)",
        dimensions: dimensions,
        isTotalled: dimensions.map { _ in Bool.random(using: &random) },
        hasPart: Bool.random(using: &random),
        hasAmount: Bool.random(using: &random)
      )
    }
    self.region = region
    self.cuts = cuts
    tables = cuts.map { region.table($0) }
    pieces = region.pieces(of: cuts)
  }
}
