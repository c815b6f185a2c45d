import Tabular

/// The numbers of a release, each once, whatever tables and labels it stands under.
struct ReleaseVariables: Sendable {
  private(set) var values: [Int64] = []
  /// One a variable: the distinct persons behind it.
  private(set) var contributors: [Int64] = []
  /// By rank, one a variable: the largest contributions of single persons.
  private(set) var largest: [[Int64]] = [[], [], []]
  /// One a variable: what single providers bring; empty where nobody can tell.
  private(set) var providers: [[ProviderPart]] = []
  private(set) var isSum: [Bool] = []
  private(set) var hasCredits: [Bool] = []
  private(set) var isPrinted: [Bool] = []
  /// Whether it only joins tables that nobody would cut so.
  private(set) var isPiece: [Bool] = []
  /// Whether it is of a stratum that no table shows: it matters only to those who read a rate.
  private(set) var isOfStratum: [Bool] = []
  /// Whether it is never hidden: its level is kept.
  private(set) var isKept: [Bool] = []
  /// Whether everyone knows it anyway.
  private(set) var isOpen: [Bool] = []
  /// One a variable: so many persons may be told to be alike; nil of what may be told.
  private(set) var groupLimits: [Int64?] = []
  /// Whether it is of all persons of a cell, and a number apart.
  private(set) var isApart: [Bool] = []
  /// Whether nobody is behind it, and nobody may know.
  private(set) var isUncertain: [Bool] = []
  /// Whether it must not be told that nobody is in a cell.
  let hidesZeros: Bool
  /// The measure that it is a number of.
  private(set) var names: [String] = []
  /// What it is worth to show it; the dearest of its places counts.
  private(set) var costs: [Double] = []
  /// One a variable; `SetKey.empty` where none is known.
  private(set) var sets: [SetKey] = []
  /// One a variable: `PowerSums` of what persons bring; empty where they are not known.
  private(set) var powerSums: [[UInt64]] = []
  /// One a variable: what a sum is of; empty for persons.
  private(set) var measured: [String] = []
  /// One a variable: which night it is of, and what is asked of it.
  private(set) var nights: [Night] = []
  /// Changes, ascending.
  private(set) var changes: [(variable: Int32, change: NumberChange)] = []
  /// By number of a stratum that few changed since a rate of it was told: by so much it must stay
  /// uncertain.
  private(set) var uncertainBy: [Int: Int64] = [:]
  /// Sets of persons are one number, however they are called; sums are one for each measure.
  private var variableOfSet: [MeasuredSet: Int32] = [:]

  init(hidesZeros: Bool = false) { self.hidesZeros = hidesZeros }

  private struct MeasuredSet: Hashable {
    /// Empty for persons.
    let sumOf: String
    let name: UInt128
  }

  /// Where in time a number belongs.
  enum Night: Sendable {
    /// Tonight's.
    case tonight
    /// Of tonight and of an earlier release, in which it was shown.
    case seenBefore
    /// Of earlier releases alone.
    case earlier(isSeen: Bool, minimum: Int64, hasDominance: Bool)
    /// How another number changed between two releases, and what must stay uncertain of that.
    case change(NumberChange)
  }

  var count: Int { values.count }

  /// What is known of one number.
  struct Entry {
    let name: String
    let value: Int64
    let contributors: Int64
    let largest: [Int64]
    let isSum: Bool
    let hasCredits: Bool
    let isPrinted: Bool
    var isPiece = false
    var isOfStratum = false
    var isKept = false
    var isOpen = false
    var groupLimit: Int64? = nil
    var isApart = false
    var isUncertain = false
    let cost: Double
    let set: SetKey
    var powerSums: [UInt64] = []
    var providers: [ProviderPart] = []
    var night = Night.tonight
  }

