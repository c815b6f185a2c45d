/// Which cells of a system are hidden, so that nobody can work out those that must not be known.
///
/// Every cell that must not be known has witnesses: other sets of numbers that fit all that is
/// shown, in one of which it is as low as its required interval asks, and in one as high. Finding
/// them hides other cells (secondary suppression). Hiding more never spoils a witness, so one sweep
/// suffices; then cells are shown again where that spoils none. The same input gives the same
/// pattern.
struct Suppression: Sendable {
  let system: CellSystem
  let truth: [Int64]
  /// One a cell: what is asked of it whatever rates are shown; of strata when a rate of them is.
  var required: [RequiredInterval?]
  let requiredOfStrata: [Int: RequiredInterval]
  private let costs: [Double]
  private let insiders: Insiders
  var search: DisturbanceSearch
  /// The same without strata of rates; nil where there are none.
  private var searchOfTables: DisturbanceSearch?
  private let isOfStratum: [Bool]
  var proofs: Proofs
  /// Numbers that strata of the region and earlier releases tell, whatever rates are shown: what tonight
  /// shows must not tell them too.
  var toldBefore: Set<Int> = []
  /// Counts of strata among these, and those that nothing makes uncertain.
  var toldStrata: Set<Int> = []

  /// One a cell.
  private(set) var states: [CellState]
  /// Cells for which no witness was found, ascending: they are at risk.
  private(set) var unprotected: [Int] = []
  /// One a rate of tonight: what may be seen of it.
  var rateStates: [RateConstraints.RateState] {
    Array(search.rates.states.prefix(search.rates.ownCount))
  }

  /// Finds a pattern.
  ///
  /// - Parameters:
  ///   - system: of all cells.
  ///   - truth: one a cell; it fits the system.
  ///   - required: one a cell; nil where the cell may be known.
  ///   - costs: what it costs to change a shown cell by one; one a cell, above 0.
  ///   - states: one a cell, to begin with. A cell with a required interval is hidden;
  ///     a fixed one cannot be protected.
  ///   - mayBeNegative: one a cell; empty where none may.
  ///   - insiders: contributors who know cells because they alone make them.
  ///   - rates: standardised rates that are shown where that leaves all cells uncertain.
  ///   - earlierRates: what earlier releases showed of them.
  ///   - hiddenRates: those that stay hidden, by number.
  ///   - isOfStratum: one a cell: whether it matters only where a rate that it is a member of is shown;
  ///     empty where none is so.
  init(
    _ system: CellSystem,
    truth: [Int64],
    required: [RequiredInterval?],
    costs: [Double],
    states: [CellState],
    mayBeNegative: [Bool] = [],
    insiders: Insiders = Insiders([]),
    rates: [StratifiedRate] = [],
    earlierRates: EarlierRates = EarlierRates(),
    hiddenRates: Set<Int> = [],
    isOfStratum: [Bool] = []
  ) {
    self.init(
      knowing: system,
      truth,
      required,
      costs,
      states,
      mayBeNegative,
      insiders,
      rates,
      earlierRates,
      isOfStratum
    )
    for cell in required.indices where self.required[cell] != nil {
      if states[cell] == .fixed { unprotected.append(cell) } else { self.states[cell] = .hidden }
    }
    let printed = states.map { $0 == .shown }
    sweep()
    showAgain(printed)
    showRates(but: hiddenRates)
  }

  /// Nothing is looked for yet.
  init(
    knowing system: CellSystem,
    _ truth: [Int64],
    _ required: [RequiredInterval?],
    _ costs: [Double],
    _ states: [CellState],
    _ mayBeNegative: [Bool],
    _ insiders: Insiders,
    _ rates: [StratifiedRate],
    _ earlierRates: EarlierRates,
    _ isOfStratum: [Bool]
  ) {
    self.system = system
    self.truth = truth
    var (always, ofStrata) = (required, [Int: RequiredInterval]())
    for cell in isOfStratum.indices where isOfStratum[cell] {
      ofStrata[cell] = required[cell]
      always[cell] = nil
    }
    self.required = always
    requiredOfStrata = ofStrata
    self.costs = costs
    self.states = states
    self.insiders = insiders
    search = DisturbanceSearch(
      system,
      truth: truth,
      costs: costs,
      mayBeNegative: mayBeNegative,
      avoiding: insiders.knownCells,
      rates: RateConstraints(rates, since: earlierRates, truth: truth, required)
    )
    proofs = Proofs(cellCount: system.cellCount)
    self.isOfStratum = isOfStratum
    guard isOfStratum.contains(true) else { return }
    searchOfTables = DisturbanceSearch(
      system.without(isOfStratum),
      truth: truth,
      costs: costs,
      mayBeNegative: mayBeNegative,
      avoiding: insiders.knownCells,
      rates: RateConstraints([], since: EarlierRates(), truth: truth, [])
    )
  }

  /// Smallest first: they ask for the largest change.
  private mutating func sweep() {
    let needs = required.indices.filter { required[$0] != nil && states[$0] != .fixed }
      .sorted { truth[$0] == truth[$1] ? $0 < $1 : truth[$0] < truth[$1] }
    for cell in needs where !prove(cell, .whole, isHiding: true) { unprotected.append(cell) }
    unprotected.sort()
  }

