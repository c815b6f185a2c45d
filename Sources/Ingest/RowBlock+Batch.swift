import Tabular

extension RowBlock {
  /// Puts the accepted rows behind those of a batch.
  ///
  /// - Parameters:
  ///   - wanted: the columns that the batch has, in its order.
  ///   - batch: what grows.
  /// - Returns: how many rows there are.
  func appendAcceptedRows(wanted: [Int], to batch: inout ClearBatch) -> Int {
    var count = 0
    var row = 0
    while row < rowCount {
      let first = row
      while row < rowCount, unsafe rowFaults[row] == Fault.none { row &+= 1 }
      if row > first {
        appendRows(first..<row, wanted: wanted, to: &batch)
        count += row - first
      }
      row &+= 1
    }
    batch.rowCount += count
    return count
  }

  /// Puts neighbouring rows behind those of a batch: what stands column by column, then stands row
  /// by row.
  private func appendRows(_ rows: Range<Int>, wanted: [Int], to batch: inout ClearBatch) {
    let stride = wanted.count + 1
    let start = batch.cells.count
    batch.cells.append(contentsOf: repeatElement(missingInteger, count: rows.count * stride))
    unsafe batch.cells.withUnsafeMutableBufferPointer { buffer in
      guard let all = buffer.baseAddress else { return }
      // A few rows at a time, so that the cells of all columns stay near.
      var first = rows.lowerBound
      var cells = unsafe all + start
      while first < rows.upperBound {
        let count = min(16, rows.upperBound - first)
        unsafe scatter(lines + first, count, to: cells, stride)
        for slot in wanted.indices {
          let values = unsafe values + wanted[slot] * Self.columnStride
          unsafe scatter(values + first, count, to: cells + slot + 1, stride)
        }
        first += count
        unsafe cells += count * stride
      }
    }
  }
}

/// Writes numbers that stand together so far apart.
@inline(__always)
private func scatter(
  _ values: UnsafePointer<Int64>,
  _ count: Int,
  to cells: UnsafeMutablePointer<Int64>,
  _ stride: Int
) {
  for number in 0..<count { unsafe cells[number &* stride] = values[number] }
}
