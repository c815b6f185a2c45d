/// The standardised rates of a release, and what those that are shown ask of other numbers that fit.
struct RateConstraints: Sendable {
  /// Those that may be shown, and then those that earlier releases showed.
  let rates: [StratifiedRate]
  /// One a rate: the counts that it is made of, one a member.
  private let counts: [[Int64]]
  /// What earlier releases showed.
  let earlier: EarlierRates
  /// How many of the rates may be shown or not.
  let ownCount: Int
  /// By number: the rates that are made of it, ascending.
  private let ratesOfCell: [Int32: [Int32]]
  /// By number: the rates of the cells that it is a stratum of, ascending.
  private let ownRates: [Int32: [Int]]
  /// The same of rates that earlier releases showed.
  private let ratesBefore: [Int32: [Int]]
  /// One a rate.
  private(set) var states: [RateState]
  /// One a rate: what it tells of the truth; nil where there is none.
  private let told: [StratifiedRate.Told?]
  private let slopes: [Slopes]
  /// One a number: how many of the rates that are shown ask that it does not change.
  private var stillCount: [Int32: Int32] = [:]
  /// The same of rates that earlier releases showed.
  private var stillBefore: [Int32: Int32] = [:]
  /// Whether someone is supposed to read rates.
  private var isRead = false
  /// Counts of the whole region that whoever reads a rate is taken to know.
  private let known: Set<Int32>
  /// Whether only what tonight shows is asked of numbers, and nothing that earlier releases told of rates.
  var isOfTonight = false
  /// Counts of the whole region that he does not.
  ///
  /// They are those of which something is required, and the largest, by which they can change. Few
  /// witnesses need them.
  private let uncertain: Set<Int32>

  /// What is seen of a rate.
  enum RateState: Sendable, Hashable {
    case hidden
    /// In few digits.
    case rounded
    /// As it is: all that it is made of is known.
    case exact
  }

  /// By how much what is told changes with one more, or one less, of a member, in millionths.
  private struct Slopes: Sendable {
    /// Of each value one a member.
    var up: [[Double]] = []
    var down: [[Double]] = []
    /// Of each value how far it may change so that the same is read.
    var limits: [ClosedRange<Double>] = []
  }

  /// All are hidden at first.
  ///
  /// - Parameters:
  ///   - own: each of numbers below the count of `truth`.
  ///   - earlier: what earlier releases showed.
  ///   - truth: one a number.
  ///   - required: one a number. Of the whole region's strata everyone is taken to know those of which
  ///     nothing is required; where something is of any, but for the largest.
  init(
    _ own: [StratifiedRate],
    since earlier: EarlierRates,
    truth: [Int64],
    _ required: [RequiredInterval?]
  ) {
    let rates = own + earlier.rates.map(\.rate)
    let counts = own.map { $0.members.map { truth[Int($0)] } } + earlier.rates.map(\.counts)
    self.earlier = earlier
    (self.rates, self.counts, ownCount) = (rates, counts, own.count)
    states = rates.map { _ in .hidden }
    told = zip(rates, counts).map { rate, counts in rate.told { counts[$0] } }
    var ofCell: [Int32: [Int32]] = [:]
    for (number, rate) in rates.enumerated() {
      for member in rate.members { ofCell[member, default: []].append(Int32(number)) }
    }
    ratesOfCell = ofCell
    var (ofStratum, before) = ([Int32: [Int]](), [Int32: [Int]]())
    for (number, rate) in rates.enumerated() {
      for member in rate.own {
        if number < own.count {
          ofStratum[member, default: []].append(number)
        } else {
          before[member, default: []].append(number)
        }
      }
    }
    (ownRates, ratesBefore) = (ofStratum, before)
    slopes = zip(rates, counts).map { Self.slopes(of: $0, $1) }
    var (known, uncertain) = (Set<Int32>(), Set<Int32>())
    for rate in own {
      let counts = rate.ofRegion.flatMap { [$0.observed, $0.population] }
      let needed = counts.filter { required[Int($0)] != nil }
      let largest = rate.ofRegion.max {
        (truth[Int($0.population)], $1.population) < (truth[Int($1.population)], $0.population)
      }
      known.formUnion(counts.filter(rate.members.contains))
      uncertain.formUnion(needed)
      if !needed.isEmpty, let largest {
        uncertain.formUnion([largest.observed, largest.population])
      }
    }
    self.known = known.subtracting(uncertain)
    self.uncertain = uncertain
  }

