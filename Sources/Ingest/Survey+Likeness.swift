import Diagnostics
package import PipelineFile
import Tabular

extension Survey {
  /// What the values of a declared column look like: a type and shapes.
  ///
  /// - Returns: nil where the survey did not find the column.
  package func likeness(ofColumn column: SourceColumn) -> String? {
    let found = columns.first { seen in
      seen.address == column.address && (column.address != nil || seen.header == column.sourceName)
    }
    guard let found, !found.shapes.isEmpty else { return nil }
    return "\(found.type.rawValue), as \(found.shapes.joined(separator: ", "))"
  }

  /// Whether the values under a header could be those of a declared column.
  ///
  /// They must not be more delicate: free text that names people is no code.
  func holds(_ column: SourceColumn, under header: String) -> Bool {
    guard let found = columns.first(where: { $0.header == header }),
      found.privacyClass <= column.privacyClass
    else { return false }
    let alike: [Set<ColumnType>] = [
      [.integer, .decimal, .money], [.date, .partialDate], [.text, .name],
    ]
    return found.type == column.type || column.type == .text && found.type == .code
      || alike.contains { $0.contains(found.type) && $0.contains(column.type) }
  }

  /// How the file seems to be written otherwise than a source declares; nil if it is as declared.
  package func differences(from source: Source) -> String? {
    var parts: [String] = []
    let declared = source.format.word
    let tables = ["csv", "statline"]
    let isLines = tables.contains(declared) && tables.contains(word)
    if word != declared && !isLines { parts.append("read: \(word)") }
    if isLines, let dialect, let own = source.format.dialect {
      if dialect.delimiter != own.delimiter {
        let mark = dialect.delimiter == 9 ? "tab" : "\"\(Unicode.Scalar(dialect.delimiter))\""
        parts.append("delimiter: \(mark)")
      }
      if dialect.header != own.header, dialect.header == 0 { parts.append("header: 0") }
      if dialect.top != own.top, dialect.top > 0 { parts.append("top: \(dialect.top)") }
    }
    let encoding = encoding ?? .utf8
    if isLines || word == declared, source.format.known == nil, encoding != source.format.encoding,
      encoding != .utf8 || source.format.encoding == .utf16le
    {
      parts.append("encoding: \(encoding.rawValue)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
