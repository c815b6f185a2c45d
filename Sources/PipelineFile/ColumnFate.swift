package import Tabular

/// What becomes of one column on its way from extract to staged table.
package struct ColumnFate: Sendable, Hashable {
  package let source: String
  /// What the pipeline calls it.
  package let column: String
  /// What the extract calls it.
  package let sourceName: String
  package let type: ColumnType
  package let privacyClass: PrivacyClass
  /// As `token birth-date, keeps birth_date_year`, `Bloom filter surname`, `kept` or `dropped`.
  package let fate: String
}

extension Pipeline {
  /// One a column of each source, in file order.
  package var columnFates: [ColumnFate] {
    sources.flatMap { source in
      source.declaredColumns.map { column in
        ColumnFate(
          source: source.name,
          column: column.name,
          sourceName: column.sourceName,
          type: column.type,
          privacyClass: column.privacyClass,
          fate: pseudonymise.fate(of: column, in: source)
        )
      }
    }
  }
}

extension PseudonymiseStage {
  fileprivate func fate(of column: SourceColumn, in source: Source) -> String {
    let fate = policy(for: column.name)?.fate ?? "dropped"
    guard let clk, clk.source == source.name, clk.holds(column.name) else { return fate }
    return fate == "dropped" ? "record filter" : "\(fate), record filter"
  }
}

extension ColumnPolicy {
  fileprivate var fate: String {
    var parts: [String] = []
    if let token { parts.append("token \(token)") }
    if let bloom { parts.append("Bloom filter \(bloom)") }
    switch keep {
    case .nothing: break
    case .value: parts.append("kept")
    case .year, .pc4: parts.append("keeps \(keptName ?? column)")
    }
    if let reviewed { parts.append("reviewed: \(reviewed)") }
    return parts.isEmpty ? "dropped" : parts.joined(separator: ", ")
  }
}

extension ColumnPolicy {
  /// The name of the column of a package that holds Bloom filters, or nil when there are none.
  package var filterName: String? { bloom == nil ? nil : column + "_bloom" }

  /// The name of the staged column that holds what is kept, or nil when nothing is.
  package var keptName: String? {
    switch keep {
    case .nothing: nil
    case .value: column
    case .year: column + "_year"
    case .pc4: column + "_pc4"
    }
  }
}
