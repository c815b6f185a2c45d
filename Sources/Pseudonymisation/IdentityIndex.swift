import Synchronization
import Tabular

/// The distinct identities of one source: combinations of token codes and kept values.
final class IdentityIndex: Sendable {
  /// Tokens and kept values, one word each.
  let wordCount: Int
  private let memos: [ValueMemo]
  private let shards: [Shard]

  /// Makes an empty index.
  ///
  /// - Parameters:
  ///   - memos: of the token columns, which are the first words.
  ///   - keptCount: how many words of kept values follow.
  init(memos: [ValueMemo], keptCount: Int) {
    self.memos = memos
    let wordCount = max(1, memos.count + keptCount)
    self.wordCount = wordCount
    shards = (0..<shardCount).map { _ in Shard(wordCount: wordCount) }
  }

  /// Numbers the identities of a chunk.
  ///
  /// - Parameters:
  ///   - keys: `wordCount` words a row.
  ///   - codes: filled with the code of each row's identity; its count is the row count.
  ///   - orders: filled with each row's place in token order.
  func lookUp(
    _ keys: [Int64],
    partition: inout ShardPartition,
    codes: inout [Int32],
    orders: inout [UInt64]
  ) {
    let rowCount = codes.count
    partition.hashes = Array(repeating: 0, count: rowCount)
    for row in 0..<rowCount { codes[row] = 0 }
    unsafe keys.withUnsafeBufferPointer { keys in
      guard let base = keys.baseAddress else { return }
      for row in 0..<rowCount {
        partition.hashes[row] = unsafe hashWords(base + row * wordCount, wordCount)
      }
      partition.sort(rowsWithKeyIn: codes)
      for shard in 0..<shardCount {
        let rows = partition.starts[shard]..<partition.starts[shard + 1]
        guard !rows.isEmpty else { continue }
        shards[shard].state.withLock { state in
          for position in rows {
            let row = Int(partition.rows[position])
            let number = unsafe state.index.number(
              of: base + row * wordCount,
              hash: partition.hashes[row]
            )
            codes[row] = Int32(truncatingIfNeeded: number)
          }
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

  /// A number that follows from the tokens alone; identities are stored in its order, so that the
  /// order of the extract is lost. With one token it is the order of the tokens.
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

  /// Takes the identities out of one shard.
  ///
  /// - Returns: the words of each identity, and each identity's order.
  func contents(ofShard shard: Int) -> (keys: [Int64], orders: [UInt64]) {
    shards[shard].state.withLock { ($0.index.keys, $0.orders) }
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
