import Tabular

/// What the lines of a report's period say of one source.
struct SourceFacts: Sendable {
  /// By how much each column is changed; in the order in which a report shows them.
  enum Fate: String, CaseIterable {
    case token
    case encoded
    case generalised
    case kept
    case dropped
  }

  /// Runs that accounted for its rows.
  private(set) var runCount = 0
  /// Of the last run that accounted.
  private(set) var columns: [Fate: [String]] = [:]
  /// Why numbers in kept columns are those of nobody, by column, as the policy says.
  private(set) var reviewed: [String: String] = [:]
  /// When columns got another fate.
  private(set) var columnChanges: [DutchTime] = []
  /// Rows of the run that rejected most.
  private(set) var worst: RowFacts?
  private(set) var worstDay: DutchTime?

  /// Distinct deliveries, by the first 64 bits of their keyed digests.
  private var deliveries: Set<UInt64> = []
  private(set) var hasMoreDeliveries = false
  private(set) var deliveredBytes = 0
  /// Runs that read it, by outcome: `read stale late not-due`.
  private(set) var readings = BoundedCounts()
  private(set) var corrected = 0
  private(set) var lastReading: DutchTime?

  /// The last account of each period of the pipeline, and of those for which there was no room.
  private var periods: [(label: String, rows: RowFacts)] = []
  private var earlier = RowFacts()

  private static let mostDeliveries = 1 << 16
  private static let mostPeriods = 24
  private static let mostColumns = 400
  private static let mostChanges = 8

  var deliveryCount: Int { deliveries.count }

  /// The rows of the last run of each period: a run that reads the same files again counts them anew.
  var rows: RowFacts {
    periods.reduce(into: earlier) { $0.add($1.rows) }
  }

  /// Takes what a run says of its rows and columns.
  mutating func account(_ value: JSONValue, period: String, at time: DutchTime) {
    runCount = runCount.plus(1)
    let rows = RowFacts(value)
    let rejected = rows.rejected.total
    if rejected > worst?.rejected.total ?? 0 {
      worst = rows
      worstDay = time
    }
    set(rows, of: period)
    var found: [Fate: [String]] = [:]
    for fate in Fate.allCases {
      found[fate] = (value["columns"]?[fate.rawValue]?.arrayValue ?? []).prefix(Self.mostColumns)
        .compactMap(\.stringValue).map(BoundedCounts.shortened)
    }
    if !columns.isEmpty, columns != found, columnChanges.count < Self.mostChanges {
      columnChanges.append(time)
    }
    columns = found
    reviewed = [:]
    let told = (value["columns"]?["reviewed"]?.objectValue ?? [:]).sorted { $0.key < $1.key }
    for (name, reason) in told.prefix(Self.mostColumns) {
      reviewed[BoundedCounts.shortened(name)] = BoundedCounts.shortened(reason.stringValue ?? "")
    }
  }

  /// Takes how many rows of a run found no person.
  mutating func link(_ value: JSONValue, period: String) {
    guard let place = periods.firstIndex(where: { $0.label == period }) else { return }
    periods[place].rows.unlinked = value.count("unlinked")
  }

  /// Takes which files a run read.
  mutating func read(_ record: LogRecord, at time: DutchTime) {
    readings.add(record.outcome)
    lastReading = time
    for input in record["input"]?.arrayValue ?? [] {
      guard let digest = input["digest"]?.stringValue,
        let number = UInt64(digest.prefix(16), radix: 16)
      else { continue }
      guard deliveries.count < Self.mostDeliveries || deliveries.contains(number) else {
        hasMoreDeliveries = true
        continue
      }
      guard deliveries.insert(number).inserted else { continue }
      deliveredBytes = deliveredBytes.plus(input.count("bytes"))
      if input["replaces"] != nil { corrected = corrected.plus(1) }
    }
  }

  private mutating func set(_ rows: RowFacts, of period: String) {
    if let place = periods.firstIndex(where: { $0.label == period }) {
      periods[place].rows = rows
      return
    }
    if periods.count == Self.mostPeriods { earlier.add(periods.removeFirst().rows) }
    periods.append((BoundedCounts.shortened(period), rows))
  }
}
