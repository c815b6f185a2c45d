import Tabular

/// The cells of a table of rows, as far as one worker has seen rows.
///
/// Fields of a cell: rows, persons, and a wide sum for each column that is added up.
struct RowTabulation: Sendable {
  private(set) var cells: CellStore
  /// Persons only, for each set of totals over rows.
  private(set) var coarser: [CellStore]
  /// Cell · persons + person, where a person may be met again; first those of `cells`.
  private(set) var pairs: [[UInt64]]
  /// As `pairs`; empty where nobody asks.
  private(set) var contributors: [RowContributors]
  private var scratch = RowScratch()

  /// Row codes are counted by number up to here, above it by their place in the group.
  static let directCodeLimit = 1 << 16

  init(_ plan: RowTablePlan) {
    // A flat array may take as much room as the persons' columns do.
    let wordLimit = max(1 << 20, 8 * plan.personCount)
    cells = CellStore(
      cellCount: plan.cellCount,
      fieldCount: 2 + 2 * plan.sums.count,
      wordLimit: wordLimit
    )
    coarser = plan.coarser.map { _ in
      CellStore(cellCount: plan.cellCount, fieldCount: 1, wordLimit: wordLimit)
    }
    pairs = Array(repeating: [], count: 1 + plan.coarser.count)
    contributors =
      plan.keys.isEmpty ? [] : pairs.map { _ in RowContributors(plan, wordLimit: wordLimit) }
  }

  /// Counts a group of rows.
  ///
  /// - Parameters:
  ///   - group: of the source.
  ///   - source: its number within the table.
  ///   - plan: of the table.
  /// - Throws: `overflow`, or what a column that does not fit throws.
  mutating func add(
    _ group: LinkedGroup,
    source: Int,
    plan: RowTablePlan
  ) throws(PopulationTablesError) {
    let (codes, numbers) = try Self.rowCodes(of: group, source: source, plan: plan)
    var sums: [[Int64]] = []
    for name in plan.sums { sums.append(try group.addends(named: name) ?? []) }
    let codeCount = numbers.isEmpty ? plan.rowCodeCount : numbers.count
    scratch.fit(codeCount: codeCount, sumCount: sums.count)

    let rowCounts = group.rowCounts
    // Persons are in no order here: looked up all at once, the waits for memory overlap.
    let persons = plan.places(of: group.persons, source: source)
    let allCodes = codes.span
    var row = 0
    for identity in rowCounts.indices {
      let rows = row..<row + Int(rowCounts[identity])
      row = rows.upperBound
      let person = persons[identity]
      if person.number < 0 || rows.isEmpty { continue }
      let own = allCodes.extracting(rows)
      let touchedCount = countRows(own, counts: &scratch.counts, touched: &scratch.touched)
      for sum in sums.indices where !sums[sum].isEmpty {
        let column = sums[sum]
        let numbers = column.span
        let ownNumbers = numbers.extracting(rows)
        let start = sum &* scratch.codeCount
        let fits = addRows(ownNumbers, by: own, from: start, to: &scratch.sums)
        if !fits { throw .overflow(column: plan.sums[sum]) }
      }
      if !contributors.isEmpty {
        addContributors(person, touchedCount, numbers: numbers, source: source, plan: plan)
      }
      flush(person, touchedCount, numbers: numbers, source: source, plan: plan)
    }
  }

  /// Adds what another worker has seen.
  mutating func merge(_ other: RowTabulation) {
    cells.merge(other.cells, plainCount: 2)
    for number in coarser.indices { coarser[number].merge(other.coarser[number], plainCount: 1) }
    for number in pairs.indices { pairs[number] += other.pairs[number] }
    for number in contributors.indices { contributors[number].merge(other.contributors[number]) }
  }

  /// Counts the persons who may have been met several times, each once.
  mutating func settle(_ plan: RowTablePlan) {
    for number in pairs.indices {
      var none: [Int32] = []
      radixSort(&pairs[number], carrying: &none)
      var last: UInt64?
      for pair in pairs[number] where pair != last {
        last = pair
        let cell = Int(pair / UInt64(plan.personCount))
        if number == 0 {
          cells.add(1, at: cells.offset(of: cell) + 1)
        } else {
          coarser[number - 1].add(1, at: coarser[number - 1].offset(of: cell))
        }
      }
      pairs[number] = []
    }
    for number in contributors.indices { contributors[number].settle(keys: plan.keys) }
  }

  private mutating func flush(
    _ person: RowTablePlan.PersonPlace,
    _ touchedCount: Int,
    numbers: [Int],
    source: Int,
    plan: RowTablePlan
  ) {
    let base = person.base
    let repetition = person.repetition
    addCoarser(person, touchedCount, numbers: numbers, source: source, plan: plan)
    if cells.isFlat, numbers.isEmpty,
      repetition == .never
        || repetition == .elsewhere && touchesOnly(plan.ownCodes[source], touchedCount)
    {
      cells.addOnce(&scratch, touchedCount: touchedCount, base: base)
      return
    }
    for place in 0..<touchedCount {
      let code = Int(scratch.touched[place])
      let rowCode = numbers.isEmpty ? code : numbers[code]
      let offset = cells.offset(of: base &+ rowCode)
      cells.add(scratch.counts[code], at: offset)
      scratch.counts[code] = 0
      for sum in 0..<scratch.sumCount {
        let total = scratch.sums[sum &* scratch.codeCount &+ code]
        scratch.sums[sum &* scratch.codeCount &+ code] = 0
        cells.addWide(
          low: UInt64(bitPattern: total),
          high: total < 0 ? -1 : 0,
          at: offset &+ 2 &+ 2 &* sum
        )
      }
      if repetition == .never
        || repetition == .elsewhere && plan.belongs(rowCode, to: source, keeping: nil)
      {
        cells.add(1, at: offset &+ 1)
      } else {
        pairs[0].append(
          UInt64(base &+ rowCode) &* UInt64(plan.personCount) &+ UInt64(person.number)
        )
      }
    }
  }

