import Tabular

/// What was published.
struct ReleaseFacts: Hashable {
  /// The last state of one table.
  struct Table: Hashable {
    var releaseCount = 0
    var digest = ""
    var cellCount = 0
    var hiddenCount = 0
    var lastDay = 0
  }

  private(set) var count = 0
  private(set) var periods = BoundedCounts()
  private(set) var tables: [String: Table] = [:]
  private(set) var minimum = 0
  /// `k_min alone under_5 under_10` of the last linked set.
  var uniqueness: JSONValue?

  private static let mostTables = 40

  mutating func take(_ record: LogRecord, period: String, at time: DutchTime) {
    count += 1
    if !period.isEmpty { periods.add(period) }
    minimum = record["minimum"]?.count ?? minimum
    for output in record["output"]?.arrayValue ?? [] {
      let name = output.text("table")
      guard tables[name] != nil || tables.count < Self.mostTables else { continue }
      var table = tables[name] ?? Table()
      table.releaseCount += 1
      table.digest = output.text("sha256")
      table.cellCount = output.count("rows")
      table.hiddenCount = output.count("hidden")
      table.lastDay = time.dayNumber
      tables[name] = table
    }
  }
}
