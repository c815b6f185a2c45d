import Synchronization
package import Tabular

/// Rows put aside by bucket while a source is read, and taken back one bucket at a time.
///
/// They lie in a file without a name, so that a killed run leaves nothing behind. Memory holds the
/// index alone: a few numbers for each chunk and bucket.
package final class StagedSpill: Sendable {
  private struct Section: Sendable {
    let byteOffset: Int
    let packings: [StagedPacking]
    /// Where each bucket's rows begin, in rows of the chunk; one more than there are buckets.
    let starts: [Int32]
  }

  private struct State {
    var sections: [(chunk: Int, section: Section)] = []
    var isSorted = true
    var byteCount = 0
  }

  private let file: OpenFile
  private let bucketCount: Int
  private let state = Mutex(State())

  /// Makes an empty spill in `folder`.
  package init(in folder: String, bucketCount: Int) throws(FilesError) {
    file = try makeScratchFile(in: folder)
    self.bucketCount = bucketCount
  }

  /// Puts the rows of one chunk aside; chunks may come in any order, from any thread.
  ///
  /// - Parameters:
  ///   - rows: integer columns only.
  ///   - buckets: one a row, below the bucket count.
  ///   - chunk: its place in the source.
  /// - Throws: `system`.
  package func append(
    _ rows: PseudonymisedTable,
    buckets: [UInt16],
    chunk: Int
  ) throws(FilesError) {
    var starts = [Int32](repeating: 0, count: bucketCount + 1)
    for bucket in buckets { starts[Int(bucket) + 1] += 1 }
    for bucket in 0..<bucketCount { starts[bucket + 1] += starts[bucket] }
    var next = starts
    var targets = [Int32](repeating: 0, count: buckets.count)
    for (row, bucket) in buckets.enumerated() {
      targets[row] = next[Int(bucket)]
      next[Int(bucket)] += 1
    }
    var packings: [StagedPacking] = []
    var columns: [[Int64]] = []
    for column in rows.table.columns {
      guard case .integers(let values, _) = column else { continue }
      var sorted = [Int64](repeating: 0, count: values.count)
      for row in values.indices { sorted[Int(targets[row])] = values[row] }
      packings.append(StagedPacking(sorted))
      columns.append(sorted)
    }
    // Bucket by bucket, so that a bucket of a chunk is read at once.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(buckets.count * packings.reduce(0) { $0 + $1.byteWidth })
    for bucket in 0..<bucketCount where starts[bucket] < starts[bucket + 1] {
      let range = Int(starts[bucket])..<Int(starts[bucket + 1])
      for (number, column) in columns.enumerated() {
        packings[number].append(column[range], to: &bytes)
      }
    }
    let byteCount = bytes.count
    let byteOffset = state.withLock { state in
      let section = Section(byteOffset: state.byteCount, packings: packings, starts: starts)
      state.sections.append((chunk, section))
      state.isSorted = false
      defer { state.byteCount += byteCount }
      return state.byteCount
    }
    try file.write(bytes, at: byteOffset)
  }

  /// The rows of one bucket, in the order of the chunks.
  ///
  /// - Returns: one array a column.
  package func columns(ofBucket bucket: Int, columnCount: Int) throws(FilesError) -> [[Int64]] {
    let sections = sortedSections()
    var columns = [[Int64]](repeating: [], count: columnCount)
    let total = sections.reduce(0) { sum, next in
      sum + Int(next.section.starts[bucket + 1] - next.section.starts[bucket])
    }
    for column in columns.indices { columns[column].reserveCapacity(total) }
    for (_, section) in sections { try read(section, bucket, into: &columns) }
    return columns
  }

  /// How many chunks were put aside.
  package var chunkCount: Int { state.withLock { $0.sections.count } }

  /// The rows of one chunk, bucket by bucket; with one bucket as they were put aside.
  ///
  /// - Parameters:
  ///   - position: from 0, in the order of the chunks.
  ///   - columnCount: how many columns a row has.
  /// - Returns: the chunk's place in the source, and one array a column.
  /// - Throws: `system`.
  package func chunk(
    at position: Int,
    columnCount: Int
  ) throws(FilesError) -> (chunk: Int, columns: [[Int64]]) {
    let (chunk, section) = sortedSections()[position]
    var columns = [[Int64]](repeating: [], count: columnCount)
    for bucket in 0..<bucketCount { try read(section, bucket, into: &columns) }
    return (chunk, columns)
  }

  private func sortedSections() -> [(chunk: Int, section: Section)] {
    state.withLock { state in
      if !state.isSorted { state.sections.sort { $0.chunk < $1.chunk } }
      state.isSorted = true
      return state.sections
    }
  }

  /// Appends the rows of one bucket of a chunk.
  private func read(
    _ section: Section,
    _ bucket: Int,
    into columns: inout [[Int64]]
  ) throws(FilesError) {
    let first = Int(section.starts[bucket])
    let rowCount = Int(section.starts[bucket + 1]) - first
    guard rowCount > 0 else { return }
    let rowWidth = section.packings.reduce(0) { $0 + $1.byteWidth }
    let bytes = try file.bytes(
      at: section.byteOffset + first * rowWidth,
      count: rowCount * rowWidth
    )
    var offset = 0
    for (number, packing) in section.packings.enumerated() {
      _ = packing.unpack(bytes, at: offset, count: rowCount, to: &columns[number])
      offset += rowCount * packing.byteWidth
    }
  }
}
