/// A municipality's decision that a client gets a product, and what came of it.
struct SupportAssignment {
  /// As in `ToewijzingNummer`.
  let number: Int
  let product: SupportProduct
  /// Per week or month, as the product is counted.
  let volume: Int
  /// Days since 1970-01-01.
  let startDay: Int
  /// The last day that was decided; nil when none was.
  let endDay: Int?
  /// The last day of support, when it has stopped.
  let stopDay: Int?
  /// Whether the provider told the start (305).
  let isStartTold: Bool

  /// The last day of support so far known.
  var lastDay: Int { stopDay ?? endDay ?? .max }

  /// Whether support is given in a month.
  func isActive(from firstDay: Int, to lastDay: Int) -> Bool {
    startDay <= lastDay && self.lastDay >= firstDay
  }
}
