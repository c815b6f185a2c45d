/// Makes up what a client was assigned, when it began and when it stopped.
struct AssignmentPlan {
  let seed: UInt64
  let client: Int
  let isNew: Bool

  // 2026-08-31, the last day of the extracts.
  private static let lastDay = Population.registerDay + 242

  private static let productChoice = WeightedChoice(
    ranks: SupportProduct.all.count,
    head: 2
  )

  /// One product for most, two for one in ten.
  func assignments() -> [SupportAssignment] {
    var random = RandomStream(seed, .assignment, client)
    let first = Self.productChoice.pick(&random)
    let second = Self.productChoice.pick(&random)
    let products = random.chance(0.12) && second != first ? [first, second] : [first]
    return products.enumerated().map { position, product in
      assignment(position, SupportProduct.all[product])
    }
  }

  private func assignment(_ position: Int, _ product: SupportProduct) -> SupportAssignment {
    var random = RandomStream(seed, .assignment, client, position + 1)
    let start =
      isNew
      ? Population.registerDay + 12 + random.below(195)
      : Population.registerDay - 20 - random.below(500)
    let hasEnd = random.chance(0.7)
    let end = max(start, Population.registerDay) + 90 + random.below(365)
    let stops = random.chance(isNew ? 0.45 : 0.12)
    let stop = max(start + 21, Population.registerDay + 5) + random.below(170)
    return SupportAssignment(
      number: 100_000_000 + client * 10 + position,
      product: product,
      volume: random.within(product.volumes),
      startDay: start,
      endDay: hasEnd ? end : nil,
      stopDay: stops && stop <= Self.lastDay && (!hasEnd || stop <= end) ? stop : nil,
      isStartTold: random.chance(0.96)
    )
  }
}
