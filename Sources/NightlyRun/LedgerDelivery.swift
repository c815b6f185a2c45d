import Tabular

/// What the last good delivery of a source for a period came to: what later ones are compared with.
///
/// Numbers, and names of columns; no value of a cell.
struct LedgerDelivery: Sendable, Equatable {
  let source: String
  let period: String
  /// The SHA-256 of the digests of its files.
  let files: String
  /// Rows that were accepted or rejected.
  var rowCount = 0
  /// Rows as they were sent, those too that others replace or remove; nil where no run counted them.
  var sentCount: Int?
  var rejectedCount = 0
  /// Rows that could be split into fields.
  var typedCount = 0
  /// By column: rows without a value.
  var missing: [String: Int] = [:]
  /// By column: values that are none of its codes.
  var unknownCodes: [String: Int] = [:]
  /// By column, in its stored unit.
  var sums: [String: Int64] = [:]
  /// What the headers called the columns, sorted; empty for a format without header.
  var columnNames: [String] = []

  init(source: String, period: String, files: String) {
    self.source = source
    self.period = period
    self.files = files
  }

  var rejectedShare: Double { share(rejectedCount, of: rowCount) }

  /// The share of the rows in which a column has no value, in 0...1.
  func missingShare(of column: String) -> Double { share(missing[column] ?? 0, of: typedCount) }

  private func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  /// As a line of the ledger.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "kind": "delivery", "source": .string(source), "period": .string(period),
      "files": .string(files), "rows": .integer(Int64(rowCount)),
      "rejected": .integer(Int64(rejectedCount)), "typed": .integer(Int64(typedCount)),
      "missing": .object(missing.mapValues { .integer(Int64($0)) }),
      "unknown_codes": .object(unknownCodes.mapValues { .integer(Int64($0)) }),
      "sums": .object(sums.mapValues { .integer($0) }),
      "columns": .array(columnNames.map { .string($0) }),
    ]
    members["sent"] = sentCount.map { .integer(Int64($0)) }
    return .object(members)
  }

  /// Reads what `json` wrote; nil when it is something else.
  init?(_ json: JSONValue) {
    guard let source = json["source"]?.stringValue, let period = json["period"]?.stringValue,
      let files = json["files"]?.stringValue, let rowCount = json["rows"]?.integerValue,
      let rejectedCount = json["rejected"]?.integerValue,
      let typedCount = json["typed"]?.integerValue
    else { return nil }
    self.init(source: source, period: period, files: files)
    self.rowCount = Int(rowCount)
    sentCount = json["sent"]?.integerValue.map(Int.init)
    self.rejectedCount = Int(rejectedCount)
    self.typedCount = Int(typedCount)
    missing = Self.counts(json["missing"])
    unknownCodes = Self.counts(json["unknown_codes"])
    sums = (json["sums"]?.objectValue ?? [:]).compactMapValues(\.integerValue)
    columnNames = (json["columns"]?.arrayValue ?? []).compactMap(\.stringValue)
  }

  private static func counts(_ json: JSONValue?) -> [String: Int] {
    (json?.objectValue ?? [:]).compactMapValues { $0.integerValue.map(Int.init) }
  }
}
