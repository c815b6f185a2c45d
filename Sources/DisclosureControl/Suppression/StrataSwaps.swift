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

  /// How many other cells are tried for each change, and how many changes are tried together.
  private static let (partnerLimit, pairLimit) = (64, 4000)

  /// - Parameters:
  ///   - rates: of the release.
  ///   - system: of all numbers.
  ///   - truth: one a number.
  ///   - mayChange: whether a number may change unseen.
  init(
    _ rates: RateConstraints,
    _ system: CellSystem,
    _ truth: [Int64],
    mayChange: @escaping (Int) -> Bool
  ) {
    (self.rates, self.system, self.truth, self.mayChange) = (rates, system, truth, mayChange)
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
  func witness(changing cell: Int32, by change: Int64) -> Witness? {
    guard change.magnitude == 1, let own = rates.made(of: cell).first else { return nil }
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
      if let found = together([move], own) { return found }
    }
    var tried = 0
    let second = Who.allCases.flatMap { who in
      places.flatMap { from in places.map { Move(from: from, to: $0, who: who) } }
    }.filter { $0.from.stratum != $0.to.stratum && isPossible($0) }
    for move in first {
      for other in second {
        tried += 1
        if tried > Self.pairLimit { return nil }
        guard net([move, other])[cell] == change, isKept([move, other], of: own) else { continue }
        if let found = together([move, other], own) { return found }
      }
    }
    return nil
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
  }

  private func net(_ moves: [Move]) -> [Int32: Int64] {
    moves.reduce(into: [:]) { net, move in
      for (cell, change) in changes(of: move) { net[cell, default: 0] += change }
    }
  }

  /// Whether the rates of a cell are read as before; those that hang on other cells are not looked at.
  private func isKept(_ moves: [Move], of rate: Int) -> Bool {
    let witness = Witness(net(moves).map { ($0.key, $0.value) })
    return rates.made(of: rates.rates[rate].places.first?.population ?? -1)
      .allSatisfy { rates.states[$0] == .hidden || rates.isKept($0, rates.states[$0], by: witness) }
  }

  /// The moves, with those of other cells that make up for them.
  private func together(_ moves: [Move], _ own: Int) -> Witness? {
    var all = net(moves)
    for move in moves {
      guard let back = partner(of: move, own, beside: all) else { return nil }
      for (cell, change) in changes(of: back) { all[cell, default: 0] += change }
    }
    let witness = Witness(all.map { ($0.key, $0.value) })
    let isWhole =
      witness.fits(system, truth: truth) { _ in false } && rates.keep(witness)
    return isWhole ? witness : nil
  }

  /// The move of another cell that goes the other way.
  private func partner(of move: Move, _ own: Int, beside all: [Int32: Int64]) -> Move? {
    let strata = [move.to.stratum, move.from.stratum]
    var others: [Int] = []
    var met: Set<Int> = []
    for equation in system.equations(of: Int(move.from.population)) {
      for member in system.cells(of: Int(equation)) {
        for rate in rates.made(of: member)
        where rates.rates[rate].places.first?.population
          != rates.rates[own].places.first?.population
          && met.insert(rate).inserted
        {
          others.append(rate)
        }
      }
    }
    // The rate of a cell that is hidden asks nothing.
    let hidden = others.filter { rates.states[$0] == .hidden }
    let shown = others.filter { rates.states[$0] != .hidden }
    for rate in (hidden + shown).prefix(Self.partnerLimit) {
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
