/// What is known of everything that was ever delivered to a pipeline.
///
/// It stands in `deliveries.ledger` of the work folder: a run reads it before the first extract, and
/// writes it anew, whole, when all sources are staged.
struct DeliveryLedger: Sendable, Equatable {
  /// The pipeline whose it is; nil in older ledgers, which did not say.
  var pipeline: String?
  /// In the order in which they were first seen.
  var files: [LedgerFile] = []
  /// In the order in which they were accepted.
  var deliveries: [LedgerDelivery] = []

  /// So many deliveries of a source are kept to compare with; its files are kept for ever.
  private static let deliveryLimit = 36

  /// The good delivery before one: of the latest earlier period, or the last one of other files
  /// where nothing has a period.
  ///
  /// - Parameters:
  ///   - period: of the delivery at hand; empty for none.
  ///   - source: whose delivery it is.
  ///   - files: the digest of the files at hand.
  /// - Returns: nil when it is the first.
  func delivery(before period: String, of source: String, files: String) -> LedgerDelivery? {
    let others = deliveries.filter { $0.source == source }
    if period.isEmpty { return others.last { $0.period.isEmpty && $0.files != files } }
    return others.filter { !$0.period.isEmpty && $0.period < period }.max { $0.period < $1.period }
  }

  /// Keeps what a good delivery came to, in place of what that period had before.
  mutating func keep(_ delivery: LedgerDelivery) {
    let same = deliveries.lastIndex {
      $0.source == delivery.source && $0.period == delivery.period
        && (!delivery.period.isEmpty || $0.files == delivery.files)
    }
    if let same {
      deliveries[same] = delivery
      return
    }
    deliveries.append(delivery)
    let kept = deliveries.filter { $0.source == delivery.source }
    if kept.count > Self.deliveryLimit,
      let oldest = kept.min(by: { $0.period < $1.period }),
      let place = deliveries.firstIndex(of: oldest)
    {
      deliveries.remove(at: place)
    }
  }
}
