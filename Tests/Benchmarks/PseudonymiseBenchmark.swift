import Cryptography
import Dispatch
import Glibc
import Pseudonymisation
import Synchronization
import Tabular

/// Makes pseudonyms of two levels of made-up persons, each with a BSN and a birth date, as the workers
/// of a night do, and throws the rows away.
struct PseudonymiseBenchmark {
  /// Eight-digit beginnings of numbers in a chunk; ten of eleven have a last digit.
  private static let beginningsInChunk = 55_000
  private static let firstBeginning = 10_000_000

  private let personCount: Int
  private let workers: Int

  init(_ words: [String]) throws(BenchmarkFault) {
    var personCount = 1_000_000
    var workers = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var rest = words[...]
    while let word = rest.popFirst() {
      guard let number = rest.popFirst().flatMap({ Int($0) }), 1...80_000_000 ~= number else {
        throw BenchmarkFault(sentences: ["expected a number behind \(word)"])
      }
      switch word {
      case "--persons": personCount = number
      case "--workers": workers = number
      default: throw BenchmarkFault(sentences: ["expected --persons N or --workers N"])
      }
    }
    self.personCount = personCount
    self.workers = workers
  }

  func run() throws {
    let pseudonymiser = try Self.pseudonymiser()
    let chunkCount = (personCount * 11 / 10 + Self.beginningsInChunk) / Self.beginningsInChunk
    let next = Atomic<Int>(0)
    let rowCount = Atomic<Int>(0)
    let clock = ContinuousClock()
    let start = clock.now
    let failed = Atomic<Bool>(false)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      do {
        let worker = try pseudonymiser.worker()
        while case let chunk = next.add(1, ordering: .relaxed).oldValue, chunk < chunkCount {
          let made = try worker.pseudonymise(Self.batch(chunk), file: 0)
          rowCount.add(made.rows.table.rowCount, ordering: .relaxed)
        }
        worker.finish()
      } catch {
        failed.store(true, ordering: .relaxed)
      }
    }
    let seconds = (clock.now - start) / .seconds(1)
    guard !failed.load(ordering: .relaxed) else {
      throw BenchmarkFault(sentences: ["a chunk could not be pseudonymised"])
    }
    var usage = rusage()
    unsafe _ = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let persons = rowCount.load(ordering: .relaxed)
    print(
      "persons \(persons) seconds \((seconds * 100).rounded() / 100) "
        + "million-persons-a-second \((Double(persons) / 1e4 / seconds).rounded() / 100) "
        + "peak-MiB \(usage.ru_maxrss / 1024) workers \(workers)"
    )
  }

  /// The persons of a chunk; no two chunks have one in common.
  private static func batch(_ chunk: Int) -> ClearBatch {
    var batch = ClearBatch(columnCount: 2)
    batch.cells.reserveCapacity(beginningsInChunk * 3)
    let first = firstBeginning + chunk * beginningsInChunk
    for beginning in first..<first + beginningsInChunk {
      var (rest, sum) = (beginning, 0)
      for weight in 2...9 {
        sum += rest % 10 * weight
        rest /= 10
      }
      guard sum % 11 < 10 else { continue }
      batch.rowCount += 1
      batch.cells.append(Int64(batch.rowCount))
      batch.cells.append(Int64(beginning * 10 + sum % 11))
      // Some 40,000 days, as people have.
      batch.cells.append(Int64(beginning &* 2_654_435_761 >> 7 & 0x7FFF_FFFF) % 40_000 - 21_000)
    }
    return batch
  }

  private static func pseudonymiser() throws -> Pseudonymiser {
    let measured = try MeasuredPipeline(
      format: "csv",
      keys: ["columns: {bsn: {type: bsn}, birth_date: {type: date}}"]
    )
    let standardisation = try Standardisation()
    let plan = SourcePlan(source: measured.source, in: measured.pipeline)
    let memos = TokenMemos(
      plans: [plan],
      scope: TokenScope(
        root: try RootKey(halves: [SecretBytes.random(count: 32)]),
        sourceRoot: try RootKey(halves: [SecretBytes.random(count: 32)]),
        sourceRelease: "measured",
        release: "measured/1",
        standardisation: standardisation.identifier
      ),
      standardisation: standardisation
    )
    return Pseudonymiser(plan: plan, memos: memos, bucketCount: 64)
  }
}
