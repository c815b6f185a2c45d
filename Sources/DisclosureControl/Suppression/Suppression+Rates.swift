/// Standardised rates come last: a number in a table is worth more than one that is made of many.
extension Suppression {
  /// Shows rates, the one of most persons first, where every number that must not be known stays
  /// uncertain to those who read it beside all that is shown.
  ///
  /// A rate of which all that it is made of is known is shown as it is, others in few digits. The
  /// counts of strata that no table shows must not be told exactly by it.
  ///
  /// - Parameter unknown: rates that stay hidden.
  mutating func showRates(but unknown: Set<Int>) {
    let rates = search.rates.rates
    let order = rates.indices.sorted { left, right in
      let (first, second) = (size(of: rates[left]), size(of: rates[right]))
      return first == second ? left < right : first > second
    }
    for rate in order where !unknown.contains(rate) {
      guard rates[rate].parts.allSatisfy({ states[Int($0)] != .hidden }) else { continue }
      let isKnown = rates[rate].members.allSatisfy {
        states[Int($0)] != .hidden || search.rates.isKnown($0)
      }
      if isKnown, show(rate, .exact) { continue }
      _ = show(rate, .rounded)
    }
    if search.rates.states.contains(where: { $0 != .hidden }) { hideUnproved() }
  }

  /// Hides rates beside which a witness is not found by whoever looks for it anew: so audit does.
  private mutating func hideUnproved() {
    var anew = self
    anew.proofs = Proofs(cellCount: system.cellCount)
    for cell in required.indices where required[cell] != nil && states[cell] == .hidden {
      if anew.prove(cell, .whole) { continue }
      for rate in ratesNear(cell) {
        anew.search.rates.set(rate, .hidden)
        search.rates.set(rate, .hidden)
      }
    }
  }

  /// The rates of a stratum; of another number those that hang together with it.
  private func ratesNear(_ cell: Int) -> [Int] {
    search.rates.isOfStratum(cell)
      ? search.rates.made(of: Int32(cell))
      : search.rates.shown(
        touching: system.equations(of: cell).flatMap { Array(system.cells(of: Int($0))) }
      )
  }

  private func size(of rate: StratifiedRate) -> Int64 {
    rate.members.reduce(0) { $0 &+ truth[Int($1)] }
  }

  /// Shows a rate if that gives nothing away.
  ///
  /// - Returns: whether it is shown.
  private mutating func show(_ rate: Int, _ state: RateConstraints.RateState) -> Bool {
    let members = search.rates.rates[rate].members
    search.rates.set(rate, state)
    let rates = search.rates
    let spoilt = proofs.withdraw(changing: members) { !rates.isKept(rate, state, by: $0) }
    let before = required
    requireStrata(of: rate)
    let asked = Set(spoilt.cells)
      .union(search.rates.rates[rate].own.map { Int($0) }).sorted()
    let unprotected = Set(unprotected)
    for cell in asked where !unprotected.contains(cell) && !prove(cell, .quick) {
      search.rates.set(rate, .hidden)
      proofs.restore(spoilt)
      required = before
      return false
    }
    return true
  }

  /// Asks that the counts of a rate's strata are not told exactly.
  mutating func requireStrata(of rate: Int) {
    for member in search.rates.rates[rate].own {
      if let interval = requiredOfStrata[Int(member)] { required[Int(member)] = interval }
    }
  }
}
