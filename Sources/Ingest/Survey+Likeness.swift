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