  /// Nobody else's rows can be in these cells.
  private func touchesOnly(_ own: [Bool], _ touchedCount: Int) -> Bool {
    for place in 0..<touchedCount where !own[Int(scratch.touched[place])] { return false }
    return true
  }

  /// Counts a person once for each cell that a set of totals makes.
  private mutating func addCoarser(
    _ person: RowTablePlan.PersonPlace,
    _ touchedCount: Int,
    numbers: [Int],
    source: Int,
    plan: RowTablePlan
  ) {
    if plan.coarser.isEmpty { return }
    let base = person.base
    let repetition = person.repetition
    for number in plan.coarser.indices {
      let kept = plan.coarser[number]
      if repetition == .never, !kept.contains(true) {
        coarser[number].add(1, at: coarser[number].offset(of: base))
        continue
      }
      var codes = (0..<touchedCount).map { place in
        let code = Int(scratch.touched[place])
        return plan.reduced(numbers.isEmpty ? code : numbers[code], keeping: kept)
      }
      codes.sort()
      var last = -1
      for code in codes where code != last {
        last = code
        if repetition == .never
          || repetition == .elsewhere && plan.belongs(code, to: source, keeping: kept)
        {
          coarser[number].add(1, at: coarser[number].offset(of: base &+ code))
        } else {
          pairs[number + 1].append(
            UInt64(base &+ code) &* UInt64(plan.personCount) &+ UInt64(person.number)
          )
        }
      }
    }
  }

  /// Enters a person behind each cell, also those that a set of totals makes.
  private mutating func addContributors(
    _ person: RowTablePlan.PersonPlace,
    _ touchedCount: Int,
    numbers: [Int],
    source: Int,
    plan: RowTablePlan
  ) {
    for number in contributors.indices {
      let kept = number == 0 ? nil : plan.coarser[number - 1]
      let codes = (0..<touchedCount).map { place -> (row: Int, own: Int) in
        let code = Int(scratch.touched[place])
        let rowCode = numbers.isEmpty ? code : numbers[code]
        return (kept.map { plan.reduced(rowCode, keeping: $0) } ?? rowCode, code)
      }.sorted { $0 < $1 }
      var next = 0
      while next < codes.count {
        let rowCode = codes[next].row
        var totals = [Int128](repeating: 0, count: 1 + scratch.sumCount)
        while next < codes.count, codes[next].row == rowCode {
          let code = codes[next].own
          totals[0] += Int128(scratch.counts[code])
          for sum in 0..<scratch.sumCount {
            totals[1 + sum] += Int128(scratch.sums[sum &* scratch.codeCount &+ code])
          }
          next += 1
        }
        contributors[number].add(
          totals,
          of: person.number,
          to: person.base &+ rowCode,
          isWhole: person.repetition == .never
            || person.repetition == .elsewhere && plan.belongs(rowCode, to: source, keeping: kept),
          key: plan.keys[person.number]
        )
      }
    }
  }

  /// A small code for each row, and the row code of each when they are not the same.
  private static func rowCodes(
    of group: LinkedGroup,
    source: Int,
    plan: RowTablePlan
  ) throws(PopulationTablesError) -> (codes: [Int32], numbers: [Int]) {
    guard let first = plan.rowDimensions.first else {
      return ([Int32](repeating: 0, count: group.rowCount), [])
    }
    var codes = try first.codes(of: group, source: source)
    if plan.rowCodeCount <= directCodeLimit {
      for dimension in plan.rowDimensions.dropFirst() {
        let next = try dimension.codes(of: group, source: source)
        let size = Int32(dimension.labels.count)
        for row in codes.indices { codes[row] = codes[row] &* size &+ next[row] }
      }
      return (codes, [])
    }
    var wide = codes.map { Int($0) }
    for dimension in plan.rowDimensions.dropFirst() {
      let next = try dimension.codes(of: group, source: source)
      let size = dimension.labels.count
      for row in wide.indices { wide[row] = wide[row] &* size &+ Int(next[row]) }
    }
    var places: [Int: Int32] = [:]
    var numbers: [Int] = []
    for row in wide.indices {
      if row > 0, wide[row] == wide[row - 1] {
        codes[row] = codes[row - 1]
      } else if let place = places[wide[row]] {
        codes[row] = place
      } else {
        codes[row] = Int32(numbers.count)
        places[wide[row]] = codes[row]
        numbers.append(wide[row])
      }
    }
    return (codes, numbers)
  }
}
