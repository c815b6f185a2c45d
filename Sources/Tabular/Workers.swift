import Dispatch
import Synchronization

/// Runs `work` for every chunk on a fixed number of threads and returns the results in chunk order.
///
/// Chunks are handed out in order. After a failure no further chunk is started; those already taken
/// are finished, and the error of the lowest chunk is thrown: the same message each time.
///
/// - Parameters:
///   - chunkCount: how many chunks; must follow from the input, never from `workers`.
///   - workers: how many threads, at least 1.
///   - work: called with the chunk number; once a chunk.
/// - Returns: one result a chunk.
/// - Throws: the error of the lowest chunk that failed.
package func concurrentChunks<Result: Sendable, Failure: Error>(
  _ chunkCount: Int,
  workers: Int,
  _ work: @escaping @Sendable (_ chunk: Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
  let next = Atomic<Int>(0)
  let state = Mutex(ChunkResults<Result, Failure>(count: chunkCount))
  DispatchQueue.concurrentPerform(iterations: max(1, min(workers, chunkCount))) { _ in
    while case let chunk = next.add(1, ordering: .relaxed).oldValue, chunk < chunkCount {
      do throws(Failure) {
        let result = try work(chunk)
        state.withLock { $0.results[chunk] = result }
      } catch {
        next.store(chunkCount, ordering: .relaxed)
        state.withLock {
          if chunk < $0.failure?.chunk ?? .max { $0.failure = (chunk, error) }
        }
      }
    }
  }
  let ended = state.withLock { $0 }
  if let failure = ended.failure { throw failure.error }
  return ended.results.compactMap { $0 }
}

private struct ChunkResults<Result: Sendable, Failure: Error>: Sendable {
  var results: [Result?]
  var failure: (chunk: Int, error: Failure)?

  init(count: Int) { results = Array(repeating: nil, count: count) }
}
