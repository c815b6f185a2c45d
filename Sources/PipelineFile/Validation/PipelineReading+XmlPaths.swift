import Tabular

extension PipelineReading {
  /// The path to a row; nil if it is none.
  mutating func recordPath(_ record: CheckedValue, _ text: String) -> String? {
    do throws(XmlPathFault) {
      let path = try XmlPath(text)
      guard path.attribute == nil, !path.elements.isEmpty else { throw .noName }
      return text
    } catch {
      faults.report(
        at: record.span,
        "found no path to a row, expected names of elements from the root",
        hint: Self.hint(for: error)
      )
      return nil
    }
  }

  /// Where a column of XML stands: `at`, else what the extract calls it.
  mutating func xmlAddress(_ entry: CheckedEntry) -> ColumnAddress? {
    let written = entry.value["at"] ?? entry.value["from"]
    guard let text = written?.text else { return nil }
    do throws(XmlPathFault) {
      _ = try XmlPath(text)
      return .path(text)
    } catch {
      faults.report(
        at: written?.span ?? entry.keySpan,
        "column '\(entry.name)': found no path, expected names of elements below the record",
        hint: Self.hint(for: error)
      )
      return nil
    }
  }

  /// Tells of columns that mean one element by different names.
  ///
  /// A name in any name space and the same name in a certain one would both match it.
  mutating func checkXmlPaths(_ columns: [ColumnDraft], of entry: CheckedEntry) {
    var paths: [(column: String, path: XmlPath)] = []
    for column in columns.compactMap(\.column) {
      var text = column.sourceName
      if case .path(let at) = column.address { text = at }
      guard let path = try? XmlPath(text) else { continue }
      if let other = paths.first(where: { $0.path.isConfused(with: path) }) {
        let written = entry.value["columns"]?.entries.first { $0.name == column.name }
        faults.report(
          at: written?.keySpan ?? entry.keySpan,
          "column '\(column.name)' may be the same element as column '\(other.column)', "
            + "which is named with another name space",
          hint: "write {uri} at both, or at none"
        )
      }
      paths.append((column.name, path))
    }
  }

  private static func hint(for fault: XmlPathFault) -> String {
    switch fault {
    case .emptyStep: "write it as Naam/Achternaam, with one slash between two names"
    case .prefix: "prefixes mean nothing: write the name alone, or {uri}name"
    case .noName: "write names alone, as Naam/Achternaam, Adres/@soort or ."
    case .openBrace: "write the name space in braces, as {uri}name"
    case .behindAttribute: "an attribute ends the path, as Adres/@soort"
    }
  }
}

extension XmlPath {
  /// Whether the two differ in a name space that only one of them gives.
  fileprivate func isConfused(with other: XmlPath) -> Bool {
    for (step, its) in zip(elements, other.elements) where step != its {
      return Self.isConfused(step, its)
    }
    guard elements.count == other.elements.count, let attribute, let its = other.attribute,
      attribute != its
    else { return false }
    return Self.isConfused(attribute, its)
  }

  private static func isConfused(_ step: Step, _ other: Step) -> Bool {
    step.name == other.name && (step.space == nil) != (other.space == nil)
  }
}
