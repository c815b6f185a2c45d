import Diagnostics
import PipelineFile
import Tabular

/// Where the declared columns stand in a CSV file, as its header tells.
struct CsvLayout: Sendable, Hashable {
  /// How many fields a row has.
  let fieldCount: Int
  /// For each declared column the number of its field, from 0.
  let fields: [Int]
  /// As the header writes them; empty where it was not read.
  var names: [String] = []

  /// Stands where no file was begun.
  static let none = CsvLayout(fieldCount: 1, fields: [])

  private init(fieldCount: Int, fields: [Int]) {
    self.fieldCount = fieldCount
    self.fields = fields
  }

  /// Reads a header line.
  ///
  /// - Parameters:
  ///   - line: UTF-8, without its line end.
  ///   - dialect: how the file is written.
  ///   - columns: those that the source declares.
  /// - Throws: what refuses the file.
  init(
    header line: [UInt8],
    dialect: Dialect,
    columns: [SourceColumn]
  ) throws(HeaderRefusal) {
    let names = try Self.names(in: line, dialect: dialect)
    guard names.count <= CsvLimits.fieldCount else {
      throw HeaderRefusal(fault: .fieldLimit(found: names.count))
    }
    var positions: [String: [Int]] = [:]
    for (number, name) in names.enumerated() { positions[name, default: []].append(number) }
    var fields: [Int] = []
    var missing: [String] = []
    var repeated: [String] = []
    for column in columns {
      let found = positions[column.sourceName] ?? []
      if found.isEmpty, !missing.contains(column.sourceName) { missing.append(column.sourceName) }
      if found.count > 1, !repeated.contains(column.sourceName) {
        repeated.append(column.sourceName)
      }
      fields.append(found.first ?? 0)
    }
    guard missing.isEmpty else {
      throw HeaderRefusal(fault: Self.fault(missing: missing, in: names, columns: columns))
    }
    guard repeated.isEmpty else { throw HeaderRefusal(fault: .repeatedColumns(repeated)) }
    fieldCount = names.count
    self.fields = fields
    self.names = names
  }

  // A file without header has a person in its first line: names of it are only proposed when other
  // columns are found there. None that is a declared column itself can be meant by another.
  private static func fault(
    missing: [String],
    in names: [String],
    columns: [SourceColumn]
  ) -> FileFault {
    let declared = Set(columns.map(\.sourceName))
    let others = declared.intersection(names).count
    let undeclared = names.filter { !declared.contains($0) && !$0.isEmpty }
    var nearest: [String] = []
    for name in missing where others > 0 {
      let alike =
        undeclared.first { letters(of: $0) == letters(of: name) }
        ?? nearestName(to: name, among: undeclared)
      if let alike, !nearest.contains(alike) { nearest.append(alike) }
    }
    return .missingColumns(missing, nearest: nearest, others: others)
  }

  private static func letters(of name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func names(
    in line: [UInt8],
    dialect: Dialect
  ) throws(HeaderRefusal) -> [String] {
    guard !line.contains(where: { $0 == 0 }) else { throw HeaderRefusal(fault: .header(.nul)) }
    guard !line.contains(where: { $0 < 0x20 && $0 != dialect.delimiter || $0 == 0x7F }) else {
      throw HeaderRefusal(fault: .header(.control))
    }
    var names: [String] = []
    var position = 0
    while true {
      var name: [UInt8] = []
      if let quote = dialect.quote, position < line.count, line[position] == quote {
        position += 1
        var isClosed = false
        while position < line.count {
          if line[position] == quote {
            guard position + 1 < line.count, line[position + 1] == quote else {
              isClosed = true
              position += 1
              break
            }
            position += 1
          }
          name.append(line[position])
          position += 1
        }
        guard isClosed, position == line.count || line[position] == dialect.delimiter else {
          throw HeaderRefusal(fault: .header(.quote))
        }
      } else {
        while position < line.count, line[position] != dialect.delimiter {
          name.append(line[position])
          position += 1
        }
      }
      guard let text = String(validating: name, as: UTF8.self) else {
        throw HeaderRefusal(fault: .header(.encoding))
      }
      names.append(text)
      guard position < line.count else { return names }
      position += 1
    }
  }
}

/// Why a header refuses its file.
struct HeaderRefusal: Error {
  let fault: FileFault
}
