import Ingest
import Tabular

/// What a delivery came to in numbers, file by file and column by column.
///
/// What is told by column is of the files of the delivery itself, and of no other period.
struct DeliveryFigures: Sendable, Equatable {
  /// One file of the delivery.
  struct File: Sendable, Equatable {
    /// Why no row of it counts: a `SkipReason`; nil for a file that counts.
    var skipped: String?
    /// Rejected rows too; nil where its reader does not tell.
    var rowCount: Int?
    /// Nil where its reader does not tell.
    var trailerCount: Int?
    var trailerRows: Int?
    var trailerTotal: Int64?
    /// Keyed digests, in hexadecimal.
    var message: String?
    var payload: String?
    /// As YYYYMMDD, or 0.
    var day = 0
    /// The period that it is of, where windows look at it beside that of the delivery.
    var otherPeriod: String?
    /// By the column that is added up; nil where it is too large for 64 bits.
    var sums: [String: Int64?] = [:]
  }

  /// One a delivered file.
  var files: [File] = []
  /// What the headers call the columns, sorted.
  var columnNames: [String] = []
  /// Rows that could be split into fields.
  var typedCount = 0
  /// By column: rows without a value.
  var missing: [String: Int] = [:]
  /// By column: values that are none of its codes.
  var unknownCodes: [String: Int] = [:]
  /// By column: values that are not of its type, or not allowed.
  var faulty: [String: Int] = [:]
  /// How the headers of all files differ from what is declared.
  var headers = HeaderDrift()

  /// The sums of the files of the delivery itself; without those that are too large.
  var sums: [String: Int64] {
    var totals: [String: Int64?] = [:]
    for file in files where file.otherPeriod == nil {
      for (column, sum) in file.sums {
        guard let sum, let before = totals[column, default: 0] else {
          totals[column] = .some(nil)
          continue
        }
        let (total, overflows) = before.addingReportingOverflow(sum)
        totals[column] = .some(overflows ? nil : total)
      }
    }
    return totals.compactMapValues { $0 }
  }

  init() {}

  /// As it stands in the header of the staged table.
  var json: JSONValue {
    [
      "files": .array(files.map(\.json)), "columns": .array(columnNames.map { .string($0) }),
      "typed": .integer(Int64(typedCount)),
      "missing": .object(missing.mapValues { .integer(Int64($0)) }),
      "unknown_codes": .object(unknownCodes.mapValues { .integer(Int64($0)) }),
      "faulty": .object(faulty.mapValues { .integer(Int64($0)) }),
      "new_columns": .array(headers.new.map { .string($0) }),
      "missing_columns": .array(headers.missing.map { .string($0) }),
      "renamed_columns": .array(
        headers.renamed.map { [.string($0.declared), .string($0.found)] }
      ),
    ]
  }

  /// Reads what `json` wrote; nil when it is something else.
  init?(_ json: JSONValue) {
    guard let files = json["files"]?.arrayValue, let typed = json["typed"]?.integerValue else {
      return nil
    }
    self.files = files.map(File.init)
    columnNames = (json["columns"]?.arrayValue ?? []).compactMap(\.stringValue)
    typedCount = Int(typed)
    missing = Self.counts(json["missing"])
    unknownCodes = Self.counts(json["unknown_codes"])
    faulty = Self.counts(json["faulty"])
    headers = HeaderDrift(
      new: Self.names(json["new_columns"]),
      missing: Self.names(json["missing_columns"]),
      renamed: (json["renamed_columns"]?.arrayValue ?? []).compactMap { pair in
        let names = Self.names(pair)
        return names.count == 2
          ? HeaderDrift.Renaming(declared: names[0], found: names[1]) : nil
      }
    )
  }

  private static func names(_ json: JSONValue?) -> [String] {
    (json?.arrayValue ?? []).compactMap(\.stringValue)
  }

  private static func counts(_ json: JSONValue?) -> [String: Int] {
    (json?.objectValue ?? [:]).compactMapValues { $0.integerValue.map(Int.init) }
  }
}

extension DeliveryFigures.File {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [:]
    members["skipped"] = skipped.map { .string($0) }
    members["rows"] = rowCount.map { .integer(Int64($0)) }
    members["trailers"] = trailerCount.map { .integer(Int64($0)) }
    members["trailer_rows"] = trailerRows.map { .integer(Int64($0)) }
    members["trailer_total"] = trailerTotal.map { .integer($0) }
    members["message"] = message.map { .string($0) }
    members["payload"] = payload.map { .string($0) }
    members["other_period"] = otherPeriod.map { .string($0) }
    members["day"] = day == 0 ? nil : .integer(Int64(day))
    if !sums.isEmpty {
      members["sums"] = .object(sums.mapValues { $0.map { .string(String($0)) } ?? .null })
    }
    return .object(members)
  }

  fileprivate init(_ json: JSONValue) {
    skipped = json["skipped"]?.stringValue
    rowCount = json["rows"]?.integerValue.map(Int.init)
    trailerCount = json["trailers"]?.integerValue.map(Int.init)
    trailerRows = json["trailer_rows"]?.integerValue.map(Int.init)
    trailerTotal = json["trailer_total"]?.integerValue
    message = json["message"]?.stringValue
    payload = json["payload"]?.stringValue
    day = json["day"]?.integerValue.map(Int.init) ?? 0
    otherPeriod = json["other_period"]?.stringValue
    sums = (json["sums"]?.objectValue ?? [:]).mapValues { $0.stringValue.flatMap { Int64($0) } }
  }
}
