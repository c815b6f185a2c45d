import Files
import Ingest
import PipelineFile
import Tabular

/// Where the files of one source are looked for: those of the period, then those that may stand in
/// for them.
struct Inbox: Sendable {
  /// Why there are no files of a period.
  enum Absence: Sendable, Equatable {
    /// None lies there; so many are still being written.
    case nothing(unfinished: Int)
    /// All that lies there was received for that period.
    case ofPeriod(String, run: String)
    /// All that lies there was taken out by what came for that period.
    case correctedIn(String)
    /// A file is still being written.
    case growing(path: String)
    /// An earlier run refused them.
    case refused
  }

  let source: Source
  /// The label of the period of the run; empty for none.
  let period: String
  let ledger: KnownFiles
  let names: KeptNames
  let workers: Int

  /// The files of the period, or of the latest one before it that may stand in.
  ///
  /// - Parameter periodsBack: where to begin.
  /// - Returns: nil when there are none, and why the files of the first period were passed over.
  /// - Throws: `FilesError`.
  func receive(from periodsBack: Int = 0) throws -> (received: ReceivedSource?, why: Absence?) {
    var why: Absence?
    let patterns =
      [(period: period, files: source.files)]
      + source.earlierFiles.map { (period: $0.period, files: $0.files) }
    for back in patterns.indices.dropFirst(periodsBack) {
      let (paths, unfinished) = try InboxFile.matching(patterns[back].files)
      guard !paths.isEmpty else {
        why = why ?? .nothing(unfinished: unfinished)
        continue
      }
      var received = ReceivedSource(
        try known(
          paths.map { path in
            InboxFile(path: path, name: try names.name(of: path, pattern: patterns[back].files))
          },
          period: patterns[back].period
        ),
        of: source,
        period: patterns[back].period,
        periodsBack: back,
        ledger: ledger
      )
      if let absence = Self.absence(of: received, ledger) {
        why = why ?? absence
        continue
      }
      received.absence = why
      return (received, why)
    }
    return (nil, why)
  }

  /// Why files that lie there do not make a delivery; nil when they do.
  static func absence(of received: ReceivedSource, _ ledger: KnownFiles) -> Absence? {
    if received.selection.isAllOfOtherPeriods {
      for case .duplicate(.ofPeriod(let period, let run)) in received.selection.fates {
        return .ofPeriod(period, run: run)
      }
      for case .replaced(.ofPeriod(let period, _)) in received.selection.fates {
        return .correctedIn(period)
      }
    }
    guard received.isStale else { return nil }
    let isRefused = received.files.contains { file in
      ledger.entries(period: received.period, name: file.name).contains {
        $0.file.state == .refused
      }
    }
    return isRefused ? .refused : nil
  }

  /// Digests the files that may have been received before: those as long as another.
  ///
  /// Not the files that tell who they are: there are many of them, and most are new.
  private func known(_ files: [InboxFile], period: String) throws -> [InboxFile] {
    guard !source.format.bearsIdentifiers else { return files }
    var sizes: [Int: Int] = [:]
    var names: [String: Int] = [:]
    for file in files {
      sizes[file.stamp?.byteCount ?? -1, default: 0] += 1
      names[file.bareName, default: 0] += 1
    }
    let earlier = source.isByPeriod ? ledger.sizes(ofPeriodsOtherThan: period) : []
    let doubtful = files.indices.filter { number in
      let size = files[number].stamp?.byteCount ?? -1
      return sizes[size, default: 0] > 1 || names[files[number].bareName, default: 0] > 1
        || earlier.contains(size)
    }
    let digests = try concurrentChunks(doubtful.count, workers: workers) { number in
      try fileDigest(files[doubtful[number]].path)
    }
    var known = files
    for (number, digest) in zip(doubtful, digests) { known[number].sha256 = digest }
    return try withContents(known, earlier, names)
  }

  /// Digests what files hold that may be the same extract, once packed and once not.
  private func withContents(
    _ files: [InboxFile],
    _ earlier: Set<Int>,
    _ names: [String: Int]
  ) throws -> [InboxFile] {
    guard files.contains(where: \.isPacked) else { return files }
    let sizes = try files.map { try contentSize($0.path) }
    let packed = Set(files.indices.filter { files[$0].isPacked }.map { sizes[$0] })
    var counts: [UInt32: Int] = [:]
    for size in sizes { counts[size, default: 0] += 1 }
    let received = Set(earlier.map { UInt32(truncatingIfNeeded: $0) })
    let doubtful = files.indices.filter { number in
      files[number].isPacked && names[files[number].bareName, default: 0] > 1
        || packed.contains(sizes[number])
          && (counts[sizes[number], default: 0] > 1
            || files[number].isPacked && received.contains(sizes[number]))
    }
    let limits = InflationLimits(source.limits)
    let found = concurrentChunks(doubtful.count, workers: workers) { number in
      var file = files[doubtful[number]]
      // What is not whole is told, with its place, by who reads it.
      if file.isPacked {
        file.content = try? packedContent(ofFile: file.path, limits: limits)
      } else {
        file.sha256 = try? fileDigest(file.path)
      }
      return file
    }
    var known = files
    for (number, file) in zip(doubtful, found) { known[number] = file }
    return known
  }
}
