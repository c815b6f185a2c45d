import Tabular

/// Who stands behind a figure in each cell, and what those bring who bring most.
struct CellContributors {
  /// How many of the largest contributions are kept: rules of concentration ask for no more.
  static let rankCount = 3

  /// One a cell.
  let sets: [SetKey]
  /// Magnitudes, `rankCount` a cell, the largest first; empty of what is no sum of numbers.
  private let largest: [Int64]
  let hasCredits: Bool
  /// `PowerSums` of what persons bring, cell by cell; empty where nobody asks.
  private let powerSums: [UInt64]
  private let powerTerms: Int

  init(
    sets: [SetKey],
    largest: [Int64] = [],
    hasCredits: Bool = false,
    powerSums: [UInt64] = [],
    powerTerms: Int = 0
  ) {
    self.sets = sets
    self.largest = largest
    self.hasCredits = hasCredits
    self.powerSums = powerSums
    self.powerTerms = powerTerms
  }

  /// The persons of each cell of whom something holds.
  ///
  /// - Parameters:
  ///   - truth: one a person.
  ///   - keys: one a person.
  ///   - powerTerms: how many power sums a cell gets.
  ///   - cells: of the persons.
  init(_ truth: [Bool], keys: [SetKey], powerTerms: Int, _ cells: PersonCells) {
    self.init(
      sets: Self.sets(truth, keys: keys, cells),
      powerSums: Self.powerSums(keys: keys, powerTerms, cells) { truth[$0] ? 1 : 0 },
      powerTerms: powerTerms
    )
  }

  /// The persons of each cell of whom there is a number.
  ///
  /// - Parameters:
  ///   - numbers: one a person; missing ones are left out.
  ///   - leavesOutZeros: nobody brings nothing.
  ///   - keys: one a person.
  ///   - powerTerms: how many power sums a cell gets.
  ///   - cells: of the persons.
  init(
    numbers: [Int64],
    leavesOutZeros: Bool,
    keys: [SetKey],
    powerTerms: Int,
    _ cells: PersonCells
  ) {
    var largest = [Int64](repeating: 0, count: Self.rankCount * cells.cellCount)
    var hasCredits = false
    for person in numbers.indices where numbers[person] != missingInteger {
      let number = numbers[person]
      hasCredits = hasCredits || number < 0
      keep(
        Int64(clamping: number.magnitude),
        in: &largest,
        at: Int(cells.cellOfPerson[person]) * Self.rankCount
      )
    }
    let isBehind = numbers.map { $0 != missingInteger && !(leavesOutZeros && $0 == 0) }
    self.init(
      sets: Self.sets(isBehind, keys: keys, cells),
      largest: largest,
      hasCredits: hasCredits,
      powerSums: Self.powerSums(keys: keys, powerTerms, cells) {
        numbers[$0] == missingInteger ? 0 : numbers[$0]
      },
      powerTerms: powerTerms
    )
  }

  private static func sets(_ truth: [Bool], keys: [SetKey], _ cells: PersonCells) -> [SetKey] {
    var sets = [SetKey](repeating: .empty, count: cells.cellCount)
    for person in truth.indices where truth[person] {
      let cell = Int(cells.cellOfPerson[person])
      sets[cell] = sets[cell] &+ keys[person]
    }
    return sets
  }

  private static func powerSums(
    keys: [SetKey],
    _ termCount: Int,
    _ cells: PersonCells,
    of contribution: (_ person: Int) -> Int64
  ) -> [UInt64] {
    if termCount == 0 { return [] }
    var sums = [UInt64](repeating: 0, count: termCount * cells.cellCount)
    for person in keys.indices {
      let number = contribution(person)
      if number == 0 { continue }
      PowerSums.add(
        number,
        of: keys[person],
        to: &sums,
        at: Int(cells.cellOfPerson[person]) * termCount,
        termCount: termCount
      )
    }
    return sums
  }

