extension TableDefinition {
  /// The same table, its rates over those who could appear in the sources that they look at.
  ///
  /// A rate of everyone would be too low by those of whom no source could tell. Who could appear is
  /// told by a measure of its own, which is published beside the others: `covered_care` in the place of
  /// a count, `py_covered_care` in that of person-years `py`.
  ///
  /// - Parameters:
  ///   - covers: who could appear in a source, as a condition on persons; everyone in the others.
  ///   - persons: the derived columns.
  /// - Returns: itself where no rate looks at such a source, or where it counts rows.
  func overCovered(
    _ covers: [String: TypedExpression],
    _ persons: [DerivedColumn]
  ) -> TableDefinition {
    guard rows.isEmpty, episodes == nil, !covers.isEmpty else { return self }
    let needs = covers.keys.sorted().map { source in
      (source, SourceNeeds(of: [source], persons).measures(among: measures))
    }
    let everyone = measures.first(where: \.isCount)?.name
    var added: [Measure] = []
    func divisor(_ by: String, of dividend: String) -> String? {
      let sources = needs.filter { $0.1.contains(dividend) }.map(\.0)
      let condition = sources.compactMap { covers[$0]?.expression }.reduce(nil) { all, next in
        all.map { .and($0, next) } ?? next
      }
      guard let condition, let measure = measures.first(where: { $0.name == by }) else {
        return nil
      }
      let among = TypedExpression(condition, type: .boolean)
      var name = "covered_\(sources.joined(separator: "_"))"
      let covered: Measure
      switch measure.kind {
      case .count: covered = Measure(name: name, kind: .countWhere(among), inPlaceOf: by)
      case .personYears:
        name = "\(by)_\(name)"
        covered = Measure(name: name, kind: .personYears, inPlaceOf: by, among: among)
      default: return nil
      }
      if !added.contains(where: { $0.name == name }) { added.append(covered) }
      return name
    }
    let changed = measures.map { measure in
      var (kind, over) = (measure.kind, String?.none)
      switch kind {
      case .quotient(let of, let per, let by):
        kind = .quotient(of: of, per: per, by: divisor(by, of: of) ?? by)
      case .standardised(let of, let per, let by, let strata, let standard):
        kind = .standardised(
          of: of,
          per: per,
          by: divisor(by, of: of) ?? by,
          strata: strata,
          to: standard
        )
      case .ratio(let of, _):
        // It divides by no measure, but who compares regions asks for the persons.
        over = everyone.flatMap { divisor($0, of: of) }
      default: break
      }
      return Measure(name: measure.name, kind: kind, over: over)
    }
    var table = self
    switch content {
    case .measures: table.content = .measures(changed + added)
    case .lenses(_, let lenses): table.content = .lenses(changed + added, lenses)
    default: return self
    }
    return table
  }
}
