import Tabular

/// Numbers of cells: some fields a cell, all of them zero at first.
///
/// A flat array by cell number while that is small, else an open-addressing table of the cells
/// that occur.
struct CellStore: Sendable {
  let fieldCount: Int
  private(set) var fields: [Int64]
  /// Empty in a flat array.
  private var slots: [Int32]
  private var cells: [Int] = []

  /// - Parameters:
  ///   - cellCount: cell numbers are below it.
  ///   - fieldCount: how many numbers a cell has.
  ///   - wordLimit: how many fields a flat array may have.
  init(cellCount: Int, fieldCount: Int, wordLimit: Int) {
    self.fieldCount = fieldCount
    let (words, overflow) = cellCount.multipliedReportingOverflow(by: fieldCount)
    if !overflow, words <= wordLimit {
      fields = [Int64](repeating: 0, count: words)
      slots = []
    } else {
      fields = []
      slots = [Int32](repeating: -1, count: 1 << 12)
    }
  }

  /// Where the fields of a cell begin; makes room for a new cell.
  @inline(__always)
  mutating func offset(of cell: Int) -> Int {
    slots.isEmpty ? cell &* fieldCount : sparseOffset(of: cell)
  }

  @inline(__always)
  mutating func add(_ number: Int64, at offset: Int) { fields[offset] &+= number }

  /// Adds to a sum of 128 bits: its low word at `offset`, its high word after it.
  ///
  /// Sums of any order and grouping come to the same; whether the result fits is asked once.
  @inline(__always)
  mutating func addWide(low: UInt64, high: Int64, at offset: Int) {
    let (sum, carry) = UInt64(bitPattern: fields[offset]).addingReportingOverflow(low)
    fields[offset] = Int64(bitPattern: sum)
    fields[offset &+ 1] &+= high &+ (carry ? 1 : 0)
  }

  /// Keeps a number among the largest, which stand from a place on.
  mutating func keep(_ number: Int64, at offset: Int) {
    PopulationTables.keep(number, in: &fields, at: offset)
  }

  /// Adds power sums, as bit patterns, to those that stand from a place on.
  mutating func addPowers(_ sums: ArraySlice<UInt64>, at offset: Int) {
    for (place, term) in zip(offset..., sums) {
      fields[place] = Int64(
        bitPattern: PowerSums.sum(UInt64(bitPattern: fields[place]), term)
      )
    }
  }

  /// A flat array: the cells of a run of row codes stand side by side.
  var isFlat: Bool { slots.isEmpty }

  /// Adds the rows of one person who is met only here, and empties the scratch.
  ///
  /// - Parameters:
  ///   - scratch: codes are row codes.
  ///   - touchedCount: how many codes occur.
  ///   - base: the cell of row code 0.
  /// - Precondition: `isFlat`.
  mutating func addOnce(_ scratch: inout RowScratch, touchedCount: Int, base: Int) {
    let codes = scratch.touched
    let touched = codes.span
    addTouched(
      touched.extracting(first: touchedCount),
      base: base,
      codeCount: scratch.codeCount,
      counts: &scratch.counts,
      sums: &scratch.sums
    )
  }

  private mutating func addTouched(
    _ touched: Span<Int32>,
    base: Int,
    codeCount: Int,
    counts: inout [Int64],
    sums: inout [Int64]
  ) {
    let fieldCount = fieldCount
    let sumCount = (fieldCount &- 2) / 2
    // One check for sole ownership a person, not one a cell: this took half the time.
    var fields = fields.mutableSpan
    var counts = counts.mutableSpan
    var sums = sums.mutableSpan
    for place in touched.indices {
      let code = Int(touched[place])
      let offset = (base &+ code) &* fieldCount
      fields[offset] &+= counts[code]
      fields[offset &+ 1] &+= 1
      counts[code] = 0
      for sum in 0..<sumCount {
        let total = sums[sum &* codeCount &+ code]
        sums[sum &* codeCount &+ code] = 0
        let low = offset &+ 2 &+ 2 &* sum
        let (added, carry) = UInt64(bitPattern: fields[low]).addingReportingOverflow(
          UInt64(bitPattern: total)
        )
        fields[low] = Int64(bitPattern: added)
        fields[low &+ 1] &+= (total >> 63) &+ (carry ? 1 : 0)
      }
    }
  }

  /// The cells that occur, ascending, with the places of their fields.
  ///
  /// - Parameter field: a cell occurs when this field is not zero.
  /// - Returns: one pair a cell.
  func occurring(by field: Int) -> [(cell: Int, offset: Int)] {
    var found: [(cell: Int, offset: Int)] = []
    if slots.isEmpty {
      for offset in stride(from: 0, to: fields.count, by: fieldCount)
      where fields[offset + field] != 0 {
        found.append((offset / fieldCount, offset))
      }
    } else {
      for entry in cells.indices where fields[entry * fieldCount + field] != 0 {
        found.append((cells[entry], entry * fieldCount))
      }
      found.sort { $0.cell < $1.cell }
    }
    return found
  }

  /// Adds another store of the same form.
  ///
  /// - Parameters:
  ///   - other: of the same cells and fields.
  ///   - plainCount: how many fields are plain numbers; pairs of a wide sum follow.
  mutating func merge(_ other: CellStore, plainCount: Int) {
    let count = other.slots.isEmpty ? other.fields.count / fieldCount : other.cells.count
    for entry in 0..<count {
      let from = entry * fieldCount
      if other.slots.isEmpty, other.fields[from..<from + fieldCount].allSatisfy({ $0 == 0 }) {
        continue
      }
      let to = offset(of: other.slots.isEmpty ? entry : other.cells[entry])
      for field in 0..<plainCount { add(other.fields[from + field], at: to + field) }
      for field in stride(from: plainCount, to: fieldCount, by: 2) {
        addWide(
          low: UInt64(bitPattern: other.fields[from + field]),
          high: other.fields[from + field + 1],
          at: to + field
        )
      }
    }
  }

  private mutating func sparseOffset(of cell: Int) -> Int {
    if 2 * cells.count >= slots.count { grow() }
    var slot = Self.firstSlot(of: cell, in: slots.count)
    while case let entry = Int(slots[slot]), entry >= 0 {
      if cells[entry] == cell { return entry * fieldCount }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(cells.count)
    cells.append(cell)
    let offset = fields.count
    for _ in 0..<fieldCount { fields.append(0) }
    return offset
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for (entry, cell) in cells.enumerated() {
      var slot = Self.firstSlot(of: cell, in: slots.count)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(entry)
    }
  }

  private static func firstSlot(of cell: Int, in count: Int) -> Int {
    let mixed = UInt64(bitPattern: Int64(cell)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 20) & (count - 1)
  }
}
