import Testing

@testable import NightlyRun
@testable import PipelineFile

@Suite("What has changed since the last good delivery")
struct DeliveryDriftTests {
  private var delivery: LedgerDelivery {
    var delivery = LedgerDelivery(source: "care", period: "2026-07", files: "1")
    delivery.rowCount = 100
    delivery.typedCount = 100
    delivery.columnNames = ["amount", "bsn", "practice"]
    delivery.missing = ["amount": 10]
    return delivery
  }

  private func changes(_ change: (inout LedgerDelivery) -> Void) -> [String] {
    var changed = delivery
    change(&changed)
    return Night.changes(from: delivery, to: changed, of: claimsSource()).map(\.sentence)
  }

  @Test("what is the same is no change, and neither is a column that nobody asked for and is gone")
  func same() {
    #expect(changes { _ in }.isEmpty)
    #expect(changes { $0.columnNames = ["amount", "bsn"] }.isEmpty)
    #expect(changes { $0.rowCount = 200 }.isEmpty)
  }

  @Test("a new column is told by its name, and policy decides what it costs")
  func newColumn() {
    #expect(changes { $0.columnNames.append("x") } == ["found a new column 'x'"])
    var source = claimsSource()
    source.drift.new = .fail
    var changed = delivery
    changed.columnNames.append("x")
    #expect(Night.changes(from: delivery, to: changed, of: source).map(\.action) == [.fail])
  }

  @Test("five points more of missing values, or of rejects, are told; four are not")
  func points() {
    #expect(changes { $0.missing = ["amount": 14] }.isEmpty)
    #expect(changes { $0.missing = ["amount": 15] }.count == 1)
    #expect(changes { $0.missing = [:] }.isEmpty)
    #expect(changes { $0.rejectedCount = 4 }.isEmpty)
    #expect(changes { $0.rejectedCount = 5 }.count == 1)
  }

  @Test("a new column of a source that names them all is not told a second time, nor are codes")
  func toldElsewhere() {
    var source = claimsSource()
    source.drift.namesAllColumns = true
    var changed = delivery
    changed.columnNames.append("x")
    changed.unknownCodes = ["amount": 1]
    #expect(Night.changes(from: delivery, to: changed, of: source).isEmpty)
  }
}
