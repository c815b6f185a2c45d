/// Reads what `csvBytes` writes, or someone who writes CSV as RFC 4180 has it.
///
/// A byte order mark at the start and lines that end with CR LF are taken too; the last line need not
/// end.
///
/// - Parameters:
///   - bytes: of the file.
///   - body: called with each record and the line that it begins on, from 1.
/// - Throws: `CSVFault`; what `body` throws.
package func forEachCSVRecord(
  in bytes: [UInt8],
  _ body: (_ fields: [String], _ line: Int) throws -> Void
) throws {
  var fields: [String] = []
  var field: [UInt8] = []
  var (line, start) = (1, 1)
  var isQuoted = false
  /// A field that was quoted has ended.
  var hasClosed = false
  var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  func text() throws -> String {
    guard let text = String(validating: field, as: UTF8.self) else {
      throw CSVFault(kind: .notUTF8, line: line)
    }
    return text
  }
  while position < bytes.count {
    let byte = bytes[position]
    position += 1
    if isQuoted {
      if byte == quote {
        if position < bytes.count, bytes[position] == quote {
          field.append(quote)
          position += 1
        } else {
          (isQuoted, hasClosed) = (false, true)
        }
      } else {
        if byte == lineFeed { line += 1 }
        field.append(byte)
      }
      continue
    }
    switch byte {
    case quote where field.isEmpty && !hasClosed: isQuoted = true
    case comma:
      fields.append(try text())
      (field, hasClosed) = ([], false)
    case lineFeed:
      fields.append(try text())
      try body(fields, start)
      (fields, field, hasClosed) = ([], [], false)
      line += 1
      start = line
    case carriageReturn where position < bytes.count && bytes[position] == lineFeed: break
    default:
      if hasClosed || byte == quote { throw CSVFault(kind: .quote, line: line) }
      field.append(byte)
    }
  }
  if isQuoted { throw CSVFault(kind: .unended, line: start) }
  if !fields.isEmpty || !field.isEmpty || hasClosed {
    fields.append(try text())
    try body(fields, start)
  }
}

/// What is no CSV.
package struct CSVFault: Error, Sendable, Equatable {
  /// What is wrong.
  package enum Kind: Sendable {
    case notUTF8
    /// A quote in a field that does not begin with one, or something after the second.
    case quote
    /// The file ends within quotes.
    case unended
  }

  package let kind: Kind
  /// From 1.
  package let line: Int
}
