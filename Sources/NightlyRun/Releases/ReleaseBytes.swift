import Files
import Tabular

/// What a night tells of a table, as bytes: a column is told by how it differs from that of the night
/// before.
///
/// Numbers are of seven bits a byte, the lowest first; those below zero are folded in between. Keys of
/// sets and power sums, which nothing packs, stand apart from them.
struct ReleaseBytes {
  /// To be packed.
  private(set) var numbers: [UInt8] = []
  /// Not to be packed.
  private(set) var keys: [UInt8] = []

  mutating func add(_ number: UInt64) {
    var rest = number
    while rest > 0x7F {
      numbers.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    numbers.append(UInt8(rest))
  }

  mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

  /// Also what lies below zero.
  mutating func add(signed number: Int64) {
    add(UInt64(bitPattern: number << 1 ^ number >> 63))
  }

  mutating func add(_ flag: Bool) { numbers.append(flag ? 1 : 0) }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    numbers += Array(text.utf8)
  }

  /// Adds a column: nothing of it where it is as expected, else by runs of equal differences.
  ///
  /// - Parameters:
  ///   - column: any numbers.
  ///   - expected: those of the night before, one a cell; of another length: not known.
  mutating func add<Number: FixedWidthInteger & SignedInteger>(
    column: [Number],
    expected: [Number]
  ) {
    guard column != expected else { return add(true) }
    add(false)
    add(column.count)
    let isKnown = expected.count == column.count
    var (run, difference) = (0, Int64(0))
    for cell in column.indices {
      let own = Int64(column[cell]) &- (isKnown ? Int64(expected[cell]) : 0)
      if own != difference, run > 0 {
        add(run)
        add(signed: difference)
        run = 0
      }
      difference = own
      run += 1
    }
    guard run > 0 else { return }
    add(run)
    add(signed: difference)
  }

  mutating func add(flags: [Bool], expected: [Bool]) {
    guard flags != expected else { return add(true) }
    add(column: flags.map { $0 ? 1 as Int32 : 0 }, expected: expected.map { $0 ? 1 as Int32 : 0 })
  }

  /// Adds the keys of sets, one a cell or none: those that are not as expected.
  mutating func add(sets: [SetKey], expected: [SetKey]) {
    guard sets != expected else { return add(true) }
    add(false)
    add(sets.count)
    let isKnown = expected.count == sets.count
    addChanges(sets.count) {
      !isKnown || sets[$0] != expected[$0]
    } write: { cell, keys in
      keys.appendWord(UInt64(truncatingIfNeeded: sets[cell].name >> 64))
      keys.appendWord(UInt64(truncatingIfNeeded: sets[cell].name))
      keys.appendWord(sets[cell].countDraw)
      keys.appendWord(sets[cell].sumDraw)
    }
  }

  /// Adds power sums, the same number of terms a cell or none: of cells that are not as expected.
  ///
  /// - Parameters:
  ///   - sums: cell by cell.
  ///   - cellCount: of the table.
  ///   - expected: those of the night before; of another length: not known.
  mutating func add(powerSums sums: [UInt64], cellCount: Int, expected: [UInt64]) {
    guard sums != expected else { return add(true) }
    add(false)
    let termCount = cellCount > 0 ? sums.count / cellCount : 0
    add(termCount)
    let isKnown = expected.count == sums.count
    addChanges(termCount > 0 ? cellCount : 0) { cell in
      let places = cell * termCount..<(cell + 1) * termCount
      return !isKnown || places.contains { sums[$0] != expected[$0] }
    } write: { cell, keys in
      for place in cell * termCount..<(cell + 1) * termCount { keys.appendWord(sums[place]) }
    }
  }

  /// Tells which cells changed, by lengths of runs, the first of those that did not.
  private mutating func addChanges(
    _ count: Int,
    _ isChanged: (Int) -> Bool,
    write: (Int, inout [UInt8]) -> Void
  ) {
    var (run, ofChanges) = (0, false)
    for cell in 0..<count {
      let changes = isChanged(cell)
      if changes != ofChanges {
        add(run)
        (run, ofChanges) = (0, changes)
      }
      run += 1
      if changes { write(cell, &keys) }
    }
    if count > 0 { add(run) }
  }
}
