import Files
import Glibc

/// Measures parts of a night by themselves, in a release build.
///
/// `benchmarks ingest FORMAT FILE...` reads extracts as a night does, and throws the rows away.
/// `benchmarks pseudonymise` makes pseudonyms of made-up persons, `benchmarks hmac` bare keyed hashes.
/// `benchmarks suppress [NAME...]` protects tables of made-up persons.
/// `benchmarks dice` compares Bloom filters.
/// `benchmarks log DIR LINES LINES-A-NIGHT` makes a work folder with a privacy log to verify.
@main
enum Benchmarks {
  static func main() {
    keepFreedMemory()
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      switch words.first {
      case "ingest": try IngestBenchmark(Array(words.dropFirst())).run()
      case "pseudonymise": try PseudonymiseBenchmark(Array(words.dropFirst())).run()
      case "hmac": try HmacBenchmark().run()
      case "suppress": try SuppressionBenchmark(Array(words.dropFirst())).run()
      case "dice": DiceBenchmark().run()
      case "log": try LogBenchmark(Array(words.dropFirst())).run()
      #if FUZZING
        case "fuzz": exit(ReaderFuzzing.run())
      #endif
      default: throw BenchmarkFault(sentences: [usage])
      }
    } catch let fault as BenchmarkFault {
      for sentence in fault.sentences { tell(sentence) }
      exit(64)
    } catch {
      tell("the measurement failed")
      exit(70)
    }
  }

  private static let usage = """
    usage: benchmarks ingest FORMAT FILE... [--workers N] [--chunk BYTES] [--source 'KEY: VALUE']...
      FORMAT is a word of 'read:'; each --source adds a key of the source, as
      --source 'dialect: {delimiter: ","}' --source 'columns: {bsn: {type: bsn}}'
    usage: benchmarks pseudonymise [--persons N] [--workers N]
    usage: benchmarks hmac
    usage: benchmarks dice
    usage: benchmarks suppress [dense] [sparse] [large]
    usage: benchmarks log DIR LINES LINES-A-NIGHT
    """

  private static func tell(_ sentence: String) {
    let line = Array((sentence + "\n").utf8)
    unsafe _ = line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
  }
}

/// Why nothing was measured.
struct BenchmarkFault: Error {
  let sentences: [String]
}
