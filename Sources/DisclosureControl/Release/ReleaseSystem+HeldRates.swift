import PipelineFile
import Tabular

/// Standardised rates over nights: what two of them tell together of how the strata changed.
///
/// Who reads both can compare them. A rate is told anew where at least the minimum of persons changed
/// since each that was told before, or nobody at all, nor in what it is measured by. Of a stratum of
/// which fewer changed the count must then stay uncertain, and with it the change. Which strata changed
/// nobody is taken to know, since no table shows them.
extension ReleaseSystem {
  /// Finds the rates that stay as they were told last, and the counts of strata that must stay uncertain.
  ///
  /// - Parameters:
  ///   - tables: of tonight.
  ///   - pieces: tables that are not printed.
  ///   - policy: of tonight.
  ///   - earlier: releases of earlier nights.
  mutating func holdRates(
    _ tables: [CellTable],
    _ pieces: [CellTable],
    _ policy: Protection,
    since earlier: [EarlierRelease]
  ) {
    var restOfPair: [[Int32]: Int32] = [:]
    for (all, part, rest) in complements { restOfPair[[all, part]] = rest }
    for (number, table) in tables.enumerated() {
      for (place, figure) in table.figures.enumerated() {
        guard let standardisation = figure.standardisation,
          let piece = pieces.firstIndex(where: { $0.name == standardisation.pieces }),
          let now = StrataCounts(pieces[piece], standardisation),
          let ofCell = rateOfCell[number][place],
          let observed = variablesOfPlace[tables.count + piece][now.observed.place],
          let population = variablesOfPlace[tables.count + piece][now.population.place]
        else { continue }
        let members = zip(observed, population).map { observed, population in
          [observed, population] + (restOfPair[[population, observed]].map { [$0] } ?? [])
        }
        for release in earlier {
          let told = ToldRates.all(in: release, of: now, like: standardisation)
          let ofCells = told.map { $0.isTold(in: table) }
          let isAlikeTold = table.persons.indices.map { cell in
            zip(told, ofCells).contains { $0.isAlike && $1[cell] }
          }
          for (told, isTold) in zip(told, ofCells) {
            let changes = told.changes(to: now, members)
            if isTold.contains(true) { keepPossible(changes, policy) }
            hold(ofCell, isTold, isAlikeTold, changes, policy)
            if told.isAlike { add(ofCell, told.values(in: table), isTold, changes) }
          }
        }
      }
    }
  }

  /// Keeps numbers of an earlier release uncertain, if its rates were told: were tonight's others, those
  /// were too.
  private mutating func keepPossible(_ changes: [Int32: StrataChange], _ policy: Protection) {
    for (member, change) in changes.sorted(by: { $0.key < $1.key }) {
      let before = variables.values[Int(member)] &- change.difference
      earlierRates.add(member, before: before)
      if !variables.isSum[Int(member)], 0 < before, before < policy.minimum {
        variables.keepUncertain(member, by: 1)
      }
    }
  }

  /// Says of numbers of a cell how far they can be others where nobody left it, or nobody came.
  private mutating func addDirections(
    of places: [StratifiedRate.Place],
    _ changes: [Int32: StrataChange]
  ) {
    for kind in [\StratifiedRate.Place.observed, \.population] {
      let own = places.compactMap { place in
        changes[place[keyPath: kind]].map { (place[keyPath: kind], $0) }
      }
      let isGrowth = own.allSatisfy { $1.difference >= 0 && $1.persons <= $1.difference }
      let isLoss = own.allSatisfy { $1.difference <= 0 && $1.persons <= -$1.difference }
      for (member, change) in own where isGrowth || isLoss {
        earlierRates.add(
          member,
          within: (isGrowth ? -change.difference : .min)...(isLoss ? -change.difference : .max)
        )
      }
    }
  }

  /// Adds what an earlier release told of rates.
  ///
  /// - Parameters:
  ///   - rateOfCell: of a figure.
  ///   - values: one a cell: as they were told.
  ///   - isTold: one a cell.
  ///   - changes: by number: how it changed since.
  private mutating func add(
    _ rateOfCell: [Int?],
    _ values: [Int64],
    _ isTold: [Bool],
    _ changes: [Int32: StrataChange]
  ) {
    for (cell, rate) in rateOfCell.enumerated() where isTold[cell] {
      guard let rate else { continue }
      let counts = rates[rate].members.map { member in
        variables.values[Int(member)] &- (changes[member]?.difference ?? 0)
      }
      let made = rates[rate].told { counts[$0] }
      let state: RateConstraints.RateState =
        values[cell] == made?.rounded.values.first ? .rounded : .exact
      earlierRates.add(EarlierRate(rate: rates[rate], counts: counts, state: state))
    }
  }

