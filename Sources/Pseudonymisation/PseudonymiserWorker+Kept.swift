import PipelineFile
import Tabular

/// What stays of values beside their tokens.
extension PseudonymiserWorker {
  /// The day of a partial date that is kept whole; none when a part of it is unknown.
  private func dayNumber(ofPartial date: Int64) -> Int64 {
    let number = Int(date)
    let day = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    return day.map { Int64($0.dayNumber) } ?? missingInteger
  }

  func keptValues(
    _ batch: borrowing ClearBatch,
    _ column: SourcePlan.KeptColumn,
    _ cache: inout KeptTextCache,
    _ accepted: [Int]?
  ) -> [Int64] {
    let rowCount = accepted?.count ?? batch.rowCount
    var values = [Int64](repeating: 0, count: rowCount)
    let (first, stride) = (1 + column.input, batch.stride)
    if let accepted {
      for row in 0..<rowCount { values[row] = batch.cells[accepted[row] * stride + first] }
    } else {
      var cell = first
      for row in 0..<rowCount {
        values[row] = batch.cells[cell]
        cell += stride
      }
    }
    // Of what arrives pseudonymised the supplier has taken the part.
    switch column.isArrived ? .value : column.keep {
    case .nothing: break
    case .year:
      for row in 0..<rowCount where values[row] != missingInteger {
        if column.type == .partialDate {
          let year = values[row] / 10_000
          values[row] = year == 0 ? missingInteger : year
        } else {
          values[row] = Int64(CivilDate(dayNumber: Int(values[row])).year)
        }
      }
    case .pc4:
      for row in 0..<rowCount where values[row] != missingInteger {
        var digits: Int64 = 0
        for byte in batch.bytes[ClearBatch.textRange(values[row])].prefix(4) {
          digits = digits * 10 + Int64(byte & 0x0F)
        }
        values[row] = digits
      }
    case .value where column.isText:
      unsafe batch.bytes.withUnsafeBufferPointer { bytes in
        for row in 0..<rowCount where values[row] != missingInteger {
          let range = ClearBatch.textRange(values[row])
          let text = unsafe UnsafeBufferPointer(rebasing: bytes[range])
          values[row] = unsafe Int64(cache.code(of: text))
        }
      }
    case .value where column.type == .partialDate && !column.isArrived:
      for row in 0..<rowCount where values[row] != missingInteger {
        values[row] = dayNumber(ofPartial: values[row])
      }
    case .value: break
    }
    return values
  }
}
