import Tabular
import TestSupport
import Testing

@testable import Pseudonymisation

@Suite("The stories of corrections that the standard tells")
struct CorrectionStoriesTests {
  /// Of one message: a client who starts with a product.
  private func start(
    _ product: String,
    to receiver: String,
    on day: String,
    _ message: String,
    _ date: String,
    _ action: RowCorrection.Action
  ) -> MessageRow {
    let rank: [RowCorrection.Action: Int] = [.remove: 0, .replace: 1, .add: 2]
    return MessageRow(
      bsn: 100_000_009,
      product: "\(product) \(receiver) \(day)",
      key: "305|98200002|\(receiver)|100000009|1|\(product)|\(day)",
      order: "\(date)\(rank[action, default: 3])|\(message)",
      action: action
    )
  }

  @Test(
    "a start, a removal that misses it, a start of the same day, its removal a week later",
    arguments: 0..<24 as Range<UInt64>
  )
  func removalsThatMiss(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rows = [
      start("01A02", to: "0384", on: "20150201", "B-02", "20150201", .add),
      // To another municipality: nobody sent what it takes back.
      start("01A02", to: "0385", on: "20150201", "F-01", "20150210", .remove),
      start("01A02", to: "0385", on: "20150201", "F-02", "20150210", .add),
      start("01A02", to: "0385", on: "20150201", "E-01", "20150217", .remove),
      start("01A02", to: "0385", on: "20150208", "E-01", "20150217", .add),
    ]
    .shuffled(using: &random)
    let cut = Int.random(in: 0...rows.count, using: &random)
    let pseudonymiser = try SmallNight(text: CorrectingNight.text).pseudonymiser("support")
    let source = try SettledSource(
      pseudonymiser,
      [rows[..<cut], rows[cut...]].map { ClearBatch(Array($0), pseudonymiser.plan) }
    )
    let products = source.staged.groups.flatMap { group -> [String] in
      guard case .codes(let codes, let texts)? = group.rows.table["product"] else { return [] }
      return codes.map { texts[Int($0)] }
    }
    #expect(products.sorted() == ["01A02 0384 20150201", "01A02 0385 20150208"], "seed \(seed)")
    #expect(source.settlement.removalsWithoutTarget == 1, "seed \(seed)")
    #expect(source.settlement.removedCount == 3, "seed \(seed)")
    #expect(source.settlement.replacedCount == 0, "seed \(seed)")
  }
}
