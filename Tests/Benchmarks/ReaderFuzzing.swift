#if FUZZING
  import Glibc
  import Ingest
  import PipelineFile
  import Tabular

  /// Feeds a reader with the bytes that libFuzzer makes up, and traps where its account is wrong.
  ///
  /// Each input is read twice, in pieces of two sizes: both must tell the same. A file that is
  /// refused is a good answer. Compiled only where libFuzzer is linked: see `make fuzz`.
  struct ReaderFuzzing {
    private let source: Source
    private let path: String

    /// What the words of the command ask for: a format, the keys of a source, `--`, and what
    /// libFuzzer is told.
    private static let shared = ReaderFuzzing(CommandLine.arguments.dropFirst(2))

    private init(_ words: ArraySlice<String>) {
      var keys: [String] = []
      var format = ""
      var rest = words
      while let word = rest.popFirst(), word != "--" {
        if word == "--source", let key = rest.popFirst() { keys.append(key) } else { format = word }
      }
      do {
        source = try MeasuredPipeline(format: format, keys: keys).source
      } catch {
        preconditionFailure("\(error.sentences)")
      }
      path = "/dev/shm/koppel-fuzz-\(getpid())"
    }

    /// Runs until libFuzzer ends.
    static func run() -> Int32 {
      let words = CommandLine.arguments.split(separator: "--", maxSplits: 1)
      let told = ["fuzz"] + (words.count > 1 ? Array(words[1]) : [])
      var arguments: [UnsafeMutablePointer<CChar>?] = unsafe told.map { unsafe strdup($0) } + [nil]
      var count = Int32(told.count)
      return unsafe arguments.withUnsafeMutableBufferPointer { buffer in
        guard var start = buffer.baseAddress else { return 1 }
        return unsafe runFuzzer(&count, &start) { bytes, count in
          guard let bytes = unsafe bytes else { return 0 }
          unsafe ReaderFuzzing.shared.look(at: UnsafeRawBufferPointer(start: bytes, count: count))
          return 0
        }
      }
    }

    private func look(at bytes: UnsafeRawBufferPointer) {
      let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      guard file >= 0, unsafe write(file, bytes.baseAddress, bytes.count) == bytes.count else {
        preconditionFailure("the file cannot be written")
      }
      close(file)
      let small = account(chunkSize: 64)
      let large = account(chunkSize: 1 << 20)
      precondition(small == large, "chunks of two sizes tell different things")
    }

    /// What was read, accepted, rejected and skipped; nil for a file that is refused.
    private func account(chunkSize: Int) -> [Int]? {
      var sums = [0, 0, 0, 0]
      do throws(IngestError) {
        let reader = try ExtractReader(
          source: source,
          wanted: source.columns.map(\.name),
          files: [path],
          chunkSize: chunkSize
        )
        let parser = try reader.makeParser()
        while let chunk = try reader.next() {
          let parsed = try parser.parse(chunk)
          // A message that is refused costs the rows that were met before its fault.
          guard parsed.refused.isEmpty else { return nil }
          let skipped = parsed.skipped.values.reduce(0, +)
          precondition(parsed.read == parsed.accepted + parsed.rejected + skipped)
          precondition(parsed.rejected == parsed.rejectedByReason.values.reduce(0, +))
          for (place, count) in [parsed.read, parsed.accepted, parsed.rejected, skipped]
            .enumerated()
          {
            sums[place] += count
          }
        }
        return sums
      } catch {
        return nil
      }
    }
  }

  @_silgen_name("LLVMFuzzerRunDriver")
  private func runFuzzer(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  ) -> Int32
#endif
