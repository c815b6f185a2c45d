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
  private let shards: [Shard]
  private let seen = Mutex(SeenCodes())

  /// Makes an empty index.
  ///
  /// - Parameters:
  ///   - tokenCount: how many token columns there are, which are the first words.
  ///   - keptCount: how many words of kept values follow.
  init(tokenCount: Int, keptCount: Int) {
    let wordCount = max(1, tokenCount + keptCount)
    self.wordCount = wordCount
    isDirect = tokenCount == 1 && keptCount == 0
    shards = (0..<shardCount).map { _ in Shard(wordCount: wordCount) }
  }

  /// Notes which tokens a worker saw, when the identities are the tokens.
  func add(_ codes: SeenCodes) { seen.withLock { $0.formUnion(codes) } }

  /// The tokens that rows had, when the identities are the tokens.
  var seenCodes: [Int32] { seen.withLock { $0.codes } }

  /// Numbers the identities of a chunk.
  ///
  /// - Parameters:
  ///   - keys: `wordCount` words a row.
  ///   - orders: one a row: its place in token order.
  ///   - partition: scratch space of the worker.
  ///   - codes: filled with the code of each row's identity; its count is the row count.
  /// - Throws: `tooManyValues`.
  func lookUp(
    _ keys: [Int64],
    orders: [UInt64],
    partition: inout ShardPartition,
    codes: inout [Int32]
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
      for step in 0..<shardCount {
        let shard = (partition.firstShard + step) % shardCount
        let rows = partition.starts[shard]..<partition.starts[shard + 1]
        guard !rows.isEmpty else { continue }
        try shards[shard].state.withLock { state throws(PseudonymisationError) in
          unsafe partition.lookUp(rows, keys, in: &state.index, &codes)
          guard state.index.count <= shardCapacity else { throw .tooManyValues }
          for position in rows {
            let row = Int(partition.rows[position])
            let number = Int(codes[row])
            // New identities are numbered in the order of their rows.
            if number == state.orders.count { state.orders.append(orders[row]) }
            codes[row] = shardCode(number, in: shard)
          }
        }
      }
    }
  }

  /// Takes all identities out, when the source is complete; the index is empty then.
  ///
  /// - Parameter tokens: of each token column, by shard.
  /// - Returns: equal numbers of codes and orders, and `wordCount` keys for each.
  func takeContents(tokens: [[[Token]]]) -> Contents {
    var contents = Contents()
    if isDirect {
      contents.codes = seen.withLock { $0.codes }
      contents.keys = contents.codes.map { Int64($0) }
      contents.orders = contents.codes.map { code in
        code < 0 ? 0 : tokens[0][Int(code) & (shardCount - 1)][Int(code) >> shardBits].high
      }
      return contents
    }
    let count = shards.reduce(0) { $0 + $1.state.withLock { $0.orders.count } }
    contents.codes.reserveCapacity(count)
    contents.orders.reserveCapacity(count)
    contents.keys.reserveCapacity(count * wordCount)
    for shard in 0..<shardCount {
      shards[shard].state.withLock { state in
        for number in 0..<state.index.count { contents.codes.append(shardCode(number, in: shard)) }
        contents.keys += state.index.keys
        contents.orders += state.orders
        state = State(index: NumberIndex(wordCount: wordCount))
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
