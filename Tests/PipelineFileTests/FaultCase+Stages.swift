extension FaultCase {
  static let all =
    head + keys + ingest + limits + codeTables + pseudonymise + optOut + filters + link
    + probabilistic + deduplicate + aggregate + measures + hotSpots + cases + times + episodes
    + segments + strata + publish + later

  private static let head = [
    FaultCase("koppel: 1", "koppel: 2", at: "2", "version 2 of the format", hint: "version 1"),
    FaultCase("koppel: 1\n", "", at: "pipeline:", "has no 'koppel'"),
    FaultCase(
      "owner: someone\npurpose: {text: Testing, basis: made-up data}\nsample: true\n",
      "purpose: {text: Testing, basis: made-up data}\n",
      at: "koppel",
      "has no 'owner'"
    ),
    FaultCase("owner: someone", "ownr: someone", at: "ownr", "no key 'ownr'", hint: "'owner'"),
    FaultCase("basis: made-up data", "base: x", at: "base", "no key 'base'", hint: "'basis'"),
    FaultCase(", basis: made-up data", "", at: "purpose", "has no 'basis'"),
    FaultCase("pipeline: small", "pipeline: a b", at: "a b", "a name that cannot be used"),
    FaultCase("sample: true", "sample: yes", at: "yes", "expected true or false"),
    FaultCase("unit: month", "unit: mnth", at: "mnth", "found 'mnth'", hint: "'month'"),
    FaultCase("default: 2026-08", "default: 2026", at: "2026", "expected a month"),
    FaultCase("default: 2026-08", "default: 2026-01..2026-08", at: "2026-01", "range of periods"),
    FaultCase("{file: demo.key}", "{}", at: "region", "neither 'credential' nor 'file'"),
    FaultCase("{file: demo.key}", "{fil: demo.key}", at: "fil:", "no key 'fil'", hint: "'file'"),
    FaultCase(
      "care/{period}.csv",
      "care/{perid}.csv",
      at: "{perid}",
      "'{perid}'",
      hint: "{period}"
    ),
  ]

  private static let publish = [
    FaultCase(
      "tables: [use, contacts]",
      "tables: [us, contacts]",
      at: "us, c",
      "no table 'us'",
      hint: "'use'"
    ),
    FaultCase("tables: [use, contacts]", "tables: [use, use]", at: "use]", "twice"),
    FaultCase("tables: [use, contacts]", "tables: []", at: "[]", "found an empty list"),
  ]

  /// What later versions bring is refused by name.
  private static let later = [
    FaultCase("sample: true", "language: nl", at: "language", "'language' is not built yet"),
    FaultCase(
      "tables: [use, contacts]",
      "tables: [use, contacts]\n  retain: {a: b}",
      at: "retain",
      "'publish.retain' is not built yet"
    ),
    FaultCase(
      "tables: [use, contacts]",
      "tables: [use, contacts]\n  with: [report]",
      at: "report",
      "'report' is not built yet"
    ),
  ]
}
