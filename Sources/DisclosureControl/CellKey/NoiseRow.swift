import Glibc

/// How a count of so many persons is moved: the most random moves that leave its mean alone.
///
/// Of all distributions on the allowed moves v with mean 0 and a given variance, the one of greatest
/// entropy: p ∝ e^(−λv−μv²) (Gießing, 2016). λ and μ lie where a convex function of both is least.
struct NoiseRow: Sendable {
  /// Ascending.
  let moves: [Int64]
  /// One a move; they add up to 1.
  let chances: [Double]

  /// Both moments are met so closely.
  private static let tolerance = 1e-12

  /// Nil where no distribution on these moves has both moments, but for limits of one.
  ///
  /// - Parameters:
  ///   - moves: the allowed ones, ascending.
  ///   - variance: the mean square of the moves.
  init?(moves: [Int64], variance: Double) {
    var point = Point(moves, 0, 0, variance)
    for _ in 0..<200 where !point.isMet(within: Self.tolerance) {
      guard let next = point.next(moves, variance) else { return nil }
      point = next
    }
    guard point.isMet(within: Self.tolerance) else { return nil }
    self.moves = moves
    chances = point.chances
  }

  /// How much the move of one person is a surprise, in bits.
  var entropy: Double { chances.reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 } }

  /// The least move up to which the chances exceed draw ÷ 2³².
  func move(at draw: UInt32) -> Int64 {
    let u = Double(draw) / 4_294_967_296
    var cumulative = 0.0
    for (move, chance) in zip(moves, chances) {
      cumulative += chance
      if cumulative > u { return move }
    }
    return moves.last ?? 0
  }

  /// A pair of λ and μ, and the distribution that they make.
  private struct Point {
    let lambda: Double
    let mu: Double
    let chances: [Double]
    /// ln Σe^(−λv−μv²) + μV, which is least where both moments are met.
    let height: Double
    /// Its slopes, and how these change.
    let slope: (lambda: Double, mu: Double)
    let bend: (lambda: Double, both: Double, mu: Double)

    init(_ moves: [Int64], _ lambda: Double, _ mu: Double, _ variance: Double) {
      let values = moves.map { Double($0) }
      let exponents = values.map { -lambda * $0 - mu * $0 * $0 }
      let most = exponents.max() ?? 0
      let weights = exponents.map { exp($0 - most) }
      let total = weights.reduce(0, +)
      let chances = weights.map { $0 / total }
      func moment(_ power: Int) -> Double {
        zip(values, chances).reduce(0) { sum, pair in
          sum + pair.1 * (0..<power).reduce(1) { product, _ in product * pair.0 }
        }
      }
      let moments = (1...4).map(moment)
      self.lambda = lambda
      self.mu = mu
      self.chances = chances
      height = most + log(total) + mu * variance
      slope = (-moments[0], variance - moments[1])
      bend = (
        moments[1] - moments[0] * moments[0],
        moments[2] - moments[0] * moments[1],
        moments[3] - moments[1] * moments[1]
      )
    }

    func isMet(within tolerance: Double) -> Bool {
      abs(slope.lambda) <= tolerance && abs(slope.mu) <= tolerance
    }

    /// A step of Newton's, halved until it leads down; nil where none does.
    func next(_ moves: [Int64], _ variance: Double) -> Point? {
      let determinant = bend.lambda * bend.mu - bend.both * bend.both
      guard determinant > 0 else { return nil }
      let step = (
        lambda: (bend.both * slope.mu - bend.mu * slope.lambda) / determinant,
        mu: (bend.both * slope.lambda - bend.lambda * slope.mu) / determinant
      )
      let descent = slope.lambda * step.lambda + slope.mu * step.mu
      var length = 1.0
      while length > 1e-9 {
        let point = Point(moves, lambda + length * step.lambda, mu + length * step.mu, variance)
        // Near the end the height is flat to the last digit: the slopes alone tell.
        if point.height <= height + 1e-4 * length * descent || isMet(within: 1e-6) { return point }
        length /= 2
      }
      return nil
    }
  }
}
