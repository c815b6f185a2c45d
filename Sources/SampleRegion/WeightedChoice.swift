/// A choice among numbered things, some likelier than others.
struct WeightedChoice {
  /// Running totals of the weights, rising.
  private let bounds: [Double]

  /// - Parameter weights: none negative.
  init(_ weights: [Double]) {
    var total = 0.0
    bounds = weights.map { weight in
      total += max(0, weight)
      return total
    }
  }

  /// Weights that fall with rank as those of names do.
  ///
  /// - Parameters:
  ///   - count: how many things, the commonest first.
  ///   - head: how flat the top is: the first weighs as much as `head + 1` of rank `head`.
  init(ranks count: Int, head: Double) {
    self.init((0..<count).map { 1 / (Double($0) + head) })
  }

  var total: Double { bounds.last ?? 0 }

  /// The number of a thing; 0 when there is none.
  func pick(_ random: inout RandomStream) -> Int {
    guard bounds.count > 1 else { return 0 }
    let wanted = random.unit() * total
    var low = 0
    var high = bounds.count - 1
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] > wanted { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
