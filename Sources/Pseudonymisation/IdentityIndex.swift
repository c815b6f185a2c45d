import Synchronization
import Tabular

/// The distinct identities of one source: combinations of token codes and kept values.
///
/// Where one token is all there is, the code of the token is the identity.
final class IdentityIndex: Sendable {
  /// What the identities of a complete source are.
  struct Contents {
    /// The code that rows bear, ascending within a shard.
    var codes: [Int32] = []
    var orders: [UInt64] = []
    /// `wordCount` words each.
    var keys: [Int64] = []
  }

  /// Tokens and kept values, one word each.
  let wordCount: Int
  /// The identities are the tokens of the only column.
  let isDirect: Bool
  private let memos: [ValueMemo]
  private let shards: [Shard]
  private let seen = Mutex(SeenCodes())

  /// Makes an empty index.
  ///
  /// - Parameters:
  ///   - memos: of the token columns, which are the first words.
  ///   - keptCount: how many words of kept values follow.
  init(memos: [ValueMemo], keptCount: Int) {
    self.memos = memos
    let wordCount = max(1, memos.count + keptCount)
    self.wordCount = wordCount
    isDirect = memos.count == 1 && keptCount == 0
    shards = (0..<shardCount).map { _ in Shard(wordCount: wordCount) }
  }

  /// Notes which tokens a worker saw, when the identities are the tokens.
  func add(_ codes: SeenCodes) { seen.withLock { $0.formUnion(codes) } }

  /// Numbers the identities of a chunk.
  ///
  /// - Parameters:
  ///   - keys: `wordCount` words a row.
  ///   - partition: scratch space of the worker.
  ///   - codes: filled with the code of each row's identity; its count is the row count.
  ///   - orders: filled with each row's place in token order.
  /// - Throws: `tooManyValues`.
  func lookUp(
    _ keys: [Int64],
    partition: inout ShardPartition,
    codes: inout [Int32],
    orders: inout [UInt64]
  ) throws(PseudonymisationError) {
    let rowCount = codes.count
    partition.hashes = Array(repeating: 0, count: rowCount)
    for row in 0..<rowCount { codes[row] = 0 }
    try unsafe keys.withUnsafeBufferPointer { (keys) throws(PseudonymisationError) in
      guard let base = keys.baseAddress else { return }
      for row in 0..<rowCount {
        partition.hashes[row] = unsafe hashWords(base + row * wordCount, wordCount)
      }
      partition.sort(rowsWithKeyIn: codes)
      for shard in 0..<shardCount {
        let rows = partition.starts[shard]..<partition.starts[shard + 1]
        guard !rows.isEmpty else { continue }
        try shards[shard].state.withLock { state throws(PseudonymisationError) in
          for position in rows {
            partition.touched ^= state.index.touch(
              hash: partition.hashes[Int(partition.rows[position])]
            )
          }
          for position in rows {
            let row = Int(partition.rows[position])
            let number = unsafe state.index.number(
              of: base + row * wordCount,
              hash: partition.hashes[row]
            )
            codes[row] = Int32(truncatingIfNeeded: number)
          }
          guard state.index.count <= shardCapacity else { throw .tooManyValues }
          for number in state.orders.count..<state.index.count {
            state.orders.append(order(of: state.index.keys, at: number * wordCount))
          }
          for position in rows {
            let row = Int(partition.rows[position])
            let number = Int(codes[row])
            orders[row] = state.orders[number]
            codes[row] = shardCode(number, in: shard)
          }
        }
      }
    }
  }

  /// A number that follows from the tokens alone.
  ///
  /// Identities are stored in its order, so that the order of the extract is lost. With one token it
  /// is the order of the tokens.
  private func order(of keys: [Int64], at start: Int) -> UInt64 {
    var order: UInt64 = 0
    for (word, memo) in memos.enumerated() {
      let code = Int32(truncatingIfNeeded: keys[start + word])
      let high = code < 0 ? 0 : memo.token(code).high
      let turn = UInt64(word * 8 % 64)
      order ^= turn == 0 ? high : (high << turn | high >> (64 - turn))
    }
    return order
  }

  /// All identities, when the source is complete.
  func contents() -> Contents {
    var contents = Contents()
    if isDirect {
      for code in seen.withLock({ $0.codes }) {
        contents.codes.append(code)
        contents.keys.append(Int64(code))
        contents.orders.append(code < 0 ? 0 : memos[0].token(code).high)
      }
      return contents
    }
    for shard in 0..<shardCount {
      shards[shard].state.withLock { state in
        for number in 0..<state.index.count { contents.codes.append(shardCode(number, in: shard)) }
        contents.keys += state.index.keys
        contents.orders += state.orders
      }
    }
    return contents
  }
}

extension IdentityIndex {
  private final class Shard: Sendable {
    let state: Mutex<State>

    init(wordCount: Int) { state = Mutex(State(index: NumberIndex(wordCount: wordCount))) }
  }

  private struct State {
    var index: NumberIndex
    var orders: [UInt64] = []
  }
}
