/// Some rows on their way from text to cells: where their fields stand, and what they hold.
///
/// Column by column, so that a loop over rows knows the type outside. Small enough for the first
/// cache together with the text.
@safe final class RowBlock {
  static let capacity = 256
  /// From a row of a column to the same row of the next.
  ///
  /// A little more than the rows that there are: columns a power of two apart would push each other
  /// out of the cache.
  static let columnStride = capacity + 16

  let columnCount: Int
  var rowCount = 0
  /// Where a field begins in the text: `starts[column * columnStride + row]`.
  let starts: UnsafeMutablePointer<UInt32>
  /// How long it is; 0 has no value.
  let lengths: UnsafeMutablePointer<UInt32>
  /// What it comes to, as a cell of `ClearBatch`.
  let values: UnsafeMutablePointer<Int64>
  /// By column: how many rows have no value, once the column is settled.
  let missingCounts: UnsafeMutablePointer<Int>
  /// Why a value of the column at hand is refused: a `Fault`; all 0 between columns.
  let faults: UnsafeMutablePointer<UInt8>
  /// The line of each row.
  let lines: UnsafeMutablePointer<Int64>
  /// How many lines each row has; 1 unless a reader says otherwise.
  let lineCounts: UnsafeMutablePointer<UInt8>
  /// Why a row is refused: a `Fault`.
  let rowFaults: UnsafeMutablePointer<UInt8>
  /// In which column; only where `rowFaults` is not 0.
  let rowFaultColumns: UnsafeMutablePointer<Int32>

  /// By row: it is completed from others later; empty where none is.
  var awaiting: [Bool] = []

  init(columnCount: Int) {
    self.columnCount = columnCount
    let cellCount = max(1, columnCount) * Self.columnStride
    unsafe starts = .allocate(capacity: cellCount)
    unsafe lengths = .allocate(capacity: cellCount)
    unsafe values = .allocate(capacity: cellCount)
    unsafe missingCounts = .allocate(capacity: max(1, columnCount))
    unsafe faults = .allocate(capacity: Self.capacity)
    unsafe lines = .allocate(capacity: Self.capacity)
    unsafe lineCounts = .allocate(capacity: Self.capacity)
    unsafe rowFaults = .allocate(capacity: Self.capacity)
    unsafe rowFaultColumns = .allocate(capacity: Self.capacity)
    unsafe starts.initialize(repeating: 0, count: cellCount)
    unsafe lengths.initialize(repeating: 0, count: cellCount)
    unsafe values.initialize(repeating: 0, count: cellCount)
    unsafe missingCounts.initialize(repeating: 0, count: max(1, columnCount))
    unsafe faults.initialize(repeating: 0, count: Self.capacity)
    unsafe lines.initialize(repeating: 0, count: Self.capacity)
    unsafe lineCounts.initialize(repeating: 1, count: Self.capacity)
    unsafe rowFaults.initialize(repeating: 0, count: Self.capacity)
    unsafe rowFaultColumns.initialize(repeating: 0, count: Self.capacity)
  }

  deinit {
    unsafe starts.deallocate()
    unsafe lengths.deallocate()
    unsafe values.deallocate()
    unsafe missingCounts.deallocate()
    unsafe faults.deallocate()
    unsafe lines.deallocate()
    unsafe lineCounts.deallocate()
    unsafe rowFaults.deallocate()
    unsafe rowFaultColumns.deallocate()
  }

  /// Makes room for other rows.
  func clear() {
    rowCount = 0
    awaiting = []
    unsafe lineCounts.update(repeating: 1, count: Self.capacity)
    unsafe rowFaults.update(repeating: 0, count: Self.capacity)
  }

  func isAwaiting(_ row: Int) -> Bool { !awaiting.isEmpty && awaiting[row] }

  /// Empties the fields of one column.
  func clearColumn(_ column: Int) {
    let lengths = unsafe lengths + column * Self.columnStride
    for row in 0..<rowCount { unsafe lengths[row] = 0 }
  }

  /// The fields of one column.
  func slice(_ column: Int, of text: UnsafeMutablePointer<UInt8>) -> ColumnSlice {
    unsafe ColumnSlice(
      text: text,
      starts: starts + column * Self.columnStride,
      lengths: lengths + column * Self.columnStride,
      values: values + column * Self.columnStride,
      faults: faults,
      count: rowCount
    )
  }
}

/// The fields of one column of a `RowBlock`.
///
/// Each pointer has `count` elements. Behind the last field the text has `CsvLimits.padding` bytes.
@safe struct ColumnSlice {
  let text: UnsafeMutablePointer<UInt8>
  let starts: UnsafeMutablePointer<UInt32>
  let lengths: UnsafeMutablePointer<UInt32>
  let values: UnsafeMutablePointer<Int64>
  let faults: UnsafeMutablePointer<UInt8>
  let count: Int
}
