import Tabular

/// What the values of a chunk came to, column by column, rejected rows too.
///
/// Numbers only: by them a delivery is compared with its trailer and with the one before.
package struct ColumnTally: Sendable, Hashable {
  /// The sums of one file's columns.
  package struct FileSums: Sendable, Hashable {
    /// Index of the file in the source's list.
    package let file: Int
    /// One a summed column, in the stored unit; nil once it is too large for 64 bits.
    package internal(set) var sums: [Int64?]
  }

  /// Rows that could be split into fields.
  package internal(set) var rowCount = 0
  /// For each declared column: rows without a value, or with one that could not be read.
  package internal(set) var missing: [Int]
  /// For each declared column: values that are none of its codes.
  package internal(set) var unknownCodes: [Int]
  /// For each declared column: values that are not of its type, or not allowed.
  package internal(set) var faulty: [Int]
  /// By file, in the order of the list; empty where the source adds up nothing.
  package internal(set) var sums: [FileSums] = []

  init(columnCount: Int) {
    missing = Array(repeating: 0, count: columnCount)
    unknownCodes = missing
    faulty = missing
  }

  /// Counts what a block came to once its columns are parsed.
  ///
  /// - Parameters:
  ///   - block: with its values.
  ///   - summed: indices of the declared columns that are added up.
  ///   - file: the file of a row of the block.
  mutating func add(_ block: RowBlock, summed: [Int], file: (_ row: Int) -> Int) {
    rowCount += block.rowCount
    for column in missing.indices { missing[column] += unsafe block.missingCounts[column] }
    guard !summed.isEmpty else { return }
    var row = 0
    while row < block.rowCount {
      let first = row
      let number = file(first)
      while row < block.rowCount, file(row) == number { row += 1 }
      addSums(of: block, rows: first..<row, summed: summed, file: number)
    }
  }

  private mutating func addSums(of block: RowBlock, rows: Range<Int>, summed: [Int], file: Int) {
    if sums.last?.file != file {
      sums.append(FileSums(file: file, sums: Array(repeating: 0, count: summed.count)))
    }
    for (slot, column) in summed.enumerated() {
      let values = unsafe block.values + column * RowBlock.columnStride
      for row in rows {
        let value = unsafe values[row]
        guard value != missingInteger else { continue }
        let last = sums.count - 1
        guard let sum = sums[last].sums[slot] else { break }
        let (total, overflows) = sum.addingReportingOverflow(value)
        sums[last].sums[slot] = overflows ? nil : total
      }
    }
  }
}
