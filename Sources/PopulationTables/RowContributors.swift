import Tabular

/// Who has rows in each cell, as far as one worker has seen rows, and who has most of them.
struct RowContributors: Sendable {
  /// Persons, the four words of their keys' sum, the largest of rows and of each sum, then the power
  /// sums of persons, of rows and of each sum.
  private var store: CellStore
  private let numberCount: Int
  private let personCount: Int
  private let powerTerms: Int
  /// What one person adds to the power sums of a cell.
  private var powers: [UInt64]
  /// Cell · persons + person, where a person may be met again.
  private var pairs: [UInt64] = []
  /// `numberCount` a pair.
  private var numbers: [Int64] = []
  /// One a number: whether it was below zero of somebody.
  private(set) var hasCredits: [Bool]

  private static let firstLargest = 5

  init(_ plan: RowTablePlan, wordLimit: Int) {
    numberCount = 1 + plan.sums.count
    personCount = plan.personCount
    powerTerms = plan.powerTerms
    powers = Array(repeating: 0, count: powerTerms * (1 + numberCount))
    store = CellStore(
      cellCount: plan.cellCount,
      fieldCount: Self.firstLargest + CellContributors.rankCount * numberCount + powers.count,
      wordLimit: wordLimit
    )
    hasCredits = Array(repeating: false, count: 1 + plan.sums.count)
  }

  /// Adds a person to a cell.
  ///
  /// - Parameters:
  ///   - numbers: their rows there, and their sums.
  ///   - person: their number.
  ///   - cell: where the rows are.
  ///   - isWhole: no other rows of theirs can come to the same.
  ///   - key: theirs.
  mutating func add(
    _ numbers: [Int128],
    of person: Int,
    to cell: Int,
    isWhole: Bool,
    key: SetKey
  ) {
    if isWhole {
      enter(numbers, in: cell, key: key)
    } else {
      pairs.append(UInt64(cell) &* UInt64(personCount) &+ UInt64(person))
      for number in numbers { self.numbers.append(Int64(clamping: number)) }
    }
  }

  /// Adds what another worker has seen.
  mutating func merge(_ other: RowContributors) {
    for (cell, from) in other.store.occurring(by: 0) {
      let to = store.offset(of: cell)
      let fields = other.store.fields
      store.add(fields[from], at: to)
      store.addWide(low: UInt64(bitPattern: fields[from + 1]), high: fields[from + 2], at: to + 1)
      store.add(fields[from + 3], at: to + 3)
      store.add(fields[from + 4], at: to + 4)
      for number in 0..<numberCount {
        let start = Self.firstLargest + number * CellContributors.rankCount
        for place in start..<start + CellContributors.rankCount {
          store.keep(fields[from + place], at: to + start)
        }
      }
      if powerTerms > 0 { store.addPowers(powers(of: fields, at: from)[...], at: to + firstPower) }
    }
    pairs += other.pairs
    numbers += other.numbers
    for number in hasCredits.indices where other.hasCredits[number] { hasCredits[number] = true }
  }

  /// Enters the persons who may have been met several times, each once a cell.
  mutating func settle(keys: [SetKey]) {
    var order = pairs.indices.map { Int32($0) }
    radixSort(&pairs, carrying: &order)
    var next = 0
    while next < pairs.count {
      let pair = pairs[next]
      var sums = [Int128](repeating: 0, count: numberCount)
      while next < pairs.count, pairs[next] == pair {
        let start = Int(order[next]) * numberCount
        for number in 0..<numberCount { sums[number] += Int128(numbers[start + number]) }
        next += 1
      }
      let (cell, person) = pair.quotientAndRemainder(dividingBy: UInt64(personCount))
      enter(sums, in: Int(cell), key: keys[Int(person)])
    }
    pairs = []
    numbers = []
  }

  /// The cells that occur, ascending, and who is behind them: persons, rows, and each sum.
  func found() -> (cells: [Int], contributors: [CellContributors]) {
    let found = store.occurring(by: 0)
    let fields = store.fields
    let sets = found.map { _, offset in
      SetKey(
        name: UInt128(UInt64(bitPattern: fields[offset + 2])) << 64
          | UInt128(UInt64(bitPattern: fields[offset + 1])),
        countDraw: UInt32(truncatingIfNeeded: fields[offset + 3]),
        sumDraw: UInt32(truncatingIfNeeded: fields[offset + 4])
      )
    }
    let powerSums = (0..<1 + numberCount).map { number -> [UInt64] in
      if powerTerms == 0 { return [] }
      return found.flatMap { _, offset in
        powers(of: fields, at: offset)[number * powerTerms..<(number + 1) * powerTerms]
      }
    }
    var contributors = [
      CellContributors(sets: sets, powerSums: powerSums[0], powerTerms: powerTerms)
    ]
    for number in 0..<numberCount {
      let start = Self.firstLargest + number * CellContributors.rankCount
      contributors.append(
        CellContributors(
          sets: sets,
          largest: found.flatMap { _, offset in
            fields[offset + start..<offset + start + CellContributors.rankCount]
          },
          hasCredits: hasCredits[number],
          powerSums: powerSums[1 + number],
          powerTerms: powerTerms
        )
      )
    }
    return (found.map(\.cell), contributors)
  }

  private mutating func enter(_ numbers: [Int128], in cell: Int, key: SetKey) {
    let offset = store.offset(of: cell)
    store.add(1, at: offset)
    store.addWide(
      low: UInt64(truncatingIfNeeded: key.name),
      high: Int64(truncatingIfNeeded: key.name >> 64),
      at: offset + 1
    )
    store.add(Int64(key.countDraw), at: offset + 3)
    store.add(Int64(key.sumDraw), at: offset + 4)
    for number in numbers.indices {
      if numbers[number] < 0 { hasCredits[number] = true }
      store.keep(
        Int64(clamping: numbers[number].magnitude),
        at: offset + Self.firstLargest + number * CellContributors.rankCount
      )
    }
    if powerTerms > 0 { enterPowers(numbers, at: offset, key: key) }
  }

  private var firstPower: Int { Self.firstLargest + CellContributors.rankCount * numberCount }

  private func powers(of fields: [Int64], at offset: Int) -> [UInt64] {
    let start = offset + firstPower
    return fields[start..<start + powers.count].map { UInt64(bitPattern: $0) }
  }

  private mutating func enterPowers(_ numbers: [Int128], at offset: Int, key: SetKey) {
    for place in powers.indices { powers[place] = 0 }
    PowerSums.add(1, of: key, to: &powers, at: 0, termCount: powerTerms)
    for number in numbers.indices where numbers[number] != 0 {
      PowerSums.add(
        Int64(clamping: numbers[number]),
        of: key,
        to: &powers,
        at: (1 + number) * powerTerms,
        termCount: powerTerms
      )
    }
    store.addPowers(powers[...], at: offset + firstPower)
  }
}
