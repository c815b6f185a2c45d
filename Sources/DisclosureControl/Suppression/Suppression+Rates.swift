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
    if !supposeRead(isShown: false) { return }
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
  /// - Parameter isShown: whether rates are shown, whatever that tells.
  /// - Returns: false where a number that a table has would be told by it.
  private mutating func supposeRead(isShown: Bool) -> Bool {
    let known = search.rates.supposeRead()
    _ = proofs.withdraw(changing: known) { _ in true }
    let earlier = search.rates.earlier
    _ = proofs.withdraw(changing: earlier.numbers) { !earlier.allow($0) }
    for (number, earlier) in earlier.rates.enumerated() {
      let rate = search.rates.ownCount + number
      search.rates.set(rate, earlier.state)
      let rates = search.rates
      _ = proofs.withdraw(changing: earlier.rate.members) {
        !rates.isKept(rate, earlier.state, by: $0)
      }
    }
    let unprotected = Set(unprotected)
    let lacking = required.indices.filter { cell in
      required[cell] != nil && states[cell] == .hidden && !unprotected.contains(cell)
        && !prove(cell, .quick)
    }
    if !isShown, lacking.count > Self.lackingLimit { return false }
    var isSafe = true
    for cell in lacking.prefix(Self.lackingLimit) where !prove(cell, .whole) {
      guard earlier.isChange(Int32(cell)) else {
        isSafe = false
        continue
      }
      // Nobody left a stratum, or nobody came: that alone tells it, beside the strata of the region.
      if !isUncertainTonight(cell, .whole) { isSafe = false }
    }
    if !isShown, !isSafe { return false }
    for cell in requiredOfStrata.keys.sorted() {
      if states[cell] == .hidden { required[cell] = requiredOfStrata[cell] }
      if states[cell] == .hidden, prove(cell, .quick) { continue }
      toldStrata.insert(cell)
      if states[cell] != .hidden || earlier.isEmpty || !isUncertainTonight(cell, .quick) {
        required[cell] = nil
      }
    }
    return isSafe
  }

  /// Whether a number that is told by what earlier releases told is not told by tonight's alone.
  private mutating func isUncertainTonight(
    _ cell: Int,
    _ effort: DisturbanceSearch.Effort
  ) -> Bool {
    toldBefore.insert(cell)
    if prove(cell, effort) { return true }
    toldBefore.remove(cell)
    return false
  }

  /// How many numbers of tables may lack a witness before rates are shown: each takes long.
  private static var lackingLimit: Int { 32 }

  /// How often rates are hidden before it is looked at afresh what those that are left tell.
  private static var roundLimit: Int { 6 }

  /// Hides rates beside which a witness is not found by whoever looks for it anew: so audit does.
  ///
  /// Those of the cell that lacks one first, then others that hang together with it, then more and more
  /// of the smallest: rates of other cells stay.
  ///
  /// - Parameter before: the same before a rate was looked at.
  private mutating func hideUnproved(_ before: Suppression) {
    for _ in 0..<Self.roundLimit {
      var anew = before
      anew.proofs = Proofs(cellCount: system.cellCount)
      guard anew.read(rateStates) else { break }
      let shown = search.rates.states
      hide((0..<search.rates.ownCount).filter(anew.isToldBeside), &anew)
      for cell in required.indices where anew.required[cell] != nil && states[cell] == .hidden {
        if anew.prove(cell, .whole) { continue }
        hide(search.rates.made(of: Int32(cell)), &anew)
        if anew.toldStrata.contains(cell), !anew.toldBefore.contains(cell) {
          anew.required[cell] = nil
          continue
        }
        for rate in ratesNear(cell) where !anew.prove(cell, .whole) { hide([rate], &anew) }
        while !anew.prove(cell, .whole) {
          let left = ratesBySize.filter { search.rates.states[$0] != .hidden }
          if left.isEmpty { return }
          hide(left.suffix((left.count + 1) / 2), &anew)
        }
      }
      if search.rates.states == shown { return }
    }
    for rate in 0..<search.rates.ownCount { search.rates.set(rate, .hidden) }
  }

  /// Whether a rate is of a cell of whose strata, or of a change of whose numbers, too much is told anyway.
  private func isToldBeside(_ rate: Int) -> Bool {
    let rate = search.rates.rates[rate]
    if rate.own.contains(where: { toldStrata.contains(Int($0)) }) { return true }
    let changes = toldBefore.filter { search.rates.earlier.isChange(Int32($0)) }
    if changes.isEmpty { return false }
    let totals = rate.own.flatMap { member in
      system.equations(of: Int(member)).compactMap { system.cells(of: Int($0)).first }
    }
    return Set(rate.parts + totals).contains { number in
      system.equations(of: Int(number)).contains { equation in
        system.cellCount(of: Int(equation)) <= 3
          && system.cells(of: Int(equation)).contains { changes.contains(Int($0)) }
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
    let isSafe =
      !isToldBeside(rate)
      && spoilt.cells.allSatisfy { unprotected.contains($0) || prove($0, .quick) }
    if !isSafe {
      search.rates.set(rate, .hidden)
      proofs.restore(spoilt)
    }
    return isSafe
  }

  /// Says which rates are shown, whatever that tells, and looks for witnesses of the counts of strata
  /// beside more and more of them.
  ///
  /// - Parameter states: one a rate of tonight.
  /// - Returns: false where a number that a table has would be told whatever rates are shown.
  @discardableResult
  mutating func read(_ states: [RateConstraints.RateState]) -> Bool {
    if !states.contains(where: { $0 != .hidden }) { return true }
    let isSafe = supposeRead(isShown: true)
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
    return isSafe
  }
}
