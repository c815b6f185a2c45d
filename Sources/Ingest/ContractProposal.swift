import Diagnostics
import PipelineFile
import Tabular

extension Survey {
  /// The contract as YAML, every doubt beside its line.
  ///
  /// - Parameters:
  ///   - name: of the contract, a slug.
  ///   - version: of this binary.
  /// - Returns: what a contract file holds; no value of the surveyed file stands in it.
  package func contract(named name: String, version: String) -> String {
    var lines = [
      "# yaml-language-server: $schema=../schema/contract-1.json",
      // The name of the file is that of a person with some senders, and this is kept.
      "# Proposed by koppel \(version)" + (rowCount > 0 ? " from \(rowCount) rows." : ".")
        + " Judge every line, most of all the doubts.",
    ]
    lines += doubts.map { "# doubt: \($0)" }
    let columns = self.columns.filter { !$0.isNamedByNumber }
    if columns.count < self.columns.count {
      lines.append(
        "# doubt: columns left out that are named by a number as a person's is: "
          + "\(self.columns.count - columns.count)"
      )
    }
    lines += ["contract: 1", "name: \(name)", "version: 1", "read: \(word)"]
    lines += keys.map(maskedName)
    if FormatWord.meant(by: word)?.known != nil {
      lines.append("# The format knows its columns: koppel columns \(word)")
    }
    if let encoding {
      lines.append(commented("encoding: \(encoding.rawValue)", doubts: encodingDoubts))
    }
    if let dialect, let line = Self.line(of: dialect, word) { lines.append(line) }
    if let footer { lines.append("footer: \(quoted(footer))") }
    if let trailer { lines.append(Self.line(of: trailer)) }
    if !columns.isEmpty {
      lines.append("columns:")
      let width = columns.map(\.name.count).max() ?? 0
      for column in columns {
        let gap = String(repeating: " ", count: width - column.name.count)
        let text = "  \(column.name):\(gap) {\(column.parts.joined(separator: ", "))}"
        lines.append(commented(text, seen: column.seen, doubts: column.doubts))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A name for the contract, from the words that the file's name begins with.
  package var proposedName: String {
    let name = leadingWords.lowercased()
    return name.isEmpty ? "extract" : String(name.prefix(60))
  }

  /// Letters and dashes at the head of the file's name.
  ///
  /// What follows tells the period, and with some senders the person: that is not for a file that is
  /// kept.
  private var leadingWords: String {
    let file = path.split(separator: "/").last.map(String.init) ?? ""
    var words = file.prefix { $0.isASCII && $0.isLetter || $0 == "-" }
    while words.last == "-" { words.removeLast() }
    while words.first == "-" { words.removeFirst() }
    return String(words)
  }

  private func commented(_ line: String, seen: String? = nil, doubts: [String]) -> String {
    let remarks = (seen.map { [$0] } ?? []) + doubts.map { "doubt: \($0)" }
    return remarks.isEmpty ? line : "\(line)  # \(remarks.joined(separator: "; "))"
  }

  private static func line(of dialect: Dialect, _ word: String) -> String? {
    let standard = word == "statline" ? Dialect.statline : Dialect()
    var parts: [String] = []
    if dialect.delimiter != standard.delimiter {
      parts.append("delimiter: \(dialect.delimiter == 9 ? "tab" : mark(dialect.delimiter))")
    }
    if dialect.decimal != standard.decimal { parts.append("decimal: \(mark(dialect.decimal))") }
    if dialect.missing != standard.missing {
      parts.append("missing: [\(dialect.missing.map { quoted($0) }.joined(separator: ", "))]")
    }
    if dialect.top != 0 { parts.append("top: \(dialect.top)") }
    if dialect.header != 1 { parts.append("header: \(dialect.header)") }
    if dialect.multiline { parts.append("multiline: true") }
    return parts.isEmpty ? nil : "dialect: {\(parts.joined(separator: ", "))}"
  }

  private static func line(of trailer: TrailerForm) -> String {
    var parts = ["when: \(quoted(trailer.when))"]
    if let rows = trailer.rows { parts.append("rows: \(rows)") }
    if let total = trailer.total { parts.append("total: \(total)") }
    return "trailer: {\(parts.joined(separator: ", "))}"
  }

  private static func mark(_ byte: UInt8) -> String { quoted(String(Unicode.Scalar(byte))) }
}

extension SurveyedColumn {
  /// Whether what the file calls it holds a BSN: some exports have an element or a column a person.
  fileprivate var isNamedByNumber: Bool {
    var names = [name, header ?? ""]
    if case .path(let path) = address { names.append(path) }
    return names.contains { maskedName($0) != $0 }
  }

  /// What stands in the braces behind its name.
  fileprivate var parts: [String] {
    var parts = ["type: \(type.rawValue)"]
    if let header, header != name { parts.append("from: \(quoted(header))") }
    switch address {
    case .field(let number): parts.append("at: \(number)")
    case .bytes(let range): parts.append("at: \(range.lowerBound)-\(range.upperBound)")
    case .path(let path): if path != name { parts.append("at: \(quoted(path))") }
    case nil: break
    }
    if required { parts.append("required: true") }
    if type == .money { parts.append("unit: \(euros ? "euro" : "cent")") }
    if let range { parts.append("range: \(range.lowerBound)..\(range.upperBound)") }
    if privacyClass > type.privacyClass { parts.append("class: \(privacyClass.name)") }
    return parts
  }
}

/// A text in double quotes, as YAML reads it back.
private func quoted(_ text: String) -> String {
  var inner = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x22: inner += "\\\""
    case 0x5C: inner += "\\\\"
    case 0x09: inner += "\\t"
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
      let code = String(scalar.value, radix: 16)
      inner += "\\u" + String(repeating: "0", count: 4 - code.count) + code
    default: inner.unicodeScalars.append(scalar)
    }
  }
  return "\"\(inner)\""
}
