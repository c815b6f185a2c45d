import Cryptography
import Tabular

extension PseudonymiserWorker {
  /// What the rows that are left do to others; their clear texts stay behind.
  func keyedCorrections(
    _ batch: borrowing ClearBatch,
    _ accepted: [Int]?
  ) throws(PseudonymisationError) -> [KeyedCorrection] {
    guard let correctionKeys, !batch.corrections.isEmpty else { return [] }
    // Where each row of the batch went; -1 for nowhere.
    var places = Array(repeating: -1, count: batch.rowCount)
    if let accepted {
      for (place, row) in accepted.enumerated() { places[row] = place }
    } else {
      for row in places.indices { places[row] = row }
    }
    var keyed: [KeyedCorrection] = []
    keyed.reserveCapacity(batch.corrections.count)
    for correction in batch.corrections where places[correction.row] >= 0 {
      let key: Token
      do {
        key = try correctionKeys.maker.key(of: batch.bytes[ClearBatch.textRange(correction.key)])
      } catch {
        throw .cryptography(step: "correction")
      }
      let order = unsafe batch.bytes.withUnsafeBufferPointer { bytes in
        let range = ClearBatch.textRange(correction.order)
        return unsafe orderCache.code(of: UnsafeBufferPointer(rebasing: bytes[range]))
      }
      keyed.append(
        KeyedCorrection(
          key: key,
          content: content(of: correction.row, batch),
          order: order,
          row: Int32(truncatingIfNeeded: places[correction.row]),
          action: correction.action
        )
      )
    }
    return keyed
  }

  /// Mixes all values of a row; equal values give equal bits in any chunk.
  private func content(of row: Int, _ batch: borrowing ClearBatch) -> UInt64 {
    var words: [Int64] = []
    unsafe batch.bytes.withUnsafeBufferPointer { bytes in
      for column in 0..<batch.columnCount {
        let cell = batch.cells[row * batch.stride + 1 + column]
        guard shared.plan.wantedTexts[column], cell != missingInteger else {
          words.append(cell)
          continue
        }
        let text = unsafe UnsafeBufferPointer(rebasing: bytes[ClearBatch.textRange(cell)])
        unsafe words.append(Int64(bitPattern: hashBytes(text)))
      }
    }
    return unsafe words.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return 0 }
      return unsafe hashWords(base, words.count)
    }
  }
}

/// Holds the maker of correction keys, which cannot be copied.
final class CorrectionKeyBox {
  var maker: CorrectionKeyMaker

  init(_ maker: consuming CorrectionKeyMaker) { self.maker = maker }
}