  /// - Parameters:
  ///   - rateOfCell: of a figure.
  ///   - isTold: one a cell: whether something was told of its strata in an earlier release.
  ///   - isAlikeTold: one a cell: whether the same rate was.
  ///   - changes: by number: how it changed since.
  ///   - policy: of tonight.
  private mutating func hold(
    _ rateOfCell: [Int?],
    _ isTold: [Bool],
    _ isAlikeTold: [Bool],
    _ changes: [Int32: StrataChange],
    _ policy: Protection
  ) {
    for (cell, rate) in rateOfCell.enumerated() {
      guard let rate else { continue }
      let own = rates[rate].own
      if own.allSatisfy({ changes[$0]?.persons == 0 }) { earlierRates.add(same: own) }
      addDirections(of: rates[rate].places, changes)
      guard isTold[cell] else { continue }
      let isSame = rates[rate].members.allSatisfy { changes[$0]?.persons == 0 }
      if isSame, isAlikeTold[cell] { continue }
      var (more, fewer) = (StrataChange.Persons(), StrataChange.Persons())
      for place in rates[rate].places {
        for (kind, member) in [place.observed, place.population, place.rest ?? -1].enumerated() {
          guard let change = changes[member] else { continue }
          if change.difference < 0 {
            fewer.counts[kind] += change.persons
          } else {
            more.counts[kind] += change.persons
          }
        }
      }
      // Who went from one stratum to another is one person.
      guard max(more.most, fewer.most) >= policy.minimum else {
        heldRates.insert(rate)
        continue
      }
      for member in rates[rate].own {
        guard let change = changes[member], 0 < change.persons, change.persons < policy.minimum
        else { continue }
        variables.keepUncertain(
          member,
          by: variables.isSum[Int(member)]
            ? max(1, Int64(clamping: change.difference.magnitude)) : 1
        )
      }
    }
  }
}

/// How a number of a stratum changed between two releases.
private struct StrataChange {
  /// Whose part differs: at least so many.
  let persons: Int64
  /// The later less the earlier number.
  let difference: Int64

  /// Persons who changed in the strata of a cell: of those who are counted, of all, and of the others.
  struct Persons {
    var counts = [Int64](repeating: 0, count: 3)

    var most: Int64 { counts.max() ?? 0 }
  }

  /// - Parameters:
  ///   - earlier: nil where nobody was in the stratum.
  ///   - later: the same number.
  ///   - isJoinable: whether their persons can be compared.
  init(from earlier: StrataCount?, to later: StrataCount, isJoinable: Bool) {
    difference = later.value.subtractingReportingOverflow(earlier?.value ?? 0).partialValue
    let least: Int64 = difference == 0 ? 0 : 1
    guard let earlier else {
      persons = max(least, later.contributors)
      return
    }
    let areKnown =
      isJoinable && (later.set != .empty || later.contributors == 0)
      && (earlier.set != .empty || earlier.contributors == 0)
    if areKnown, !later.powerSums.isEmpty, later.powerSums.count == earlier.powerSums.count {
      let changed = ChangedPersons(from: earlier.powerSums, to: later.powerSums)
      persons = max(least, Int64(changed.count))
    } else if areKnown, later.set == earlier.set {
      persons = least
    } else if later.isSum {
      persons = 1
    } else {
      persons = max(areKnown ? 1 : 0, Int64(clamping: difference.magnitude))
    }
  }
}

/// A number of a stratum, with whoever is behind it.
private struct StrataCount {
  let value: Int64
  let contributors: Int64
  let set: SetKey
  let powerSums: [UInt64]
  let isSum: Bool

  init(_ quantity: Quantity, _ cell: Int) {
    value = quantity.values[cell]
    contributors =
      quantity.contributors.indices.contains(cell) ? quantity.contributors[cell] : value
    set = quantity.sets.indices.contains(cell) ? quantity.sets[cell] : .empty
    powerSums = quantity.powerSums(of: cell)
    isSum = quantity.kind == .sum
  }

  /// Whoever are in `all` and not in `part`.
  init(_ all: StrataCount, without part: StrataCount) {
    value = all.value &- part.value
    contributors = value
    let isKnown = all.set != .empty && (part.set != .empty || part.value == 0)
    set = isKnown ? all.set &- part.set : .empty
    powerSums = PowerSums.difference(all.powerSums, part.powerSums)
    isSum = false
  }
}

