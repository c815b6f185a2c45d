import Cryptography
import Diagnostics
import Files
import NightlyRun
import Publication
import Tabular

/// A staged or published table as rows of text, the header first.
enum ShownTable {
  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: of a staged table, of a CSV file that was published, or of the ledger of persons.
  ///   - limit: how many rows at most, after the header.
  ///   - identities: of a staged table the identities instead of the rows.
  /// - Returns: rows of equal length.
  /// - Throws: `FilesError`; `UsageError` for what no run has made.
  static func rows(path: String, limit: Int, identities: Bool) throws -> [[String]] {
    if path.hasSuffix(".ledger"), try Journal.head(of: path) != nil {
      return try PersonLedgerListing.rows(path: path, limit: limit)
    }
    guard path.hasSuffix(".staged") else { return try publishedRows(path, limit) }
    let staged = try StagedTable(path: path)
    let level: TokenText.Level =
      staged.header["level"]?.stringValue == "source" ? .source : .region
    if identities || staged.groupCount == 0 {
      return rows(of: try staged.identities(), limit: limit, level)
    }
    let people = try staged.identities()
    var rows: [[String]] = []
    for number in 0..<staged.groupCount where rows.count <= limit {
      let group = try staged.group(number)
      if rows.isEmpty { rows.append(people.names + group.rows.names) }
      var row = 0
      for (offset, count) in group.rowCounts.enumerated() {
        let identity = cells(people, group.firstIdentity + offset, level)
        for _ in 0..<count where rows.count <= limit {
          rows.append(identity + cells(group.rows, row, level))
          row += 1
        }
      }
    }
    return rows.isEmpty ? [people.names] : rows
  }

  private static func rows(
    of table: Table,
    limit: Int,
    _ level: TokenText.Level
  ) -> [[String]] {
    [table.names] + (0..<min(limit, table.rowCount)).map { cells(table, $0, level) }
  }

  private static func cells(_ table: Table, _ row: Int, _ level: TokenText.Level) -> [String] {
    table.columns.map { column in
      switch column {
      case .tokens(let tokens):
        tokens[row].isMissing
          ? ""
          : TokenText.encode(high: tokens[row].high, low: tokens[row].low, level: level)
      case .codes(let codes, let dictionary):
        codes[row] == missingCode ? "" : escapedForTerminal(dictionary[Int(codes[row])])
      case .integers(let values, let unit):
        values[row] == missingInteger ? "" : shown(values[row], unit)
      }
    }
  }

  private static func shown(_ value: Int64, _ unit: IntegerUnit) -> String {
    switch unit {
    // Day numbers of the years 1 to 9999; a crafted file may hold others.
    case .day where -719_162...2_932_896 ~= value: CivilDate(dayNumber: Int(value)).description
    case .yesNo: value == 0 ? "no" : "yes"
    case .tenThousandths: decimal(value)
    case .day, .number, .cents, .year: String(value)
    }
  }

  /// A number of four decimals, without the zeros at its end.
  private static func decimal(_ value: Int64) -> String {
    let digits = String(value.magnitude % 10_000)
    var fraction = String(repeating: "0", count: 4 - digits.count) + digits
    while fraction.last == "0" { fraction.removeLast() }
    let whole = (value < 0 ? "-" : "") + String(value.magnitude / 10_000)
    return fraction.isEmpty ? whole : "\(whole).\(fraction)"
  }

  /// An extract looks like a table: what no run has published is in clear, and is not printed.
  private static func checkPublished(_ path: String) throws {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let sumsPath = "\(parentFolder(of: path))/\(Release.sumsName)"
    let digest = try fileDigest(path)
    if somethingStands(at: sumsPath) {
      let file = try OpenFile(reading: sumsPath)
      let lines = try file.bytes(at: 0, count: file.size()).split(separator: 0x0A)
      if lines.contains(where: { $0.elementsEqual("\(digest)  \(name)".utf8) }) { return }
    }
    throw UsageError(
      "\(maskedName(escapedForTerminal(name))) is no table that a run has staged or published",
      hint:
        "name a .staged file, or a table beside the \(Release.sumsName) that covers it; of an extract "
        + "koppel contract tells the form, and no value"
    )
  }

  private static func publishedRows(_ path: String, _ limit: Int) throws -> [[String]] {
    try checkPublished(path)
    let file = try OpenFile(reading: path)
    let bytes = try file.bytes(at: 0, count: file.size())
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var position = 0
    while position < bytes.count, rows.count <= limit {
      let byte = bytes[position]
      position += 1
      if isQuoted {
        guard byte == UInt8(ascii: "\"") else {
          field.append(byte)
          continue
        }
        if position < bytes.count && bytes[position] == byte {
          field.append(byte)
          position += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
      case UInt8(ascii: ","), UInt8(ascii: "\n"):
        row.append(escapedForTerminal(String(decoding: field, as: UTF8.self)))
        field = []
        if byte == UInt8(ascii: "\n") {
          rows.append(row)
          row = []
        }
      default: field.append(byte)
      }
    }
    return rows
  }
}
