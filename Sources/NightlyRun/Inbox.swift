import Files
import Ingest
import PipelineFile
import Tabular

/// Where the files of one source are looked for: those of the period, or those that may stand in for
/// them, and beside these those of the other periods that windows look at.
///
/// A file of another period is read again under the tokens of this night. That is no delivery: the
/// ledger keeps what its own night found of it. What such a night refused, or never saw because
/// nothing lies there, is left out and told; only the delivery of the period of the run can be late.
struct Inbox: Sendable {
  /// Why there are no files of a period.
  enum Absence: Sendable, Equatable {
    /// None lies there; so many are still being written.
    case nothing(unfinished: Int)
    /// All that lies there was received for that period.
    case ofPeriod(String, run: String)
    /// All that lies there lies among the files of that period too, which come before.
    case amongOthers(ofPeriod: String)
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
      let period = patterns[back].period
      let own = try files(paths, pattern: patterns[back].files)
      let others = try files(ofPeriodsOtherThan: period)
      var received = ReceivedSource(
        try known(
          others.files.filter { $0.otherPeriod ?? "" < period } + own
            + others.files.filter { $0.otherPeriod ?? "" > period },
          period: period
        ),
        of: source,
        period: period,
        periodsBack: back,
        ledger: ledger
      )
      received.refusedPeriods = others.refused
      if let absence = Self.absence(of: received, ledger) {
        why = why ?? absence
        continue
      }
      received.absence = why
      return (received, why)
    }
    return (nil, why)
  }

  /// What lies in the inbox of a source, as far as names tell, in the order in which a run reads it.
  ///
  /// - Parameters:
  ///   - source: of the pipeline.
  ///   - period: of the run; empty for none.
  /// - Returns: files with the pattern that each is like, and its period where that is another; and the
  ///   period of the delivery where it stands in for that of the run.
  /// - Throws: `FilesError`.
  static func lying(
    in source: Source,
    _ period: String
  ) throws -> (files: [(path: String, pattern: String, otherPeriod: String?)], stale: String?) {
    var (pattern, stale) = (source.files, String?.none)
    var own = try InboxFile.matching(pattern).files
    for earlier in source.earlierFiles where own.isEmpty {
      (pattern, stale) = (earlier.files, earlier.period)
      own = try InboxFile.matching(pattern).files
    }
    let delivered = stale ?? period
    var files = own.map { (path: $0, pattern: pattern, otherPeriod: String?.none) }
    guard !own.isEmpty else { return (files, nil) }
    for other in source.otherFiles where other.period != delivered {
      files += try InboxFile.matching(other.files).files.map { ($0, other.files, other.period) }
    }
    let order = files.indices.sorted { left, right in
      let periods = (files[left].otherPeriod ?? delivered, files[right].otherPeriod ?? delivered)
      return (periods.0, left) < (periods.1, right)
    }
    return (order.map { files[$0] }, stale)
  }

  private func files(_ paths: [String], pattern: String) throws -> [InboxFile] {
    try paths.map { InboxFile(path: $0, name: try names.name(of: $0, pattern: pattern)) }
  }

  /// What windows look at in other periods, the earliest first, and the periods whose night refused it.
  private func files(
    ofPeriodsOtherThan period: String
  ) throws -> (files: [InboxFile], refused: [String]) {
    var found: [InboxFile] = []
    var refused: [String] = []
    for other in source.otherFiles where other.period != period {
      var files = try files(InboxFile.matching(other.files).files, pattern: other.files)
      for number in files.indices { files[number].otherPeriod = other.period }
      if try isRefused(files, ofPeriod: other.period) {
        refused.append(other.period)
      } else {
        found += files
      }
    }
    return (found, refused)
  }

  /// Why files that lie there do not make a delivery; nil when they do.
  static func absence(of received: ReceivedSource, _ ledger: KnownFiles) -> Absence? {
    if received.selection.isAllOfOtherPeriods(received.period) {
      for fate in received.ownFiles.map({ received.selection.fates[$0] }) {
        switch fate {
        case .duplicate(.ofPeriod(let period, let run)): return .ofPeriod(period, run: run)
        case .duplicate(.file(let other)):
          if let period = received.files[other].otherPeriod {
            return .amongOthers(ofPeriod: period)
          }
        case .replaced(.ofPeriod(let period, _)): return .correctedIn(period)
        case .replaced(.file(let other)):
          if let period = received.files[other].otherPeriod { return .correctedIn(period) }
        case .accepted: continue
        }
      }
    }
    guard received.isStale else { return nil }
    let isRefused = received.ownFiles.contains { number in
      ledger.entries(period: received.period, name: received.files[number].name).contains {
        $0.file.state == .refused
      }
    }
    return isRefused ? .refused : nil
  }

  /// Whether the night of that period refused these very files.
  private func isRefused(_ files: [InboxFile], ofPeriod period: String) throws -> Bool {
    try files.contains { file in
      let refused = ledger.entries(period: period, name: file.name).map(\.file)
        .filter { $0.state == .refused }.map(\.sha256)
      return try !refused.isEmpty && refused.contains(fileDigest(file.path))
    }
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
      names[file.placedName, default: 0] += 1
    }
    // Files of other periods are as long as themselves: the period of each has its own others.
    var earlier: [String: Set<Int>] = [:]
    for other in Set(files.map { $0.otherPeriod ?? period }) where source.isByPeriod {
      earlier[other] = ledger.sizes(ofPeriodsOtherThan: other)
    }
    let received = files.map { earlier[$0.otherPeriod ?? period] ?? [] }
    let doubtful = files.indices.filter { number in
      let size = files[number].stamp?.byteCount ?? -1
      return sizes[size, default: 0] > 1 || names[files[number].placedName, default: 0] > 1
        || received[number].contains(size)
    }
    let digests = try concurrentChunks(doubtful.count, workers: workers) { number in
      try fileDigest(files[doubtful[number]].path)
    }
    var known = files
    for (number, digest) in zip(doubtful, digests) { known[number].sha256 = digest }
    return try withContents(known, received, names)
  }

  /// Digests what files hold that may be the same extract, once packed and once not.
  private func withContents(
    _ files: [InboxFile],
    _ received: [Set<Int>],
    _ names: [String: Int]
  ) throws -> [InboxFile] {
    guard files.contains(where: \.isPacked) else { return files }
    let sizes = try files.map { try contentSize($0.path) }
    let packed = Set(files.indices.filter { files[$0].isPacked }.map { sizes[$0] })
    var counts: [UInt32: Int] = [:]
    for size in sizes { counts[size, default: 0] += 1 }
    let doubtful = files.indices.filter { number in
      files[number].isPacked && names[files[number].placedName, default: 0] > 1
        || packed.contains(sizes[number])
          && (counts[sizes[number], default: 0] > 1
            || files[number].isPacked
              && received[number].contains { UInt32(truncatingIfNeeded: $0) == sizes[number] })
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
