import Tabular

/// Standardised rates of earlier releases: what they tell of counts that are tonight's too.
extension ReleaseSystem {
  /// Adds the rates that an earlier release showed, each once over all releases.
  ///
  /// - Parameters:
  ///   - old: its system.
  ///   - release: what of it was seen.
  ///   - joint: by number of the old system: the one that it is here; −1 where it was not added.
  ///   - ratesOfNights: those that are here.
  mutating func add(
    _ old: ReleaseSystem,
    _ release: EarlierRelease,
    _ joint: [Int32],
    _ ratesOfNights: inout RatesOfNights
  ) {
    var numbers = StrataNumbers(labelsOfStratum)
    let strata = old.labelsOfStratum.map { numbers.number(of: $0) }
    labelsOfStratum = numbers.labels
    for (number, state) in old.states(ofRatesShownIn: release) {
      guard let rate = old.rates[number].renumbered(joint, strata: strata) else {
        // What it tells cannot be looked at beside rates of tonight.
        unknownRates.formUnion(0..<ratesOfNights.countOfTonight)
        continue
      }
      guard ratesOfNights.isNew(rate, state) else { continue }
      rates.append(rate)
      earlierRates.append(state)
    }
  }

  /// What a release of which this is the system showed of its rates, by number, ascending.
  private func states(
    ofRatesShownIn release: EarlierRelease
  ) -> [(rate: Int, state: RateConstraints.RateState)] {
    var found: [(Int, RateConstraints.RateState)] = []
    for (number, ofFigure) in rateOfCell.enumerated()
    where release.published.indices.contains(number) {
      let published = release.published[number]
      for (place, ofCell) in ofFigure.sorted(by: { $0.key < $1.key })
      where published.figures.indices.contains(place) {
        let figure = published.figures[place]
        let told =
          figure.companions.first { $0.suffix == "_expected" }?.values ?? figure.values
        guard told.count == ofCell.count else { continue }
        for (cell, rate) in ofCell.enumerated() {
          guard let rate, told[cell] != missingInteger else { continue }
          let made = rates[rate].told { variables.values[Int(rates[rate].members[$0])] }
          if told[cell] == made?.rounded.values.first {
            found.append((rate, .rounded))
          } else if !figure.days.indices.contains(cell) || figure.days[cell] == release.day {
            // One that is held is of the release that it was made for.
            found.append((rate, .exact))
          }
        }
      }
    }
    return found
  }

  /// Says of which rates the strata changed: they must not tell how.
  mutating func addChangesOfStrata() {
    var ratesOfNumber: [Int32: [Int]] = [:]
    for (number, rate) in rates.enumerated() {
      for member in rate.own { ratesOfNumber[member, default: []].append(number) }
    }
    for (variable, change) in variables.changes where variables.isOfStratum[Int(variable)] {
      let touched = Set([change.earlier, change.later].flatMap { ratesOfNumber[Int32($0)] ?? [] })
      for rate in touched.sorted() { rates[rate].add(change: variable) }
    }
  }
}

/// The rates of a system over nights.
struct RatesOfNights {
  let countOfTonight: Int
  private let days: [ClosedRange<Int32>]
  private var met: Set<Shown> = []

  private struct Shown: Hashable {
    let rate: StratifiedRate.Identity
    let state: RateConstraints.RateState
  }

  /// - Parameters:
  ///   - system: of tonight alone.
  ///   - tables: of tonight.
  init(_ system: ReleaseSystem, _ tables: [CellTable]) {
    countOfTonight = system.rates.count
    days = Array(Set(tables.map(\.days)))
  }

  /// The tables of a release that are not printed, without strata of rates of other days.
  func pieces(of release: EarlierRelease) -> [CellTable] {
    let ofStrata = CellTable.strata(of: release.tables)
    return release.pieces.filter { piece in
      !ofStrata.contains(piece.name) || days.contains { $0.overlaps(piece.days) }
    }
  }

  /// Whether a rate was not met before.
  mutating func isNew(_ rate: StratifiedRate, _ state: RateConstraints.RateState) -> Bool {
    met.insert(Shown(rate: StratifiedRate.Identity(rate), state: state)).inserted
  }
}
