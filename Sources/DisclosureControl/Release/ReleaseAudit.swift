package import PipelineFile
package import Tabular

/// What can be worked out of tables as they are written: our own attack on a release.
///
/// Who sees the tables and nothing else is answered by linear programs; who is alone in a cell, by
/// looking for other numbers that fit what he sees too. It takes from the tables what is shown, and
/// nothing from how they were made.
package struct ReleaseAudit: Sendable {
  /// One a measure, in the order of the tables.
  package let measures: [Measure]
  /// Earlier releases, and those of them of which hidden numbers are looked at too: of the others only
  /// what they showed is, for there would be too much.
  package let (earlierCount, wholeCount): (Int, Int)
  /// In the order of the tables; none where nobody asked.
  package let cells: [Cell]
  /// Whether numbers are moved by cell keys: what changes between nights is blurred, and not bounded.
  package let isBlurred: Bool

  /// What became of the numbers of one measure.
  package struct Measure: Sendable, Hashable {
    package let name: String
    /// Numbers that are shown; the same number in two tables counts once.
    package let shown: Int
    package let hidden: Int
    /// Of the hidden numbers: the interval that is the least part of what is required of it.
    package let narrowest: AttackedInterval?
    /// Numbers that anyone can tell too exactly.
    package let outsider: Int
    /// Numbers that someone who is alone in another can tell too exactly.
    package let insider: Int
    /// Hidden numbers in whose place that of an earlier release stands.
    package let held: Int
    /// Changes since earlier releases, and numbers of those, that can be told too exactly.
    package let nights: Int
  }

  /// Numbers that somebody can tell too exactly.
  package var atRisk: Int { measures.reduce(0) { $0 + $1.outsider + $1.insider + $1.nights } }

  init(
    _ tables: [CellTable],
    pieces: [CellTable],
    published: [ProtectedTable],
    _ policy: Protection,
    since earlier: [EarlierRelease],
    listing: Bool,
    workers: Int
  ) throws(DisclosureControlError) {
    let release = try ReleaseSystem(tables, pieces: pieces, policy)
    let nights =
      earlier.isEmpty ? release : try ReleaseSystem(tables, pieces: pieces, policy, since: earlier)
    self.init(
      release,
      policy,
      listing: listing ? tables : [],
      seen: Self.seen(of: nights, tables, published),
      rates: Self.rates(of: nights, tables, published),
      nights: nights,
      earlierCount: earlier.count,
      heldCount: published.reduce(into: [:]) { counts, table in
        for figure in table.figures {
          let held = figure.count(of: .held)
          if held > 0 { counts[figure.name, default: 0] += held }
        }
      },
      workers: workers
    )
  }

  /// Attacks what is seen of a system.
  ///
  /// What one release tells alone is answered by linear programs; what all tell together, by looking for
  /// numbers that fit all of them.
  ///
  /// - Parameters:
  ///   - release: of tonight alone.
  ///   - policy: of tonight.
  ///   - tables: of which hidden numbers are listed.
  ///   - seen: one a variable of `nights`.
  ///   - rates: what is seen of the standardised rates of `release`.
  ///   - nights: with earlier releases; variables of tonight come first. Nil where there are none.
  ///   - earlierCount: how many earlier releases there are.
  ///   - heldCount: by measure.
  ///   - workers: how many threads.
  init(
    _ release: ReleaseSystem,
    _ policy: Protection,
    listing tables: [CellTable] = [],
    seen: [Bool],
    rates: [RateConstraints.RateState] = [],
    nights: ReleaseSystem? = nil,
    earlierCount: Int = 0,
    heldCount: [String: Int] = [:],
    workers: Int = 1
  ) {
    let variables = release.variables
    let all = nights ?? release
    (self.earlierCount, wholeCount) = (earlierCount, all.wholeReleases)
    let rules = ReleaseRules(
      minimum: policy.minimum,
      dominance: policy.dominance,
      dominating: policy.contributors
    )
    let allRequired = rules.required(of: all.variables)
    // Counts of strata that nobody shows matter to those who read rates alone.
    let required = allRequired.prefix(variables.count).enumerated().map { number, interval in
      variables.isOfStratum[number] ? nil : interval
    }
    let needed = required.indices.filter { required[$0] != nil }
    let system = release.system
    let attack = IntervalAttack(
      system,
      known: (0..<variables.count).map { number in
        seen[number]
          ? .exactly(variables.values[number])
          : KnownRange(lower: variables.hasCredits[number] ? nil : 0, upper: nil)
      }
    )
    var numberOfName: [String: Int] = [:]
    for name in variables.names where numberOfName[name] == nil {
      numberOfName[name] = numberOfName.count
    }
    let kinds = needed.map { numberOfName[variables.names[$0]] ?? 0 }
    let bounds = needed.compactMap { required[$0] }
    let isListing = !tables.isEmpty
    let ofRates =
      rates.contains { $0 != .hidden }
      ? Self.witnesses(release, rules, allRequired, seen, rates, isOfAnyone: true) : nil
    let ofTonight = Self.witnesses(release, rules, allRequired, seen, rates)
    let ofNights = nights.map { Self.witnesses($0, rules, allRequired, seen, rates) }
    let found = Self.attacked([ofRates, ofTonight, ofNights], workers: workers) {
      isListing
        ? attack.intervals(of: needed)
        : attack.intervals(of: needed, reaching: bounds, kinds: kinds)
    }
    let (intervals, atRisk) = (found.intervals, found.atRisk)
    var isOpenToOutsider = [Bool](repeating: false, count: variables.count)
    for (variable, interval) in zip(needed, intervals) {
      guard let bounds = required[variable] else { continue }
      isOpenToOutsider[variable] = interval?.reaches(bounds) != true
    }
    var isOpenToInsider = [Bool](repeating: false, count: variables.count)
    // Who has all nights knows more: a witness for him is one for those who have tonight's tables alone.
    let openToAll = nights.map { _ in found.told[2].union(atRisk[2]) }
    for variable in atRisk[0] where openToAll?.contains(variable) ?? true {
      isOpenToOutsider[variable] = true
    }
    for variable in atRisk[1]
    where !isOpenToOutsider[variable] && openToAll?.contains(variable) ?? true {
      isOpenToInsider[variable] = true
    }
    var isOpenOverNights = [Bool](repeating: false, count: all.variables.count)
    for variable in atRisk[2] {
      isOpenOverNights[variable] =
        variable >= variables.count
        || !(isOpenToOutsider[variable] || isOpenToInsider[variable])
    }
    for rate in all.heldRates where rates.indices.contains(rate) && rates[rate] != .hidden {
      for place in all.rates[rate].places.prefix(1) {
        isOpenOverNights[Int(place.observed)] = true
      }
    }
    var order: [String] = []
    for name in all.variables.names where !order.contains(name) { order.append(name) }
    let widths = Dictionary(uniqueKeysWithValues: zip(needed, intervals))
    var isOpenSince: Set<Int> = []
    for (variable, change) in all.variables.changes where isOpenOverNights[Int(variable)] {
      isOpenSince.insert(change.later)
    }
    isBlurred = false
    cells = Self.cells(
      of: tables,
      release,
      attack,
      isHidden: { !seen[$0] },
      intervals: widths,
      who: { number in
        (isOpenToOutsider[number] ? [.outsider] : [])
          + (isOpenToInsider[number] ? [.insider] : [])
          + (isOpenSince.contains(number) || isOpenOverNights[number] ? [.nights] : [])
      }
    )
    measures = order.map { name in
      let own = (0..<variables.count).filter { variables.names[$0] == name }
      let printed = own.filter { variables.isPrinted[$0] }
      return Measure(
        name: name,
        shown: printed.count { seen[$0] },
        hidden: printed.count { !seen[$0] },
        narrowest: own.compactMap { widths[$0] ?? nil }.min { $0.width < $1.width },
        outsider: own.count { isOpenToOutsider[$0] },
        insider: own.count { isOpenToInsider[$0] },
        held: heldCount[name] ?? 0,
        nights: all.variables.names.indices.count {
          isOpenOverNights[$0] && all.variables.names[$0] == name
        }
      )
    }
  }

  /// Which numbers somebody can read in a table, or knows because nobody is in them.
  static func seen(
    of release: ReleaseSystem,
    _ tables: [CellTable],
    _ published: [ProtectedTable]
  ) -> [Bool] {
    let variables = release.variables
    var seen = (0..<variables.count).map { number in
      switch variables.nights[number] {
      case .tonight: variables.isToldZero(number)
      case .seenBefore: true
      case .earlier(let isSeen, _, _): isSeen || variables.isToldZero(number)
      case .change: false
      }
    }
    for (number, (table, written)) in zip(tables, published).enumerated() {
      for (place, ofCell) in release.variablesOfPlace[number] {
        for cell in ofCell.indices where isSeen(place, cell, table, written) {
          seen[Int(ofCell[cell])] = true
        }
      }
    }
    return seen
  }

  /// What is seen of standardised rates, by how they are written.
  static func rates(
    of release: ReleaseSystem,
    _ tables: [CellTable],
    _ published: [ProtectedTable]
  ) -> [RateConstraints.RateState] {
    var states = release.rates.map { _ in RateConstraints.RateState.hidden }
    for (number, ofFigure) in release.rateOfCell.enumerated() {
      for (place, ofCell) in ofFigure {
        let written = published[number].figures[place]
        let told =
          written.companions.first { $0.suffix == "_expected" }?.values ?? written.values
        for (cell, rate) in ofCell.enumerated() {
          guard let rate, !written.marks[cell].isHidden, told[cell] != missingInteger else {
            continue
          }
          let made = release.rates[rate].told {
            release.variables.values[Int(release.rates[rate].members[$0])]
          }
          states[rate] = told[cell] == made?.rounded.values.first ? .rounded : .exact
        }
      }
    }
    return states
  }

  static func isSeen(
    _ place: Quantity.Place,
    _ cell: Int,
    _ table: CellTable,
    _ written: ProtectedTable
  ) -> Bool {
    switch place {
    case .persons:
      zip(table.figures, written.figures).contains { figure, written in
        figure.kind == .count && !written.marks[cell].isHidden
      }
    // Of a mean its persons stand beside it, so that its sum follows.
    case .value(let figure): !written.figures[figure].marks[cell].isHidden
    case .behind(let figure):
      written.figures[figure].marks[cell] != .held
        && written.figures[figure].companions.contains {
          $0.suffix == CellTable.Companion.persons([]).suffix && $0.values[cell] != missingInteger
        }
    case .companion(let figure, let companion):
      written.figures[figure].marks[cell] != .held
        && written.figures[figure].companions[companion].values[cell] != missingInteger
    }
  }
}

/// Attacks a release.
///
/// - Parameters:
///   - tables: as they were counted: they tell what is required.
///   - pieces: tables that are not printed (`cyclicCores`).
///   - published: the same tables as they are written.
///   - policy: of the release.
///   - earlier: releases of earlier nights, the oldest first.
///   - listing: whether each hidden number is listed, and attacked for it.
///   - workers: how many threads; nothing depends on it.
/// - Returns: what can be told too exactly, measure by measure.
/// - Throws: `contradiction`.
package func audit(
  _ tables: [CellTable],
  pieces: [CellTable] = [],
  published: [ProtectedTable],
  _ policy: Protection,
  since earlier: [EarlierRelease] = [],
  listing: Bool = false,
  workers: Int = 1
) throws(DisclosureControlError) -> ReleaseAudit {
  switch policy.method {
  case .hide, .suppress:
    try ReleaseAudit(
      tables,
      pieces: pieces,
      published: published,
      policy,
      since: earlier,
      listing: listing,
      workers: workers
    )
  case .round, .cellKey:
    try ReleaseAudit(changed: tables, published: published, policy, listing: listing)
  }
}
