import PipelineFile
import Tabular

/// Which cells of a release are hidden, over all its tables together.
struct ReleaseSuppression: Sendable {
  let names: [String]
  let release: ReleaseSystem
  let required: [RequiredInterval?]
  /// One a variable.
  let states: [CellState]
  /// One a rate of the release.
  let rateStates: [RateConstraints.RateState]
  /// Variables for which no pattern was found.
  let unprotected: [Int]

  /// Finds the pattern.
  ///
  /// - Parameters:
  ///   - tables: all that is counted for the release, each under a name of its own.
  ///   - pieces: tables that are not printed (`cyclicCores`).
  ///   - policy: its rules.
  ///   - earlier: releases of earlier nights, the oldest first.
  /// - Throws: `contradiction` where the tables do not fit each other.
  init(
    _ tables: [CellTable],
    pieces: [CellTable] = [],
    _ policy: Protection,
    since earlier: [EarlierRelease] = []
  ) throws(DisclosureControlError) {
    names = tables.map(\.name)
    release = try ReleaseSystem(tables, pieces: pieces, policy, since: earlier)
    let variables = release.variables
    let rules = ReleaseRules(
      minimum: policy.minimum,
      dominance: policy.dominance,
      dominating: policy.contributors
    )
    let required = rules.required(of: variables)
    let system = release.system
    let suppression = Suppression(
      system,
      truth: variables.values,
      required: required,
      costs: variables.costs,
      states: (0..<variables.count).map { variables.state(of: $0) },
      mayBeNegative: variables.hasCredits,
      insiders: release.insiders(system, rules, required),
      rates: release.rates,
      earlierRates: release.earlierRates,
      hiddenRates: release.unknownRates.union(release.heldRates),
      isOfStratum: variables.isOfStratum
    )
    rateStates = suppression.rateStates
    self.required = required
    states = suppression.states
    unprotected = suppression.unprotected
  }

  /// The same, if every number that must not be known is protected.
  ///
  /// - Throws: `unprotected`.
  func complete() throws(DisclosureControlError) -> ReleaseSuppression {
    guard !unprotected.isEmpty else { return self }
    var lacking = Set(unprotected.map(Int32.init))
    for (variable, change) in release.variables.changes where lacking.contains(variable) {
      lacking.formUnion([change.earlier, change.later].map(Int32.init))
    }
    let tables = zip(names, release.variablesOfPlace).filter { _, places in
      places.values.contains { !lacking.isDisjoint(with: $0) }
    }
    throw .unprotected(count: unprotected.count, tables: tables.map(\.0))
  }

  /// What may be seen of a standardised rate.
  ///
  /// - Parameters:
  ///   - table: its number among the tables.
  ///   - figure: its place there.
  ///   - cell: of the table.
  /// - Returns: nil where nobody looked at it.
  func rateState(table: Int, figure: Int, cell: Int) -> RateConstraints.RateState? {
    release.rateOfCell[table][figure]?[cell].map { rateStates[$0] }
  }

  /// Which cells of a table's numbers are hidden.
  ///
  /// - Parameters:
  ///   - table: its number among the tables.
  ///   - place: of the numbers in it.
  /// - Returns: one a cell; nil where the table has no such numbers.
  func hidden(table: Int, _ place: Quantity.Place) -> [Bool]? {
    release.variablesOfPlace[table][place].map { variables in
      variables.map { states[Int($0)] == .hidden }
    }
  }
}