  /// How many columns it takes.
  var columnCount: Int { SetKey.columnCount + rankColumnCount + powerTerms }

  private var rankColumnCount: Int { largest.isEmpty ? 0 : Self.rankCount }

  /// The words of the sets, the largest contributions, rank by rank, and the power sums, term by
  /// term; one number a group.
  func columns(of groups: CellGroups) -> [[Int64]] {
    var joined = [SetKey](repeating: .empty, count: groups.keys.count)
    for cell in sets.indices {
      let group = Int(groups.groupOfCell[cell])
      joined[group] = joined[group] &+ sets[cell]
    }
    return SetKey.columns(of: joined) + ranks(of: groups) + powers(of: groups)
  }

  private func ranks(of groups: CellGroups) -> [[Int64]] {
    if largest.isEmpty { return [] }
    var most = [Int64](repeating: 0, count: Self.rankCount * groups.keys.count)
    for place in largest.indices {
      let group = Int(groups.groupOfCell[place / Self.rankCount])
      keep(largest[place], in: &most, at: group * Self.rankCount)
    }
    return (0..<Self.rankCount).map { rank in
      stride(from: rank, to: most.count, by: Self.rankCount).map { most[$0] }
    }
  }

  private func powers(of groups: CellGroups) -> [[Int64]] {
    if powerTerms == 0 { return [] }
    var joined = [UInt64](repeating: 0, count: powerTerms * groups.keys.count)
    for cell in sets.indices {
      let start = cell * powerTerms
      PowerSums.add(
        powerSums[start..<start + powerTerms],
        to: &joined,
        at: Int(groups.groupOfCell[cell]) * powerTerms
      )
    }
    return (0..<powerTerms).map { term in
      stride(from: term, to: joined.count, by: powerTerms).map { Int64(bitPattern: joined[$0]) }
    }
  }

  /// What `columns(of:)` took apart; they begin at a place.
  func told(
    _ columns: [[Int64]],
    from start: Int
  ) -> (sets: [SetKey], largest: [[Int64]], powerSums: [UInt64]) {
    let ranks = start + SetKey.columnCount
    let powers = ranks + rankColumnCount
    var sums: [UInt64] = []
    if powerTerms > 0 {
      sums.reserveCapacity(powerTerms * columns[powers].count)
      for cell in columns[powers].indices {
        for term in 0..<powerTerms { sums.append(UInt64(bitPattern: columns[powers + term][cell])) }
      }
    }
    return (SetKey.keys(of: columns, from: start), Array(columns[ranks..<powers]), sums)
  }
}

/// Keeps a number among the largest, which stand from a place on in descending order.
func keep(_ number: Int64, in largest: inout [Int64], at start: Int) {
  var number = number
  for place in start..<start + CellContributors.rankCount where number > largest[place] {
    swap(&number, &largest[place])
  }
}

extension SetKey {
  /// How many numbers of 64 bits hold one.
  static let columnCount = 3

  /// Keys travel with the integers of other columns, word by word: they are only put in order.
  static func columns(of keys: [SetKey]) -> [[Int64]] {
    [
      keys.map { Int64(truncatingIfNeeded: $0.name >> 64) },
      keys.map { Int64(truncatingIfNeeded: $0.name) },
      keys.map { Int64(bitPattern: UInt64($0.countDraw) << 32 | UInt64($0.sumDraw)) },
    ]
  }

  /// What `columns(of:)` took apart; the columns begin at a place.
  static func keys(of columns: [[Int64]], from start: Int) -> [SetKey] {
    columns[start].indices.map { row in
      let words = (0..<columnCount).map { UInt64(bitPattern: columns[start + $0][row]) }
      return SetKey(
        name: UInt128(words[0]) << 64 | UInt128(words[1]),
        countDraw: UInt32(truncatingIfNeeded: words[2] >> 32),
        sumDraw: UInt32(truncatingIfNeeded: words[2])
      )
    }
  }
}
