import Synchronization
import Tabular

/// What the rows of one source do to earlier rows, until all are read; 40 bytes a row.
///
/// Which rows stand follows from keys, orders and values alone: the order of files and rows, the
/// chunks and the workers have no say. Keys are forgotten then: a change in any file of the source
/// has all of them read again, so that no staged row is ever asked for its key.
final class CorrectedRows: Sendable {
  /// A row that does not stand.
  struct Drop: Sendable, Comparable {
    let chunk: Int32
    let row: Int32
    /// A later row takes it back, or it takes one back itself; else a later one replaces it.
    let isRemoved: Bool

    static func < (left: Drop, right: Drop) -> Bool {
      (left.chunk, left.row) < (right.chunk, right.row)
    }
  }

  /// What became of the rows.
  struct Outcome: Sendable {
    /// By chunk and row.
    var drops: [Drop] = []
    /// Rows that take back what nobody sent.
    var removalsWithoutTarget = 0
  }

  private struct Entry {
    let key: Token
    let content: UInt64
    let order: Int32
    let chunk: Int32
    let row: Int32
    let action: RowCorrection.Action
  }

  /// When rows hold: texts that the entries name by their code.
  let orders = KeptTexts()
  /// By the first bits of the key, so that several threads can sort.
  private let shards = Mutex<[[Entry]]>(Array(repeating: [], count: shardCount))

  deinit { orders.cleanse() }

  func add(_ corrections: [KeyedCorrection], chunk: Int) {
    shards.withLock { shards in
      for correction in corrections {
        shards[Int(correction.key.high >> UInt64(64 - shardBits))].append(
          Entry(
            key: correction.key,
            content: correction.content,
            order: correction.order,
            chunk: Int32(truncatingIfNeeded: chunk),
            row: correction.row,
            action: correction.action
          )
        )
      }
    }
  }

  /// Finds the rows that do not stand, once all rows are in; forgets what the others do.
  ///
  /// - Throws: what threads may throw; sorting, which is all they do here, never does.
  func resolve(workers: Int) throws -> Outcome {
    let shards = self.shards.withLock { shards in
      defer { shards = [] }
      return shards
    }
    let places = orders.places()
    let outcomes = concurrentChunks(shards.count, workers: workers) { shard in
      Self.resolve(shards[shard], places)
    }
    var outcome = Outcome()
    for part in outcomes {
      outcome.drops += part.drops
      outcome.removalsWithoutTarget += part.removalsWithoutTarget
    }
    outcome.drops.sort()
    return outcome
  }

  private static func resolve(_ unsorted: [Entry], _ places: [Int32]) -> Outcome {
    let entries = unsorted.sorted { left, right in
      if left.key != right.key { return left.key < right.key }
      if left.order != right.order { return places[Int(left.order)] < places[Int(right.order)] }
      // What holds at the same moment: first what goes, then what comes.
      if left.action != right.action { return left.action.rawValue > right.action.rawValue }
      // Rows alike in all values may change places: nobody can tell.
      return left.content < right.content
    }
    var outcome = Outcome()
    var standing: [Int] = []
    for (number, entry) in entries.enumerated() {
      if number > 0 && entries[number - 1].key != entry.key { standing = [] }
      switch entry.action {
      case .add: standing.append(number)
      case .replace:
        outcome.drops += standing.map { drop(entries[$0], isRemoved: false) }
        standing = [number]
      case .remove:
        if standing.isEmpty { outcome.removalsWithoutTarget += 1 }
        outcome.drops += standing.map { drop(entries[$0], isRemoved: true) }
        outcome.drops.append(drop(entry, isRemoved: true))
        standing = []
      }
    }
    return outcome
  }

  private static func drop(_ entry: Entry, isRemoved: Bool) -> Drop {
    Drop(chunk: entry.chunk, row: entry.row, isRemoved: isRemoved)
  }
}