  /// Adds a number, or finds the one that it is.
  ///
  /// Where it must not be seen which cells are empty, numbers of the same persons are not one: else it
  /// would be told that the others are none (`addEqualNumbers`).
  ///
  /// - Parameters:
  ///   - entry: the number.
  ///   - measured: what a sum is of.
  /// - Returns: its variable; nil where the number known by that set is another one.
  mutating func add(_ entry: Entry, sumOf measured: String) -> Int32? {
    let set = MeasuredSet(sumOf: entry.isSum ? measured : "", name: entry.set.name)
    let isAlone = hidesZeros || entry.isApart || entry.set == .empty
    if !isAlone, let known = variableOfSet[set] {
      return merge(entry, into: known) ? known : nil
    }
    let variable = append(entry, sumOf: measured)
    if !isAlone { variableOfSet[set] = variable }
    return variable
  }

  /// Adds a number that is none of tonight's, whatever set of persons it is of.
  @discardableResult
  mutating func append(_ entry: Entry, sumOf measured: String) -> Int32 {
    let variable = Int32(values.count)
    names.append(entry.name)
    values.append(entry.value)
    contributors.append(entry.contributors)
    for rank in largest.indices {
      largest[rank].append(rank < entry.largest.count ? entry.largest[rank] : 0)
    }
    isSum.append(entry.isSum)
    hasCredits.append(entry.hasCredits)
    isPrinted.append(entry.isPrinted)
    isPiece.append(entry.isPiece)
    isOfStratum.append(entry.isOfStratum)
    isKept.append(entry.isKept)
    isOpen.append(entry.isOpen)
    groupLimits.append(entry.groupLimit)
    isApart.append(entry.isApart)
    isUncertain.append(entry.isUncertain)
    costs.append(entry.cost)
    sets.append(entry.set)
    powerSums.append(entry.powerSums)
    providers.append(entry.providers)
    self.measured.append(entry.isSum ? measured : "")
    nights.append(entry.night)
    if case .change(let change) = entry.night { changes.append((variable, change)) }
    return variable
  }

  /// Says that a number stood in an earlier release too.
  ///
  /// - Parameters:
  ///   - variable: the number.
  ///   - isSeen: whether it was shown there.
  ///   - entry: what it was there.
  mutating func note(earlier variable: Int32, isSeen: Bool, _ entry: Entry) {
    let number = Int(variable)
    hasCredits[number] = hasCredits[number] || entry.hasCredits
    // Of fewer persons than tonight the same ones may have been nearly all.
    keepBelow(entry.groupLimit, number)
    guard isSeen else { return }
    switch nights[number] {
    case .tonight, .seenBefore: nights[number] = .seenBefore
    case .earlier(_, let minimum, let hasDominance):
      nights[number] = .earlier(isSeen: true, minimum: minimum, hasDominance: hasDominance)
    case .change: break
    }
  }

  /// Says that a number of a stratum must stay uncertain, for it would tell how it changed.
  ///
  /// - Parameters:
  ///   - variable: the number; nothing is asked of one that tables show.
  ///   - step: by so much, up and down.
  mutating func keepUncertain(_ variable: Int32, by step: Int64) {
    guard isOfStratum[Int(variable)] else { return }
    uncertainBy[Int(variable)] = max(uncertainBy[Int(variable)] ?? step, step)
  }

  /// The entry of a number, as one of an earlier release.
  func entry(of variable: Int, as night: Night) -> Entry {
    Entry(
      name: names[variable],
      value: values[variable],
      contributors: contributors[variable],
      largest: largest.map { $0[variable] },
      isSum: isSum[variable],
      hasCredits: hasCredits[variable],
      isPrinted: false,
      isPiece: isPiece[variable],
      isOfStratum: isOfStratum[variable],
      groupLimit: groupLimits[variable],
      isApart: isApart[variable],
      isUncertain: isUncertain[variable],
      cost: costs[variable],
      set: sets[variable],
      powerSums: powerSums[variable],
      providers: providers[variable],
      night: night
    )
  }

