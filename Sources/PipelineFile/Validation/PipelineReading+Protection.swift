import Diagnostics

extension PipelineReading {
  /// How tables are protected.
  ///
  /// - Parameters:
  ///   - value: of `protect`.
  ///   - tables: what it protects.
  ///   - persons: derived columns.
  ///   - stage: where they stand.
  /// - Returns: nil where what stands there was told to be a mistake.
  mutating func protection(
    _ value: CheckedValue?,
    of tables: [TableDefinition],
    _ persons: [DerivedColumn],
    in stage: CheckedValue
  ) -> Protection? {
    guard let value, !value.isFaulty else { return nil }
    let word = value["method"]?.text ?? ""
    let owners = [
      ("base", ["round"]), ("noise", ["cell-key"]), ("dominance", ["suppress"]),
      ("keep", ["suppress"]), ("open", ["suppress"]), ("across", ["suppress", "cell-key"]),
      ("group", ["suppress", "hide"]), ("recode", ["suppress"]),
    ]
    for (key, owners) in owners where !owners.contains(word) {
      guard let found = value.entries.first(where: { $0.name == key }) else { continue }
      faults.report(
        at: found.keySpan,
        "found '\(key)' with method \(word), expected it with "
          + "\(owners.joined(separator: " and ")) only",
        hint: "leave it out, or write method: \(owners.joined(separator: " or "))"
      )
    }
    if let zeros = value["zeros"], zeros.text == "hide", !["suppress", "hide"].contains(word) {
      faults.report(
        at: zeros.span,
        "found zeros: hide with method \(word), expected it with suppress and hide only",
        hint: "write zeros: show, or method: suppress"
      )
    }
    let method: Protection.Method
    switch word {
    case "suppress": method = .suppress
    case "hide":
      method = .hide
      if let span = value["method"]?.span {
        faults.report(
          .warning,
          at: span,
          "'hide' protects single cells only: what is hidden may follow from totals",
          hint: "write method: suppress"
        )
      }
    case "round": method = .round(base: value["base"]?.integer ?? 5)
    case "cell-key":
      method = .cellKey(noise(value["noise"], at: value["method"]?.span ?? value.span))
      tellUnmoved(tables, in: stage)
    default: return nil
    }
    guard let minimum = value["minimum"]?.integer else { return nil }
    var protection = Protection(minimum: minimum, method: method)
    protection.dominance = dominance(value["dominance"])
    protection.dominanceCredential = value["dominance"]?["p"]?["credential"]?.text
    protection.contributors = contributors(value["dominance"]?["of"])
    protection.keep = kept(value["keep"], tables)
    protection.open = opened(value["open"], tables)
    protection.recode = recodings(
      value["recode"],
      tables,
      persons,
      hasRegion: stage["areas"] != nil
    )
    protection.hidesZeros = value["zeros"]?.text == "hide"
    protection.group = group(value["group"])
    protection.isAcrossReleases = value["across"]?.text == "releases"
    return protection
  }

  private mutating func dominance(_ value: CheckedValue?) -> Protection.Dominance? {
    guard let value, !value.isFaulty else { return nil }
    if value["p"] != nil { return prior(value) }
    guard let contributors = value["n"]?.integer else { return nil }
    guard let share = value["k"]?.share, share > 0, share < 1 else {
      faults.report(
        at: value.span,
        "found 'n' without a 'k' between 0 % and 100 %",
        hint: "write {n: 2, k: 85 %}"
      )
      return nil
    }
    return .share(contributors: Int(contributors), share)
  }

  /// The rule of p; nil where a credential has it.
  private mutating func prior(_ value: CheckedValue) -> Protection.Dominance? {
    for other in value.entries where ["n", "k"].contains(other.name) {
      faults.report(
        at: other.keySpan,
        "found 'p' and '\(other.name)', expected one rule",
        hint: "write {p: 10 %} or {n: 2, k: 85 %}"
      )
    }
    guard let share = value["p"]?.share else { return nil }
    return .prior(share: share)
  }

  private mutating func group(_ value: CheckedValue?) -> Protection.GroupShare? {
    guard let value, let share = value.share else { return nil }
    guard share > 0, share < 1 else {
      faults.report(
        at: value.span,
        "found a part of a group that is not between 0 % and 100 %",
        hint: "write it as: group: 90 %"
      )
      return nil
    }
    return Protection.GroupShare(share)
  }

  private mutating func kept(_ value: CheckedValue?, _ tables: [TableDefinition]) -> [String] {
    let areas = AreaLevel.allCases.map(\.rawValue) + ["region"]
    let levels = Set(tables.flatMap(\.by))
    return (value?.elements ?? []).compactMap { element in
      guard let name = element.text else { return nil }
      if levels.contains(name), areas.contains(name) { return name }
      faults.report(
        at: element.span,
        "found '\(name)', expected a level of areas that a table is cut by",
        hint: "name one of: \(areas.joined(separator: ", "))"
      )
      return nil
    }
  }

  private mutating func opened(
    _ value: CheckedValue?,
    _ tables: [TableDefinition]
  ) -> [Protection.OpenMeasure] {
    let measures = Set(tables.flatMap(\.measures).map(\.name))
    return (value?.entries ?? []).compactMap { entry in
      guard let reason = entry.value.text else { return nil }
      if measures.contains(entry.name) {
        return Protection.OpenMeasure(name: entry.name, reason: reason)
      }
      faults.report(
        at: entry.keySpan,
        "found '\(entry.name)', which no table measures",
        hint: "name a measure of a table, and why everyone knows it"
      )
      return nil
    }
  }
}
