import PipelineFile
import Tabular

extension TableDefinition {
  /// What a measure of the table measures, the same text for the same in any table.
  ///
  /// Rows name their sources in order of the alphabet: their order in the file makes no difference.
  func identity(of measure: Measure) -> String {
    switch measure.kind {
    case .count: "count"
    case .countWhere(let typed): "count where \(typed.expression.text)"
    case .rows: "sum \(ofRows { "\($0).count" })"
    case .sumColumn(let column): "sum \(ofRows { "\($0).sum(\(column))" })"
    case .sum(let typed): "sum \(typed.expression.text)"
    case .mean(let typed): "mean \(typed.expression.text)"
    case .quantile(let percent, let typed): "p\(percent) \(typed.expression.text)"
    case .distinct(let source, let column): "distinct \(source).\(column)"
    case .personYears: "person-years"
    case .quotient(let of, let per, let by): "\(identity(of: of)) per \(per) \(identity(of: by))"
    case .standardised(let of, let per, let by, let strata, let standard):
      "\(identity(of: of)) per \(per) \(identity(of: by)), standardised by \(strata)"
        + (standard.map { " to \($0.digest)" } ?? "")
    case .ratio(let of, let strata): "\(identity(of: of)), expected by \(strata)"
    }
  }

  /// Whom the table counts.
  var scope: CellTable.Scope {
    if let episodes {
      return .apart("with episodes \(episodes) by \(by.joined(separator: ", "))")
    }
    return rows.isEmpty ? .population : .those("with \(ofRows { $0 })")
  }

  /// As an expression on persons says it.
  private func ofRows(_ name: (String) -> String) -> String {
    let names = rows.sorted().map(name)
    return names.count == 1 ? names[0] : "(\(names.joined(separator: " + ")))"
  }

  /// Neither of a quotient's measures is made of others, so that this ends.
  private func identity(of name: String) -> String {
    measures.first { $0.name == name }.map { identity(of: $0) } ?? name
  }
}
