import Tabular

/// Providers who know numbers because nobody else has rows there.
extension ReleaseSystem {
  /// Adds the providers who make numbers alone, by their names: they know these, and of others their
  /// part.
  ///
  /// - Parameters:
  ///   - insiders: get them.
  ///   - system: of the release.
  ///   - rules: say what must stay uncertain of the rest.
  ///   - required: one a variable.
  ///   - told: by other nights.
  func addProviders(
    to insiders: inout Insiders,
    _ system: CellSystem,
    _ rules: ReleaseRules,
    _ required: [RequiredInterval?],
    _ told: ToldRanges
  ) {
    var numbersOfName: [String: [Int32]] = [:]
    var partsOfName: [String: [Int32]] = [:]
    for variable in 0..<Int32(variables.count) where !isChange(variable) {
      let parts = variables.providers[Int(variable)]
      if parts.count == 1 {
        numbersOfName[parts[0].name, default: []].append(variable)
      } else if required[Int(variable)] != nil {
        for part in parts { partsOfName[part.name, default: []].append(variable) }
      }
    }
    // Whoever has rows behind a number before or after a change knows what they brought to it.
    var changesOfName: [String: [(variable: Int32, change: NumberChange)]] = [:]
    for (variable, change) in variables.changes
    where change.required != nil && !change.providers.isEmpty {
      let parts = [change.earlier, change.later].flatMap { variables.providers[$0] }
      for name in Set(parts.map(\.name)) {
        changesOfName[name, default: []].append((variable, change))
      }
    }
    for (name, own) in numbersOfName.sorted(by: { $0.value[0] < $1.value[0] }) {
      let known = addingEqual(addingEmpty(own, system), system)
      let insider = insiders.add(known)
      for variable in partsOfName[name] ?? [] where !known.contains(variable) {
        guard let bounds = required[Int(variable)] else { continue }
        insiders.add(
          insider,
          to: Int(variable),
          required: rules.of(variables.nights[Int(variable)])
            .required(Int(variable), bounds, toProvider: name, of: variables)?
            .within(told[Int(variable)])
        )
      }
      for (variable, change) in changesOfName[name] ?? [] {
        insiders.add(
          insider,
          to: Int(variable),
          required: change.required(
            toProvider: name,
            isSum: variables.isSum[Int(variable)]
          )?.within(told[Int(variable)])
        )
      }
    }
  }
}

extension ReleaseSystem {
  /// With the numbers that are one with them, as those that others brought on another night.
  private func addingEqual(_ own: [Int32], _ system: CellSystem) -> [Int32] {
    var (found, seen) = (own, Set(own))
    var next = 0
    while next < found.count {
      for equation in system.equations(of: Int(found[next])) {
        let members = system.cells(of: Int(equation))
        guard members.count == 2 else { continue }
        found += members.filter { seen.insert($0).inserted }
      }
      next += 1
    }
    return found
  }
}

extension ReleaseRules {
  /// What is required of a number to a provider, who knows their part of it: the same of the rest.
  ///
  /// - Parameters:
  ///   - variable: the number.
  ///   - bounds: what is required to others.
  ///   - provider: one of several who have a part in it.
  ///   - variables: all numbers of the release.
  /// - Returns: bounds of the whole number; nil where the rest may be known.
  func required(
    _ variable: Int,
    _ bounds: RequiredInterval,
    toProvider provider: String,
    of variables: ReleaseVariables
  ) -> RequiredInterval? {
    let value = variables.values[variable]
    let share = variables.providers[variable].first { $0.name == provider }?.amount ?? 0
    let others = variables.providers[variable].filter { $0.name != provider }
    let rest = value.subtractingReportingOverflow(share).partialValue
    guard variables.isSum[variable] else {
      // Who is with others too is one of theirs.
      guard rest > 0 else { return nil }
      return RequiredInterval(
        lower: max(bounds.lower, min(share + 1, value)),
        upper: bounds.upper == minimum ? share + minimum : bounds.upper
      )
    }
    guard !others.isEmpty else { return nil }
    let persons = within(rest, variables.largest.map { $0[variable] }, of: variable, variables)
    let isOfFew = variables.contributors[variable] < minimum
    guard
      let required = RequiredInterval.wider(
        isOfFew ? few(rest, largest: persons[0] > 0 ? persons[0] : rest) : nil,
        dominated(rest, persons, others.largest)
      )
    else { return nil }
    let least = required.lower.addingReportingOverflow(share).partialValue
    return RequiredInterval(
      lower: variables.hasCredits[variable] ? least : max(least, share),
      upper: required.upper.addingReportingOverflow(share).partialValue
    )
  }
}