/// The counts of strata of a table of rates.
private struct StrataCounts {
  let table: CellTable
  let observed: (place: Quantity.Place, quantity: Quantity)
  let population: (place: Quantity.Place, quantity: Quantity)

  /// - Returns: nil where the table of strata lacks what is counted.
  init?(_ pieces: CellTable, _ standardisation: StrataFigure) {
    let quantities = Quantity.quantities(of: pieces)
    func found(_ name: String?) -> (place: Quantity.Place, quantity: Quantity)? {
      let place = pieces.figures.firstIndex { $0.name == name }
      return quantities.first { own, _ in
        switch place {
        case nil: own == .persons
        case .some(let place): own == .value(figure: place)
        }
      }
    }
    guard let observed = found(standardisation.observed),
      let population = found(standardisation.population)
    else { return nil }
    (self.table, self.observed, self.population) = (pieces, observed, population)
  }

  /// Whether others count the same in the same strata.
  func isLike(_ other: StrataCounts) -> Bool {
    observed.quantity.identity == other.observed.quantity.identity
      && population.quantity.identity == other.population.quantity.identity
      && table.dimensions.map(\.name) == other.table.dimensions.map(\.name)
      && table.days.overlaps(other.table.days)
  }

  /// Who are counted in a cell, all who could be, and the others.
  func counts(of cell: Int) -> [StrataCount] {
    let (part, all) = (
      StrataCount(observed.quantity, cell), StrataCount(population.quantity, cell)
    )
    return [part, all, StrataCount(all, without: part)]
  }
}

/// A figure of rates of an earlier release.
private struct ToldRates {
  private let table: CellTable
  private let counts: StrataCounts
  private let figure: PublishedTable.Figure
  private let release: EarlierRelease
  /// Whether it is the same rate, and not another of the same strata.
  let isAlike: Bool

  /// The figures of a release that follow from the same counts of strata.
  static func all(
    in release: EarlierRelease,
    of counts: StrataCounts,
    like standardisation: StrataFigure
  ) -> [ToldRates] {
    zip(release.tables, release.published).flatMap { table, published in
      zip(table.figures, published.figures).compactMap { figure, written -> ToldRates? in
        guard let own = figure.standardisation,
          let piece = release.pieces.first(where: { $0.name == own.pieces }),
          let before = StrataCounts(piece, own), counts.isLike(before)
        else { return nil }
        return ToldRates(
          table: table,
          counts: before,
          figure: written,
          release: release,
          isAlike: own.method == standardisation.method
        )
      }
    }
  }

  /// One a cell of a table of tonight: whether something was told of it.
  func isTold(in tonight: CellTable) -> [Bool] {
    CellPlaces(of: table.dimensions)
      .places(of: tonight.dimensions, cellCount: tonight.cellCount)
      .map { place in
        place >= 0 && figure.values.indices.contains(Int(place))
          && figure.values[Int(place)] != missingInteger && isOfRelease(Int(place))
      }
  }

  /// One a cell of a table of tonight: what was told, if something was.
  func values(in tonight: CellTable) -> [Int64] {
    let told = figure.companions.first { $0.suffix == "_expected" }?.values ?? figure.values
    return CellPlaces(of: table.dimensions)
      .places(of: tonight.dimensions, cellCount: tonight.cellCount)
      .map { told.indices.contains(Int($0)) ? told[Int($0)] : missingInteger }
  }

  /// Whether a value is of the release and not one that it held.
  private func isOfRelease(_ cell: Int) -> Bool {
    !figure.days.indices.contains(cell) || figure.days[cell] == release.day
  }

  /// By number of tonight: how it changed.
  ///
  /// - Parameters:
  ///   - now: the same counts of tonight.
  ///   - members: one a cell of them: the numbers that are counted, all, and others.
  /// - Returns: of every number of strata.
  func changes(to now: StrataCounts, _ members: [[Int32]]) -> [Int32: StrataChange] {
    let places = CellPlaces(of: counts.table.dimensions)
      .places(of: now.table.dimensions, cellCount: now.table.cellCount)
    var found: [Int32: StrataChange] = [:]
    for (cell, members) in members.enumerated() {
      let before = places[cell] >= 0 ? counts.counts(of: Int(places[cell])) : []
      for (kind, (member, later)) in zip(members, now.counts(of: cell)).enumerated() {
        found[member] = StrataChange(
          from: kind < before.count ? before[kind] : nil,
          to: later,
          isJoinable: release.isJoinable
        )
      }
    }
    return found
  }
}