  /// Finds the witnesses that a cell lacks.
  ///
  /// - Returns: false when one cannot be found.
  mutating func prove(
    _ cell: Int,
    _ effort: DisturbanceSearch.Effort,
    isHiding: Bool = false
  ) -> Bool {
    guard let interval = required[cell] else { return true }
    var isProved = true
    for side in [Need.Side.low, .high] {
      let need = Need(cell, side, interval)
      if !prove(need, effort, isHiding: isHiding) { isProved = false }
      for holder in insiders.shareholders(of: cell) {
        guard let required = holder.required else { continue }
        let need = Need(cell, side, required, to: holder.insider)
        if !prove(need, effort, isHiding: isHiding) { isProved = false }
      }
    }
    return isProved
  }

  private mutating func prove(
    _ need: Need,
    _ effort: DisturbanceSearch.Effort,
    isHiding: Bool
  ) -> Bool {
    guard need.change(from: truth[need.cell]) != nil else { return true }
    if let insider = need.insider {
      return proofs.has(need) || proofs.reuse(for: need, insiders, truth: truth)
        || find(need, still: insiders.cells(of: insider), effort, isHiding: isHiding)
    }
    if !proofs.has(need), !find(need, still: [], effort, isHiding: isHiding) {
      return false
    }
    // An insider spoils the witnesses that change his own cells. One more, that changes none of
    // those, is mostly enough; where there is none, each insider is answered by himself.
    let spoiling = spoiling(need)
    if spoiling.isEmpty { return true }
    let all = spoiling.flatMap { insiders.cells(of: $0) }
    // Not to be looked for among all cells: in large tables there often is none.
    if find(need, still: all, .near, isHiding: isHiding) { return true }
    var isProved = true
    for insider in spoiling where self.spoiling(need).contains(insider) {
      let own = insiders.cells(of: insider)
      if !find(need, still: own, effort, isHiding: isHiding) { isProved = false }
    }
    return isProved
  }

  /// The insiders who spoil all witnesses of a need, apart from those who know the cell anyway, or a
  /// part of it.
  private func spoiling(_ need: Need) -> [Int32] {
    proofs.insiders(spoilingAll: need, insiders).filter {
      !insiders.cells(of: $0).contains(Int32(need.cell))
        && !insiders.isShareholder($0, of: need.cell)
    }
  }

  private mutating func find(
    _ need: Need,
    still: [Int32],
    _ effort: DisturbanceSearch.Effort,
    isHiding: Bool
  ) -> Bool {
    guard let change = need.change(from: truth[need.cell]) else { return false }
    let isOfTonight = toldBefore.contains(need.cell)
    search.rates.isOfTonight = isOfTonight
    defer { search.rates.isOfTonight = false }
    func look(
      _ effort: DisturbanceSearch.Effort,
      hiding: Bool,
      isWide: Bool = false
    ) -> Witness? {
      // Strata are many, and what tables tell is mostly found without them.
      if searchOfTables != nil, !isOfStratum[need.cell],
        let found = searchOfTables?.witness(
          changing: need.cell,
          by: change,
          states,
          isHidingAllowed: hiding,
          still: still,
          effort: effort
        ), let whole = search.extended(found, isOfStratum, states, effort)
      {
        return whole
      }
      return search.witness(
        changing: need.cell,
        by: change,
        states,
        isHidingAllowed: hiding,
        still: still,
        effort: effort,
        isWide: isWide
      )
    }
    // What is hidden already costs nothing, however far it lies.
    var witness = look(isHiding && effort == .whole ? .quick : effort, hiding: false)
    if witness == nil, isHiding { witness = look(effort, hiding: true) }
    if witness == nil, search.rates.canBeWide {
      witness = look(effort, hiding: false, isWide: true)
    }
    guard let witness else { return false }
    for cell in witness.cells where states[Int(cell)] == .shown { states[Int(cell)] = .hidden }
    proofs.add(witness, truth: truth, required, for: need, isOfOneNeed: isOfTonight)
    return true
  }

  /// Shows again what turned out not to be needed, the dearest first.
  private mutating func showAgain(_ printed: [Bool]) {
    let secondary = states.indices
      .filter { printed[$0] && states[$0] == .hidden && required[$0] == nil }
      .sorted { costs[$0] == costs[$1] ? $0 < $1 : costs[$0] > costs[$1] }
    let unprotected = Set(unprotected)
    // What could not be proved far away twice is looked for near alone: mostly it is not there.
    var failures: [Int: Int] = [:]
    for cell in secondary {
      states[cell] = .shown
      let spoilt = proofs.withdraw(changing: Int32(cell))
      var isNeeded = false
      // What fails most likely first: what failed before, and what shares a small equation.
      let nearness = nearness(to: cell)
      let order = spoilt.cells.filter { !unprotected.contains($0) }
        .map { need in
          (failures[need] == nil ? nearness[Int32(need)] ?? .max : 0, need)
        }
        .sorted { $0 < $1 }
      for (_, need) in order where !prove(need, failures[need, default: 0] < 2 ? .quick : .near) {
        failures[need, default: 0] += 1
        isNeeded = true
        break
      }
      if isNeeded {
        states[cell] = .hidden
        proofs.restore(spoilt)
      }
    }
    // What no witness changes any more protects nothing: it is told anyway, or may be.
    for cell in secondary where states[cell] == .hidden && !proofs.isChanged(Int32(cell)) {
      states[cell] = .shown
    }
  }

  /// The cells that share equations with a cell, with how many cells the smallest of these has.
  private func nearness(to cell: Int) -> [Int32: Int] {
    var found: [Int32: Int] = [:]
    for equation in system.equations(of: cell) {
      let count = system.cellCount(of: Int(equation))
      for member in system.cells(of: Int(equation)) {
        found[member] = min(found[member] ?? count, count)
      }
    }
    return found
  }
}
