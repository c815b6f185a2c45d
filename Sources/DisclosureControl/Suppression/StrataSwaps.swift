/// Witnesses that are found without a linear program: persons of two cells change places between two
/// strata, so that each cell, and each stratum of all, keeps its numbers.
///
/// Who reads a standardised rate of few digits cannot tell such tables from the true ones if the rates
/// of both cells stay as they are read. In small cells one such change mostly shows, and two that
/// make up for each other do not.
struct StrataSwaps {
  private let rates: RateConstraints
  private let system: CellSystem
  private let truth: [Int64]
  private let mayChange: (Int) -> Bool

  /// Of which nights numbers are others.
  private var nights = RateConstraints.Nights.all

  /// How many other cells are tried for each change.
  private let partnerLimit: Int
  /// How often two changes are tried together.
  private let pairLimit: Int

  /// - Parameters:
  ///   - rates: of the release.
  ///   - system: of all numbers.
  ///   - truth: one a number.
  ///   - isQuick: gives up soon: nothing is lost where none is found.
  ///   - mayChange: whether a number may change unseen.
  init(
    _ rates: RateConstraints,
    _ system: CellSystem,
    _ truth: [Int64],
    isQuick: Bool,
    mayChange: @escaping (Int) -> Bool
  ) {
    (self.rates, self.system, self.truth, self.mayChange) = (rates, system, truth, mayChange)
    (partnerLimit, pairLimit) = isQuick ? (64, 4000) : (1000, 100_000)
  }

  /// Who changes places.
  private enum Who: CaseIterable {
    case counted
    case others
  }

  /// A person of a cell goes from one of its strata to another.
  private struct Move {
    let from: StratifiedRate.Place
    let to: StratifiedRate.Place
    let who: Who
  }

  /// A witness in which a number of a stratum changes by one.
  ///
  /// - Parameters:
  ///   - cell: the number.
  ///   - change: 1 or −1; nothing is found for others.
  /// - Returns: nil where none was found.
  mutating func witness(changing cell: Int32, by change: Int64) -> Witness? {
    guard change.magnitude == 1, let own = rates.made(of: cell).first else { return nil }
    nights = rates.nights(changing: [cell], among: []).first ?? .all
    let places = rates.rates[own].places
    guard
      let place = places.first(where: {
        $0.observed == cell || $0.population == cell || $0.rest == cell
      })
    else { return nil }
    let first = Who.allCases.flatMap { who in
      places.compactMap { other -> Move? in
        guard other.stratum != place.stratum else { return nil }
        let move =
          change < 0
          ? Move(from: place, to: other, who: who)
          : Move(from: other, to: place, who: who)
        return isPossible(move) && changes(of: move).contains { $0.cell == cell } ? move : nil
      }
    }
    for move in first where isKept([move], of: own) {
      if let found = together([move]) { return found }
    }
    if let found = inside(place, cell, change) { return found }
    var tried = 0
    let second = moves(in: own)
    for move in first {
      for other in second {
        tried += 1
        if tried > pairLimit { return nil }
        guard net([move, other])[cell] == change, isKept([move, other], of: own) else { continue }
        if let found = together([move, other]) { return found }
      }
    }
    return nil
  }

  /// A move in one cell that changes a number of the cells that it lies in, and of the whole region.
  private func inside(
    _ place: StratifiedRate.Place,
    _ cell: Int32,
    _ change: Int64
  ) -> Witness? {
    guard isSum(place.population) || isSum(cell) else { return nil }
    for rate in others(beside: place.population) {
      guard let here = rates.rates[rate].places.first(where: { $0.stratum == place.stratum })
      else { continue }
      for other in rates.rates[rate].places where other.stratum != place.stratum {
        for who in Who.allCases {
          let move =
            change < 0
            ? Move(from: here, to: other, who: who)
            : Move(from: other, to: here, who: who)
          guard isPossible(move), let all = whole(net([move])), all[cell] == change else {
            continue
          }
          if let found = checked(all) ?? evened(move, in: rate) { return found }
        }
      }
    }
    return nil
  }

  /// A move in one cell with another one there that makes up for it, which a third cell takes back.
  private func evened(_ move: Move, in rate: Int) -> Witness? {
    if isKept([move], of: rate) { return nil }
    for other in moves(in: rate) where isKept([move, other], of: rate) {
      var all = net([move, other])
      guard let back = partner(of: other, beside: all) else { continue }
      for (cell, change) in changes(of: back) { all[cell, default: 0] += change }
      if let found = whole(all).flatMap({ checked($0) }) { return found }
    }
    return nil
  }

  private func moves(in rate: Int) -> [Move] {
    let places = rates.rates[rate].places
    return Who.allCases.flatMap { who in
      places.flatMap { from in places.map { Move(from: from, to: $0, who: who) } }
    }.filter { $0.from.stratum != $0.to.stratum && isPossible($0) }
  }