  private static func slopes(of rate: StratifiedRate, _ counts: [Int64]) -> Slopes {
    func count(_ place: Int) -> Int64 { counts[place] }
    guard let now = rate.values(count)?.values, let told = rate.told(count) else {
      return Slopes()
    }
    var found = Slopes()
    for (number, value) in now.enumerated() {
      func change(_ place: Int, by step: Int64) -> Double {
        let other = rate.values { count($0) + ($0 == place ? step : 0) }
        return other.map { $0.values[number] - value } ?? 0
      }
      found.up.append(rate.members.indices.map { change($0, by: 1) })
      found.down.append(
        rate.members.indices.map { count($0) > 0 ? change($0, by: -1) : 0 }
      )
      let step = Double(
        number == 0
          ? RateRounding.step(told.values[0], ofEvents: told.events)
          : stepOfLastDigit(told.values[number], digits: 2)
      )
      let read = Double(told.rounded.values[number])
      // A little less than half a digit: what lies between must not be lost by rounding here.
      let half = 0.499 * step
      found.limits.append(min(read - half - value, 0)...max(read + half - value, 0))
    }
    return found
  }

  /// Holds the counts of the whole region that whoever reads a rate is taken to know.
  ///
  /// - Returns: these, ascending.
  mutating func supposeRead() -> [Int32] {
    isRead = true
    for member in known { stillCount[member, default: 0] += 1 }
    return known.sorted()
  }

  /// Shows a rate, or hides it.
  mutating func set(_ rate: Int, _ state: RateState) {
    for (sign, state) in [(Int32(-1), states[rate]), (1, state)] {
      for member in stillMembers(of: rate, state) {
        if rate < ownCount {
          stillCount[member, default: 0] += sign
        } else {
          stillBefore[member, default: 0] += sign
        }
      }
    }
    states[rate] = state
  }

  private func stillMembers(of rate: Int, _ state: RateState) -> [Int32] {
    switch state {
    case .hidden: []
    case .rounded: []
    case .exact: rates[rate].members
    }
  }

  /// Whether a rate that is shown asks that a number does not change.
  ///
  /// - Parameters:
  ///   - cell: the number.
  ///   - isWide: whether uncertain counts of the whole region may change, on which all rates depend.
  /// - Returns: false before anyone is supposed to read a rate.
  func isStill(_ cell: Int, isWide: Bool) -> Bool {
    if !isRead { return false }
    if !isOfTonight, stillBefore[Int32(cell), default: 0] > 0 { return true }
    return stillCount[Int32(cell), default: 0] > 0 || !isWide && uncertain.contains(Int32(cell))
  }

  /// Whether counts of the whole region are uncertain.
  var canBeWide: Bool { isRead && !uncertain.isEmpty }

  /// Whether everyone who reads a rate is taken to know a member of it.
  func isKnown(_ member: Int32) -> Bool { known.contains(member) }

  /// The rates that are shown and made of some of these numbers, ascending.
  func shown(touching cells: [Int32]) -> [Int] {
    if rates.isEmpty { return [] }
    var found: Set<Int32> = []
    for cell in cells {
      for rate in ratesOfCell[cell] ?? []
      where states[Int(rate)] != .hidden && !(isOfTonight && rate >= ownCount) {
        found.insert(rate)
      }
    }
    return found.sorted().map { Int($0) }
  }

