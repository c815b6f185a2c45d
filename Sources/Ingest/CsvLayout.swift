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
  ///
  /// Of several lines, what a declared column is called by, else all of them.
  var names: [String] = []
  /// The names of each line, where there are several.
  private var headerLines: [[String]] = []
  /// Declared columns that the file does not have, though it is read: they have no values.
  private(set) var absent: [Int] = []

  /// Stands where no file was begun.
  static let none = CsvLayout(fieldCount: 1, fields: [])

  private init(fieldCount: Int, fields: [Int]) {
    self.fieldCount = fieldCount
    self.fields = fields
  }

  /// Of a file without header: columns are told by their number.
  ///
  /// - Parameters:
  ///   - fieldCount: of the first row; 0 if there is none.
  ///   - form: how the file is written.
  /// - Throws: what refuses the file.
  init(fieldCount: Int, form: CsvForm) throws(HeaderRefusal) {
    guard case .delimited(let columns) = form.kind else { throw HeaderRefusal(fault: .noHeader) }
    var fields: [Int] = []
    for column in columns {
      guard case .field(let number) = column.address else {
        throw HeaderRefusal(fault: .noHeader)
      }
      guard number <= fieldCount || fieldCount == 0 else {
        throw HeaderRefusal(
          fault: .missingField(column: column.name, number: number, found: fieldCount)
        )
      }
      fields.append(number - 1)
    }
    let count = fieldCount > 0 ? fieldCount : (fields.max() ?? 0) + 1
    // Readers have room for so many fields of a row and no more.
    guard count <= form.limits.fields else {
      throw HeaderRefusal(fault: .fieldLimit(found: count, limit: form.limits.fields))
    }
    self.fieldCount = count
    self.fields = fields
  }

  /// Reads a header.
  ///
  /// Of several lines, a column is called by what stands in one of them, or in all of them with
  /// blanks between.
  ///
  /// - Parameters:
  ///   - lines: UTF-8, without their ends; at least one.
  ///   - form: how the file is written.
  ///   - path: of the file.
  /// - Throws: what refuses the file.
  init(header lines: [[UInt8]], form: CsvForm, path: String) throws(HeaderRefusal) {
    var parts: [[String]] = []
    for line in lines { parts.append(try Self.names(in: line, dialect: form.dialect)) }
    let count = parts.map(\.count).max() ?? 0
    guard count <= form.limits.fields else {
      throw HeaderRefusal(fault: .fieldLimit(found: count, limit: form.limits.fields))
    }
    let names = (0..<count).map { number in
      parts.compactMap { number < $0.count && !$0[number].isEmpty ? $0[number] : nil }
        .joined(separator: " ")
    }
    fieldCount = count
    self.names = names
    headerLines = parts.count > 1 ? parts : []
    if case .lo3(let required) = form.kind {
      fields = try Self.elements(in: names, required: required, form.dialect)
      return
    }
    guard case .delimited(let columns) = form.kind else {
      fields = []
      return
    }
    let called = Self.names(names, in: headerLines, for: columns)
    self.names = called
    let drift = headerDrift(called, ofFile: path, columns: columns, form.drift)
    (fields, absent) = try Self.fields(of: columns, names, headerLines, form, drift)
  }

  /// What the header calls the fields, where these columns are looked for.
  func names(for columns: [SourceColumn]) -> [String] {
    Self.names(names, in: headerLines, for: columns)
  }

  private static func names(
    _ names: [String],
    in headerLines: [[String]],
    for columns: [SourceColumn]
  ) -> [String] {
    guard !headerLines.isEmpty else { return names }
    let declared = Set(columns.filter(\.isFoundByHeader).map(\.sourceName))
    return names.enumerated().map { number, name in
      guard !declared.contains(name) else { return name }
      let parts = headerLines.compactMap { number < $0.count ? $0[number] : nil }
      return parts.first(where: declared.contains) ?? name
    }
  }

  private static func fields(
    of columns: [SourceColumn],
    _ names: [String],
    _ parts: [[String]],
    _ form: CsvForm,
    _ drift: HeaderDrift
  ) throws(HeaderRefusal) -> (fields: [Int], absent: [Int]) {
    var positions: [String: [Int]] = [:]
    for (number, name) in names.enumerated() { positions[name, default: []].append(number) }
    for line in parts {
      for (number, name) in line.enumerated() where name != names[number] {
        positions[name, default: []].append(number)
      }
    }
    var fields: [Int] = []
    var absent: [Int] = []
    var missing: [String] = []
    var repeated: [String] = []
    for (number, column) in columns.enumerated() {
      guard column.lookup == nil else {
        // Not of the file; what is read in its place is thrown away.
        fields.append(0)
        continue
      }
      if case .field(let number) = column.address {
        guard number <= names.count else {
          throw HeaderRefusal(
            fault: .missingField(column: column.name, number: number, found: names.count)
          )
        }
        fields.append(number - 1)
        continue
      }
      var found = positions[column.sourceName] ?? []
      if found.isEmpty, form.drift.renamed != .fail,
        let renaming = drift.renamed.first(where: { $0.declared == column.sourceName })
      {
        found = positions[renaming.found] ?? []
      }
      if found.isEmpty, form.drift.missing != .fail, !column.required {
        absent.append(number)
        fields.append(0)
        continue
      }
      if found.isEmpty, !missing.contains(column.sourceName) { missing.append(column.sourceName) }
      if found.count > 1, !repeated.contains(column.sourceName) {
        repeated.append(column.sourceName)
      }
      fields.append(found.first ?? 0)
    }
    guard missing.isEmpty else {
      try checkDelimiter(names, form.dialect)
      throw HeaderRefusal(fault: fault(missing: missing, in: names, columns: columns, drift))
    }
    guard repeated.isEmpty else { throw HeaderRefusal(fault: .repeatedColumns(repeated)) }
    // A header of which nothing is known is that of another file.
    guard absent.count < columns.count || columns.isEmpty else {
      try checkDelimiter(names, form.dialect)
      let all = columns.map(\.sourceName)
      throw HeaderRefusal(fault: fault(missing: all, in: names, columns: columns, drift))
    }
    return (fields, absent)
  }

  /// Tells of a header that is one name only because another delimiter stands in it.
  private static func checkDelimiter(_ names: [String], _ dialect: Dialect) throws(HeaderRefusal) {
    guard names.count == 1, let line = names.first else { return }
    for other in [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|")]
    where other != dialect.delimiter && line.utf8.contains(other) {
      throw HeaderRefusal(fault: .delimiter(found: other, declared: dialect.delimiter))
    }
  }

  /// For each element of LO3 the number of its field, or -1: the first column that is called so.
  private static func elements(
    in names: [String],
    required: [Bool],
    _ dialect: Dialect
  ) throws(HeaderRefusal) -> [Int] {
    var missing: [String] = []
    var fields: [Int] = []
    for (place, element) in Lo3Elements.all.enumerated() {
      let name = element.name
      let found = names.firstIndex(of: name)
      if found == nil && required[place] { missing.append(name) }
      fields.append(found ?? -1)
    }
    guard fields.contains(where: { $0 >= 0 }) else {
      try checkDelimiter(names, dialect)
      throw HeaderRefusal(fault: .noElements)
    }
    guard missing.isEmpty else {
      throw HeaderRefusal(fault: .missingColumns(missing, nearest: [], others: 1))
    }
    guard names.first?.isEmpty == true else { throw HeaderRefusal(fault: .noListNumber) }
    return fields
  }

  // A file without header has a person in its first line: names of it are only proposed when other
  // columns are found there. None that is a declared column itself can be meant by another.
  private static func fault(
    missing: [String],
    in names: [String],
    columns: [SourceColumn],
    _ drift: HeaderDrift
  ) -> FileFault {
    let declared = Set(columns.filter { $0.lookup == nil }.map(\.sourceName))
    let others = declared.intersection(names).count
    let undeclared = names.filter { !declared.contains($0) && !$0.isEmpty }
    var nearest: [String] = []
    for name in missing where others > 0 {
      let alike =
        undeclared.first { letters(of: $0) == letters(of: name) }
        ?? nearestName(to: name, among: undeclared)
        ?? drift.renamed.first { $0.declared == name }?.found
      if let alike, !nearest.contains(alike) { nearest.append(alike) }
    }
    return .missingColumns(missing, nearest: nearest, others: others)
  }

  private static func letters(of name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// The text of a field that begins with a quote, doubled ones made one.
  ///
  /// - Parameters:
  ///   - line: it stands in.
  ///   - quote: around it.
  ///   - place: of the first quote; becomes the place behind the closing one, or the end.
  /// - Returns: the text, and whether the line holds its end.
  static func quotedField(
    of line: ArraySlice<UInt8>,
    _ quote: UInt8,
    from place: inout Int
  ) -> (text: [UInt8], isClosed: Bool) {
    var text: [UInt8] = []
    place += 1
    while place < line.endIndex {
      if line[place] == quote {
        place += 1
        guard place < line.endIndex, line[place] == quote else { return (text, true) }
      }
      text.append(line[place])
      place += 1
    }
    return (text, false)
  }

  private static func names(
    in line: [UInt8],
    dialect: Dialect
  ) throws(HeaderRefusal) -> [String] {
    guard !line.contains(where: { $0 == 0 }) else { throw HeaderRefusal(fault: .header(.nul)) }
    if line.contains(9), !line.contains(dialect.delimiter) {
      throw HeaderRefusal(fault: .delimiter(found: 9, declared: dialect.delimiter))
    }
    guard !line.contains(where: { $0 < 0x20 && $0 != dialect.delimiter || $0 == 0x7F }) else {
      throw HeaderRefusal(fault: .header(.control))
    }
    var names: [String] = []
    var position = 0
    while true {
      var name: [UInt8] = []
      if let quote = dialect.quote, position < line.count, line[position] == quote {
        let field = quotedField(of: line[...], quote, from: &position)
        name = field.text
        guard field.isClosed, position == line.count || line[position] == dialect.delimiter else {
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