  /// With the sums that numbers are part of, and those whom they leave out.
  ///
  /// - Returns: nil where one of these may not change.
  private func whole(_ net: [Int32: Int64]) -> [Int32: Int64]? {
    var all = net
    // Those of one level come before their sums.
    var open = net.keys.sorted()
    var next = 0
    while next < open.count {
      defer { next += 1 }
      for equation in system.equations(of: Int(open[next])) where rest(of: equation) == nil {
        let cells = system.cells(of: Int(equation))
        guard let total = cells.first, total != open[next] else { continue }
        let sum = all.reduce(Int64(0)) { sum, changed in
          changed.key != total && system.equations(of: Int(changed.key)).contains(equation)
            ? sum + changed.value : sum
        }
        if all[total, default: 0] == sum { continue }
        guard all[total] == nil, mayChange(Int(total)) else { return nil }
        all[total] = sum
        open.append(total)
      }
    }
    for cell in open {
      for equation in system.equations(of: Int(cell)) {
        guard let rest = rest(of: equation), rest != cell else { continue }
        let change = system.cells(of: Int(equation)).reduce(Int64(0)) { sum, member in
          member == rest
            ? sum : sum - system.sign(of: Int(member), in: Int(equation)) * all[member, default: 0]
        }
        if all[rest, default: 0] == change { continue }
        guard all[rest] == nil, mayChange(Int(rest)) else { return nil }
        all[rest] = change
      }
    }
    return all
  }

  /// Whether a number is a sum of others than those who are counted and those who are not.
  private func isSum(_ cell: Int32) -> Bool {
    system.equations(of: Int(cell)).contains { equation in
      system.cells(of: Int(equation)).first == cell && rest(of: equation) == nil
    }
  }

  /// Of an equation of all, some and the others the number of the others, who are in no other equation.
  private func rest(of equation: Int32) -> Int32? {
    guard system.cellCount(of: Int(equation)) == 3 else { return nil }
    return system.cells(of: Int(equation)).dropFirst()
      .last { system.equationPlaces(of: Int($0)).count == 1 }
  }

  private func checked(_ net: [Int32: Int64]) -> Witness? {
    let witness = Witness(net.map { ($0.key, $0.value) })
    return witness.fits(system, truth: truth, isFree: { _ in false }) && rates.keep(witness)
      ? witness : nil
  }

  /// The rates that hang together with a number by an equation, those that are hidden first: they ask
  /// nothing.
  private func others(beside cell: Int32) -> [Int] {
    let own = Set(rates.made(of: cell))
    var others: [Int] = []
    var met: Set<Int32> = []
    for equation in system.equations(of: Int(cell)) {
      for member in system.cells(of: Int(equation)) where member != cell {
        for rate in rates.made(of: member) where !own.contains(rate) {
          guard let first = rates.rates[rate].places.first?.population,
            met.insert(first).inserted
          else { continue }
          others.append(rate)
        }
      }
    }
    return others.filter { rates.states[$0] == .hidden }
      + others.filter { rates.states[$0] != .hidden }
  }

  /// The numbers that a move changes, each once.
  private func changes(of move: Move) -> [(cell: Int32, change: Int64)] {
    numbers(of: move.from, move.who).map { ($0, -1) }
      + numbers(of: move.to, move.who).map { ($0, 1) }
  }

  private func numbers(of place: StratifiedRate.Place, _ who: Who) -> [Int32] {
    switch who {
    case .counted where !place.isOfPersons || place.observed == place.population:
      [place.observed]
    case .counted: [place.observed, place.population]
    case .others: [place.population] + (place.rest.map { [$0] } ?? [])
    }
  }

  /// Whether somebody is there to go, and the stratum to which he goes is not told to be empty.
  private func isPossible(_ move: Move) -> Bool {
    [move.from, move.to].allSatisfy { place in
      let (observed, population) = (truth[Int(place.observed)], truth[Int(place.population)])
      let isThere =
        switch move.who {
        case .counted: observed > 0
        case .others: place.isOfPersons ? population > observed : population > 0
        }
      return isThere && numbers(of: place, move.who).allSatisfy { mayChange(Int($0)) }
    }
      && changes(of: move).allSatisfy { cell, change in
        rates.limits(of: cell, nights)?.contains(change) ?? true
      }
  }

  private func net(_ moves: [Move]) -> [Int32: Int64] {
    moves.reduce(into: [:]) { net, move in
      for (cell, change) in changes(of: move) { net[cell, default: 0] += change }
    }
  }

  /// Whether the rates of a cell are read as before; those that hang on other cells are not looked at.
  private func isKept(_ moves: [Move], of rate: Int) -> Bool {
    let witness = Witness(net(moves).map { ($0.key, $0.value) })
    let first = rates.rates[rate].places.first?.population ?? -1
    return (rates.made(of: first) + (nights == .all ? rates.madeBefore(of: first) : []))
      .allSatisfy { rates.states[$0] == .hidden || rates.isKept($0, rates.states[$0], by: witness) }
  }

  /// The moves, with those of other cells that make up for them.
  private func together(_ moves: [Move]) -> Witness? {
    var all = net(moves)
    for move in moves {
      guard let back = partner(of: move, beside: all) else { return nil }
      for (cell, change) in changes(of: back) { all[cell, default: 0] += change }
    }
    return whole(all).flatMap { checked($0) }
  }

  /// The move of another cell that goes the other way.
  private func partner(of move: Move, beside all: [Int32: Int64]) -> Move? {
    let strata = [move.to.stratum, move.from.stratum]
    for rate in others(beside: move.from.population).prefix(partnerLimit) {
      let places = rates.rates[rate].places
      guard let from = places.first(where: { $0.stratum == strata[0] }),
        let to = places.first(where: { $0.stratum == strata[1] })
      else { continue }
      let back = Move(from: from, to: to, who: move.who)
      guard isPossible(back), changes(of: back).allSatisfy({ all[$0.cell] == nil }),
        isKept([back], of: rate)
      else { continue }
      return back
    }
    return nil
  }
}
