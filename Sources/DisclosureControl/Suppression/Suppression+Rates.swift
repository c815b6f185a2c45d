/// Standardised rates come last: a number in a table is worth more than one that is made of many.
extension Suppression {
  /// Shows rates, the one of most persons first, where every number that must not be known stays
  /// uncertain to those who read it beside all that is shown.
  ///
  /// A rate of which all that it is made of is known is shown as it is, others in few digits. The
  /// counts of strata that no table shows must not be told exactly by it.
  ///
  /// - Parameter hidden: rates that stay so.
  mutating func showRates(but hidden: Set<Int>) {
    let rates = search.rates.rates
    let asked = ratesBySize.filter { rate in
      !hidden.contains(rate) && rates[rate].parts.allSatisfy { states[Int($0)] != .hidden }
    }
    if asked.isEmpty { return }
    let before = self
    if !supposeRead() { return }
    for rate in asked {
      let isKnown = rates[rate].members.allSatisfy {
        states[Int($0)] != .hidden || search.rates.isKnown($0)
      }
      if isKnown, show(rate, .exact) { continue }
      _ = show(rate, .rounded)
    }
    if rateStates.contains(where: { $0 != .hidden }) {
      hideUnproved(before)
    }
  }

  /// The rates, the one of most persons first.
  private var ratesBySize: [Int] {
    let rates = search.rates.rates
    return (0..<search.rates.ownCount).sorted { left, right in
      let (first, second) = (size(of: rates[left]), size(of: rates[right]))
      return first == second ? left < right : first > second
    }
  }

  /// Supposes that someone reads rates, though none is shown yet: that he knows the strata of the whole
  /// region, as far as they may be known, and read what earlier releases showed.
  ///
  /// From now on small counts of strata must not be told, unless they are told by that alone.
  ///
  /// - Returns: false where a number that a table has would be told by it.
  mutating func supposeRead() -> Bool {
    let known = search.rates.supposeRead()
    var spoilt = proofs.withdraw(changing: known) { _ in true }.cells
    let earlier = search.rates.earlier
    spoilt += proofs.withdraw(changing: earlier.numbers) { !earlier.allow($0) }.cells
    for (number, earlier) in earlier.rates.enumerated() {
      let rate = search.rates.ownCount + number
      search.rates.set(rate, earlier.state)
      let rates = search.rates
      spoilt +=
        proofs.withdraw(changing: earlier.rate.members) {
          !rates.isKept(rate, earlier.state, by: $0)
        }.cells
    }
    let unprotected = Set(unprotected)
    for cell in Set(spoilt).sorted() where !unprotected.contains(cell) && !prove(cell, .quick) {
      return false
    }
    for cell in requiredOfStrata.keys.sorted() where states[cell] == .hidden {
      required[cell] = requiredOfStrata[cell]
      if !prove(cell, .quick) { required[cell] = nil }
    }
    return true
  }

  /// Hides rates beside which a witness is not found by whoever looks for it anew: so audit does.
  ///
  /// - Parameter before: the same before a rate was looked at.
  private mutating func hideUnproved(_ before: Suppression) {
    var anew = before
    anew.proofs = Proofs(cellCount: system.cellCount)
    anew.read(rateStates)
    for cell in required.indices where anew.required[cell] != nil && states[cell] == .hidden {
      if anew.prove(cell, .whole) { continue }
      // Its own first, then the others that hang together with it, the smallest first.
      let own = search.rates.made(of: Int32(cell)).filter { search.rates.states[$0] != .hidden }
      hide(own, &anew)
      for rate in ratesNear(cell) where !anew.prove(cell, .whole) { hide([rate], &anew) }
      if !anew.prove(cell, .whole) {
        hide(Array(0..<search.rates.ownCount), &anew)
        return
      }
    }
  }

  private mutating func hide(_ rates: [Int], _ other: inout Suppression) {
    for rate in rates {
      search.rates.set(rate, .hidden)
      other.search.rates.set(rate, .hidden)
    }
  }

  /// The rates that are shown and hang together with a number by an equation, the smallest first.
  private func ratesNear(_ cell: Int) -> [Int] {
    let rates = search.rates
    return rates.shown(
      touching: system.equations(of: cell).flatMap { Array(system.cells(of: Int($0))) }
    ).filter { $0 < rates.ownCount }.sorted {
      size(of: rates.rates[$0]) < size(of: rates.rates[$1])
    }
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
    let unprotected = Set(unprotected)
    let isTold = rates.rates[rate].own.contains {
      requiredOfStrata[Int($0)] != nil && required[Int($0)] == nil
    }
    let isSafe =
      !isTold && spoilt.cells.allSatisfy { unprotected.contains($0) || prove($0, .quick) }
    if !isSafe {
      search.rates.set(rate, .hidden)
      proofs.restore(spoilt)
    }
    return isSafe
  }

  /// Says which rates are shown, whatever that tells, and looks for witnesses of the counts of strata
  /// beside more and more of them.
  mutating func read(_ states: [RateConstraints.RateState]) {
    if !states.contains(where: { $0 != .hidden }) { return }
    _ = supposeRead()
    for rate in ratesBySize where states[rate] != .hidden {
      search.rates.set(rate, states[rate])
      let rates = search.rates
      for member in rates.rates[rate].own {
        if let interval = requiredOfStrata[Int(member)] { required[Int(member)] = interval }
      }
      let spoilt = proofs.withdraw(changing: rates.rates[rate].members) {
        !rates.isKept(rate, states[rate], by: $0)
      }
      for cell in spoilt.cells { _ = prove(cell, .quick) }
    }
  }
}
