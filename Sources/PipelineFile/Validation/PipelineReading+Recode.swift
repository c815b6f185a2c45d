import Diagnostics

extension PipelineReading {
  /// The steps by which tables are made coarser where they cannot be protected.
  ///
  /// - Parameters:
  ///   - value: of `recode`.
  ///   - tables: that are made coarser.
  ///   - persons: derived columns, with their cut points.
  ///   - hasRegion: whether areas lie in regions.
  /// - Returns: those that can be taken, in file order.
  mutating func recodings(
    _ value: CheckedValue?,
    _ tables: [TableDefinition],
    _ persons: [DerivedColumn],
    hasRegion: Bool
  ) -> [Recoding] {
    var left = RecodedDimensions(tables, persons, hasRegion: hasRegion)
    var steps: [Recoding] = []
    for entry in (value?.elements ?? []).flatMap(\.entries) {
      guard let text = entry.value.text else { continue }
      let name = entry.name
      guard left.names.contains(name) else {
        let near = nearestName(to: name, among: left.names)
        faults.report(
          at: entry.keySpan,
          left.totalled.contains(name)
            ? "found '\(name)', of which only the total is left"
            : "found '\(name)', which no table is cut by",
          hint: near.map { "did you mean '\($0)'?" }
            ?? "name one of: \(left.names.joined(separator: ", "))"
        )
        continue
      }
      if let change = change(of: name, to: text, entry.value, left) {
        steps.append(Recoding(name, change))
        left.take(name, change)
      }
    }
    return steps
  }

  private mutating func change(
    of name: String,
    to text: String,
    _ value: CheckedValue,
    _ left: RecodedDimensions
  ) -> Recoding.Change? {
    if let coarser = left.coarserLevels(than: name) {
      if coarser.contains(text) { return .level(text) }
      faults.report(
        at: value.span,
        "found '\(text)', expected a coarser level of areas than \(name)",
        hint: coarser.isEmpty
          ? "leave it out: there is none" : "write one of: \(coarser.joined(separator: ", "))"
      )
      return nil
    }
    if text == "total" { return .total }
    guard let old = left.cuts[name] else {
      faults.report(
        at: value.span,
        "found '\(text)' for '\(name)', which is no band, expected its total",
        hint: "write \(name): total"
      )
      return nil
    }
    let cure = "choose some of \(old.map { "\($0)" }.joined(separator: " ")), the first among them"
    let words = text.split { $0 == " " || $0 == "," }
    let cuts = words.compactMap { Int64($0) }
    if cuts.count != words.count || cuts.isEmpty {
      faults.report(
        at: value.span,
        "found '\(text)' for '\(name)', expected cut points or its total",
        hint: cure
      )
    } else if let other = cuts.first(where: { !old.contains($0) }) {
      faults.report(
        at: value.span,
        "found the cut point \(other), which '\(name)' does not have",
        hint: cure
      )
    } else if zip(cuts, cuts.dropFirst()).contains(where: { $0 >= $1 }) {
      faults.report(at: value.span, "found cut points that do not rise", hint: cure)
    } else if cuts.first != old.first || cuts.count == old.count {
      faults.report(
        at: value.span,
        cuts.first != old.first
          ? "found cut points that begin above \(old[0]): who is below would be unknown"
          : "found all cut points of '\(name)', expected fewer",
        hint: cure
      )
    } else {
      return .cuts(cuts)
    }
    return nil
  }
}

/// The dimensions that tables have after some steps.
private struct RecodedDimensions {
  /// In order of the tables.
  private(set) var names: [String] = []
  private(set) var totalled: Set<String> = []
  /// The cut points of bands.
  private(set) var cuts: [String: [Int64]] = [:]
  /// Levels of areas, the finest first.
  private let levels: [String]

  init(_ tables: [TableDefinition], _ persons: [DerivedColumn], hasRegion: Bool) {
    for name in tables.filter(\.isRecoded).flatMap(\.by) where !names.contains(name) {
      names.append(name)
    }
    for column in persons {
      if case .band(_, let bounds) = column.expression.expression { cuts[column.name] = bounds }
    }
    levels = AreaLevel.allCases.map(\.rawValue) + (hasRegion ? ["region"] : [])
  }

  /// Nil for what is no level of areas.
  func coarserLevels(than name: String) -> [String]? {
    levels.firstIndex(of: name).map { Array(levels[($0 + 1)...]) }
  }

  mutating func take(_ name: String, _ change: Recoding.Change) {
    switch change {
    case .cuts(let fewer): cuts[name] = fewer
    case .total, .level:
      names.removeAll { $0 == name }
      if case .level(let level) = change {
        if !names.contains(level) { names.append(level) }
      } else {
        totalled.insert(name)
      }
    }
  }
}