  /// Says that a variable stands in another place too.
  ///
  /// - Returns: false when it is another number there.
  mutating func merge(_ entry: Entry, into variable: Int32) -> Bool {
    let number = Int(variable)
    if entry.isPrinted, !isPrinted[number] {
      isPrinted[number] = true
      names[number] = entry.name
    }
    isKept[number] = isKept[number] || entry.isKept
    isOpen[number] = isOpen[number] || entry.isOpen
    isPiece[number] = isPiece[number] && entry.isPiece
    isOfStratum[number] = isOfStratum[number] && entry.isOfStratum
    keepBelow(entry.groupLimit, number)
    isUncertain[number] = isUncertain[number] || entry.isUncertain
    costs[number] = max(costs[number], entry.cost)
    hasCredits[number] = hasCredits[number] || entry.hasCredits
    if providers[number].isEmpty { providers[number] = entry.providers }
    for rank in largest.indices where rank < entry.largest.count {
      largest[rank][number] = max(largest[rank][number], entry.largest[rank])
    }
    return values[number] == entry.value
  }

  /// Says that it must stay possible that no more than so many of a number's persons are alike.
  private mutating func keepBelow(_ limit: Int64?, _ number: Int) {
    guard let limit else { return }
    groupLimits[number] = min(limit, groupLimits[number] ?? limit)
  }

  /// The entry of a number that nobody prints: the sum of others.
  ///
  /// - Parameters:
  ///   - parts: the others.
  ///   - isOfStratum: whether it matters only to those who read a rate.
  /// - Returns: whatever can be told of it by its parts.
  func sum(of parts: [Int32], isOfStratum: Bool) -> Entry {
    let first = parts.first.map(Int.init)
    var (value, contributors): (Int64, Int64) = (0, 0)
    var largest: [Int64] = []
    var set = SetKey.empty
    var powerSums = first.map { self.powerSums[$0] } ?? []
    for (place, part) in parts.map(Int.init).enumerated() {
      if place > 0 { powerSums = PowerSums.sum(powerSums, self.powerSums[part]) }
      value &+= values[part]
      contributors &+= self.contributors[part]
      largest += self.largest.map { $0[part] }
      set = set &+ sets[part]
    }
    largest.sort(by: >)
    return Entry(
      name: first.map { names[$0] } ?? "",
      value: value,
      contributors: contributors,
      largest: Array(largest.prefix(self.largest.count)),
      isSum: first.map { isSum[$0] } ?? false,
      hasCredits: parts.contains { hasCredits[Int($0)] },
      isPrinted: false,
      isPiece: isOfStratum,
      isOfStratum: isOfStratum,
      isApart: value != 0 && parts.allSatisfy { isApart[Int($0)] || values[Int($0)] == 0 },
      isUncertain: contributors == 0 && parts.contains { isUncertain[Int($0)] },
      cost: 1,
      set: parts.contains { sets[Int($0)] == .empty && values[Int($0)] != 0 } ? .empty : set,
      powerSums: powerSums,
      providers: parts.contains { providers[Int($0)].isEmpty && self.contributors[Int($0)] > 0 }
        ? [] : .together(parts.map { providers[Int($0)] })
    )
  }

  /// Whether other providers brought a number than one that is the same in all else; false where nobody
  /// can tell.
  func isOfOthers(_ variable: Int32, than entry: Entry) -> Bool {
    let own = providers[Int(variable)]
    return !own.isEmpty && !entry.providers.isEmpty && own != entry.providers
  }

  /// Whether nobody is behind a number, and everyone may know.
  func isToldZero(_ variable: Int) -> Bool { contributors[variable] == 0 && !isUncertain[variable] }

  /// Whether a number is one of tonight's.
  func isOfTonight(_ variable: Int) -> Bool {
    switch nights[variable] {
    case .tonight, .seenBefore: true
    case .earlier, .change: false
    }
  }

  /// What is seen of a variable before anything is hidden.
  ///
  /// Nobody is in a zero, so it is told, unless it must not be; what was shown on an earlier night is known.
  func state(of variable: Int) -> CellState {
    switch nights[variable] {
    case .seenBefore: return .fixed
    case .earlier(let isSeen, _, _):
      return isSeen || isToldZero(variable) ? .fixed : .hidden
    case .change: return .hidden
    case .tonight: break
    }
    if isToldZero(variable) || isKept[variable] || isOpen[variable] { return .fixed }
    return isPrinted[variable] ? .shown : .hidden
  }
}
