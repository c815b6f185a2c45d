import Diagnostics
import Dispatch
import Glibc
import Ingest
import PipelineFile
import Synchronization
import Tabular

/// Reads extracts with all types and rejects, on several workers, and counts.
struct IngestBenchmark {
  private let source: Source
  private let files: [String]
  private let workers: Int
  private let chunkSize: Int

  init(_ words: [String]) throws(BenchmarkFault) {
    var files: [String] = []
    var keys: [String] = []
    var workers = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var chunkSize = 1 << 20
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--workers": workers = try Self.number(after: word, &rest)
      case "--chunk": chunkSize = try Self.number(after: word, &rest)
      case "--source":
        guard let key = rest.popFirst() else {
          throw BenchmarkFault(sentences: ["nothing stands behind --source"])
        }
        keys.append(key)
      default: files.append(word)
      }
    }
    guard files.count > 1 else {
      throw BenchmarkFault(sentences: ["expected a format and at least one file"])
    }
    source = try MeasuredPipeline(format: files.removeFirst(), keys: keys).source
    self.files = files
    self.workers = workers
    self.chunkSize = chunkSize
  }

  private static func number(
    after word: String,
    _ rest: inout ArraySlice<String>
  ) throws(BenchmarkFault) -> Int {
    guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else {
      throw BenchmarkFault(sentences: ["expected a number behind \(word)"])
    }
    return number
  }

  func run() throws(BenchmarkFault) {
    let clock = ContinuousClock()
    let start = clock.now
    let counts = Mutex(Counts())
    let failure = Mutex<IngestError?>(nil)
    do throws(IngestError) {
      let reader = try ExtractReader(
        source: source,
        wanted: source.columns.map(\.name),
        files: files,
        chunkSize: chunkSize
      )
      DispatchQueue.concurrentPerform(iterations: workers) { _ in
        do throws(IngestError) {
          let parser = try reader.makeParser()
          while let chunk = try reader.next() {
            let parsed = try parser.parse(chunk)
            counts.withLock { $0.add(parsed) }
          }
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
      if let error = failure.withLock({ $0 }) { throw error }
    } catch {
      throw BenchmarkFault(
        sentences: error.diagnostics.map { "\($0.place?.description ?? ""): \($0.sentence)" }
      )
    }
    tell(counts.withLock { $0 }, seconds: (clock.now - start) / .seconds(1))
  }

  private func tell(_ counts: Counts, seconds: Double) {
    var bytes = 0
    for file in files {
      var status = stat()
      if unsafe stat(file, &status) == 0 { bytes += Int(status.st_size) }
    }
    var usage = rusage()
    unsafe _ = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let cpu =
      Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    print(
      "rows \(counts.read) accepted \(counts.accepted) rejected \(counts.rejected) "
        + "skipped \(counts.skipped) refused-files \(counts.refusedFiles)"
    )
    print(
      "bytes \(bytes) seconds \(rounded(seconds)) cpu \(rounded(cpu)) "
        + "MB/s \(rounded(Double(bytes) / 1e6 / seconds)) "
        + "MB/s-a-cpu \(rounded(Double(bytes) / 1e6 / cpu)) "
        + "peak-MiB \(usage.ru_maxrss / 1024) workers \(workers)"
    )
    for reason in counts.reasons.keys.sorted() {
      print("  \(reason) \(counts.reasons[reason] ?? 0)")
    }
  }

  private func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }

  private struct Counts {
    var read = 0
    var accepted = 0
    var rejected = 0
    var skipped = 0
    var refusedFiles = 0
    var reasons: [String: Int] = [:]

    mutating func add(_ parsed: ParsedChunk) {
      read += parsed.read
      accepted += parsed.accepted
      rejected += parsed.rejected
      refusedFiles += parsed.refused.count
      for (reason, count) in parsed.skipped {
        skipped += count
        reasons["skipped \(reason.rawValue)", default: 0] += count
      }
      for (reason, count) in parsed.rejectedByReason {
        reasons["rejected \(reason.rawValue)", default: 0] += count
      }
    }
  }
}
