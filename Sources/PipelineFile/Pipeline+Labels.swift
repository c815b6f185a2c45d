import Tabular

extension Pipeline {
  /// The labels that a column of persons can have in tables, beside `unknown`.
  ///
  /// - Parameter name: of the column.
  /// - Returns: in no order of theirs; nil where only the rows tell.
  package func labels(ofPersons name: String) -> [String]? {
    if name == Segment.column, !aggregate.segments.isEmpty {
      return aggregate.segments.map(\.name)
    }
    if aggregate.strata.contains(where: { $0.name == name }) { return Stratification.labels }
    if let derived = aggregate.persons.last(where: { $0.name == name })?.expression {
      if case .band(_, let bounds) = derived.expression {
        return Expression.bandLabels(bounds).filter { $0 != "unknown" }
      }
      return derived.type == .boolean ? ["no", "yes"] : nil
    }
    guard let column = spine?.column(named: name), column.type == .code, !column.values.isEmpty,
      pseudonymise.policy(for: name)?.keep == .value
    else { return nil }
    var labels = Set(column.values.map(\.meaning))
    switch column.unknown {
    case .keep: return nil
    case .other: labels.insert("other")
    case .missing, .reject: break
    }
    return labels.subtracting(["unknown"]).sorted()
  }
}
