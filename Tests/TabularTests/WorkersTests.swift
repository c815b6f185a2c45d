import Synchronization
import Testing

@testable import Tabular

@Suite("Work in chunks")
struct WorkersTests {
  private struct Failure: Error, Equatable { let chunk: Int }

  @Test("results come in chunk order on any number of threads", arguments: [1, 2, 3, 8, 100])
  func ordered(workers: Int) {
    let results = concurrentChunks(57, workers: workers) { $0 * $0 }
    #expect(results == (0..<57).map { $0 * $0 })
    #expect(concurrentChunks(0, workers: workers) { $0 }.isEmpty)
  }

  @Test("of several failures the lowest chunk's is told", arguments: [1, 2, 8])
  func lowestFailure(workers: Int) {
    #expect(throws: Failure(chunk: 11)) {
      try concurrentChunks(40, workers: workers) { chunk in
        if chunk >= 11 { throw Failure(chunk: chunk) }
      }
    }
  }

  @Test("after a failure no further chunk is begun")
  func stops() {
    let begun = Atomic<Int>(0)
    #expect(throws: Failure.self) {
      try concurrentChunks(100_000, workers: 2) { chunk in
        begun.add(1, ordering: .relaxed)
        if chunk == 0 { throw Failure(chunk: chunk) }
      }
    }
    #expect(begun.load(ordering: .relaxed) < 100_000)
  }
}