  /// The rates of the cells that a number is a stratum of, ascending.
  func made(of cell: Int32) -> [Int] { ownRates[cell] ?? [] }

  /// The same of rates that earlier releases showed.
  func madeBefore(of cell: Int32) -> [Int] { isOfTonight ? [] : ratesBefore[cell] ?? [] }

  /// Whether a number is one of a stratum, and rates are shown.
  func isOfStratum(_ cell: Int) -> Bool {
    isRead && ownRates[Int32(cell)] != nil
  }

  /// Whether all rates that are shown would be read as they are.
  func keep(_ witness: Witness) -> Bool {
    (!isRead || isOfTonight || earlier.allow(witness))
      && shown(touching: witness.cells).allSatisfy { isKept($0, states[$0], by: witness) }
  }

  /// Which numbers can be others where some are: those of tonight alone, or of earlier releases too.
  ///
  /// - Parameters:
  ///   - given: numbers that are others.
  ///   - cells: that may be.
  /// - Returns: what is to be tried, one after the other.
  func nights(changing given: some Sequence<Int32>, among cells: [Int32]) -> [Nights] {
    if !isRead || earlier.isEmpty || isOfTonight { return [.all] }
    if given.contains(where: earlier.isOfLater) { return [.tonight] }
    return cells.contains(where: earlier.isOfLater) ? [.all, .tonight] : [.all]
  }

  /// Of which nights numbers are others.
  enum Nights {
    /// As much in all: what changed since is as it is.
    case all
    /// What changed is another.
    case tonight
  }

  /// How much less and how much more a number may be; nil where earlier releases say nothing.
  func limits(of cell: Int32, _ nights: Nights) -> ClosedRange<Int64>? {
    !isRead || earlier.isEmpty || isOfTonight
      ? nil : earlier.limits(of: cell, isOfLater: nights == .tonight)
  }

  /// Whether a rate would be read as it is.
  ///
  /// - Parameters:
  ///   - number: of the rate.
  ///   - state: what is seen of it.
  ///   - witness: other numbers.
  /// - Returns: true of one that is hidden.
  func isKept(_ number: Int, _ state: RateState, by witness: Witness) -> Bool {
    let (rate, counts) = (rates[number], counts[number])
    if stillMembers(of: number, state).contains(where: { witness.change(of: $0) != 0 }) {
      return false
    }
    if number >= ownCount, earlier.isOfLater(witness) { return true }
    let other = rate.told { counts[$0] + witness.change(of: rate.members[$0]) }
    switch state {
    case .hidden: return true
    case .rounded: return other?.rounded == told[number]?.rounded
    case .exact: return other == told[number]
    }
  }

  /// What a rate that is shown asks of changes, for a linear program: Σ coefficient·change between two
  /// numbers, one row a value.
  ///
  /// - Parameters:
  ///   - number: of the rate.
  ///   - cell: a number whose change is given.
  ///   - change: of it, not 0.
  /// - Returns: of each row its limits, and a member's coefficients: of one more, and of one less.
  func rows(
    of number: Int,
    changing cell: Int,
    by change: Int64
  ) -> [(limits: ClosedRange<Double>, coefficients: [(member: Int32, up: Double, down: Double)])] {
    let (rate, slopes, counts) = (rates[number], slopes[number], counts[number])
    let other = rate.values { place in
      rate.members[place] == Int32(cell) ? counts[place] + change : counts[place]
    }
    let now = rate.values { counts[$0] }
    return slopes.limits.indices.map { value in
      let coefficients = rate.members.enumerated().map { place, member in
        guard member == Int32(cell), let other, let now else {
          return (member, slopes.up[value][place], slopes.down[value][place])
        }
        let each =
          (other.values[value] - now.values[value]) / Double(change.magnitude)
        return (member, change > 0 ? each : 0, change < 0 ? each : 0)
      }
      return (slopes.limits[value], coefficients)
    }
  }
}
