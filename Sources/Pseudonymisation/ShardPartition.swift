/// How many shards an index has, as a power of two: enough that workers seldom wait.
let shardBits = 6
let shardCount = 1 << shardBits

/// How many values a shard can number: codes are positive and have 32 bits.
let shardCapacity = 1 << (31 - shardBits)

/// The shard and the number within it, as one code.
///
/// - Precondition: the number is below `shardCapacity`.
func shardCode(_ number: Int, in shard: Int) -> Int32 {
  Int32(truncatingIfNeeded: number << shardBits | shard)
}

/// The rows of a chunk, sorted by the shard of their key.
///
/// A worker then locks each shard once a chunk, and the part of the index that it searches stays in
/// cache.
struct ShardPartition {
  /// One a row; filled by the caller.
  var hashes: [UInt64] = []
  /// Rows that have a key, by shard.
  private(set) var rows: [Int32] = []
  private(set) var starts: [Int] = []
  /// Where this worker begins, so that workers do not follow each other from lock to lock.
  let firstShard: Int
  /// Takes what reading ahead gave, so that the compiler leaves the reading in.
  var touched: UInt64 = 0

  /// Prepares the scratch space of a worker.
  init(worker: Int) {
    // An odd factor spreads any number of workers over all shards.
    firstShard = worker * 27 % shardCount
  }

  /// Looks up the keys of rows of one shard.
  ///
  /// - Parameters:
  ///   - range: of `rows`.
  ///   - keys: as many words a row as the index has.
  ///   - index: of that shard.
  ///   - codes: the numbers are written here, by row.
  mutating func lookUp(
    _ range: Range<Int>,
    _ keys: UnsafeBufferPointer<Int64>,
    in index: inout NumberIndex,
    _ codes: inout [Int32]
  ) {
    guard let keys = keys.baseAddress else { return }
    let touched = unsafe rows.withUnsafeBufferPointer { rows in
      unsafe hashes.withUnsafeBufferPointer { hashes in
        unsafe codes.withUnsafeMutableBufferPointer { codes -> UInt64 in
          guard let hashes = hashes.baseAddress, let codes = codes.baseAddress else { return 0 }
          return unsafe index.numbers(
            ofRows: UnsafeBufferPointer(rebasing: rows[range]),
            keys: keys,
            hashes: hashes,
            codes: codes
          )
        }
      }
    }
    self.touched ^= touched
  }

  /// Sorts the rows for which `codes` is not negative.
  mutating func sort(rowsWithKeyIn codes: [Int32]) {
    starts = Array(repeating: 0, count: shardCount + 1)
    for row in codes.indices where codes[row] >= 0 {
      starts[Int(hashes[row] >> UInt64(64 - shardBits)) + 1] += 1
    }
    for shard in 0..<shardCount { starts[shard + 1] += starts[shard] }
    var next = starts
    let total = starts[shardCount]
    if rows.count < total { rows = Array(repeating: 0, count: max(total, codes.count)) }
    for row in codes.indices where codes[row] >= 0 {
      let shard = Int(hashes[row] >> UInt64(64 - shardBits))
      rows[next[shard]] = Int32(row)
      next[shard] += 1
    }
  }
}
