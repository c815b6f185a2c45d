import Files
import Ingest
import PipelineFile

/// Which files of a delivery count, and why the others do not.
///
/// It follows from the files, the ledger and the pipeline alone: the same night, run again, selects
/// the same. Files of other periods that windows look at are judged with it, each for its own period:
/// what lies in two periods counts in the earlier one, and a correction takes out what it corrects, of
/// whichever period.
struct DeliverySelection: Sendable, Equatable {
  /// What becomes of a file.
  enum Fate: Sendable, Equatable {
    case accepted
    case duplicate(of: Other)
    case replaced(by: Other)
  }

  /// The file that counts instead.
  enum Other: Sendable, Equatable {
    /// Another one of the list.
    case file(Int)
    /// One of another period.
    case ofPeriod(String, run: String)
  }

  /// A file of the ledger that a file of the list takes the place of.
  struct Replacement: Sendable, Equatable {
    let file: Int
    let sha256: String
    /// Its place in the ledger; nil for one that is in the list too.
    let entry: Int?
    /// The period that it was received for.
    let period: String
    /// Whether no run before has told.
    let isNew: Bool

    /// The period that it was received for, if it is another one.
    func otherPeriod(than own: String) -> String? { period == own ? nil : period }
  }

  /// Two files of one name, packed and not, that hold different things; nothing tells which is later.
  struct Conflict: Sendable, Equatable {
    let left: Int
    let right: Int
  }

  /// One a file.
  private(set) var fates: [Fate]
  private(set) var conflicts: [Conflict] = []
  private(set) var replacements: [Replacement] = []

  /// Entries of the ledger that have a successor in the list.
  private var taken: Set<Int> = []
  /// The period and the digest of each file of the list: what the ledger knows of these is settled
  /// within the list, so that it is told alike whether the ledger knows them yet or not.
  private let present: Set<[String]>
  private let files: [InboxFile]
  private let source: Source
  private let period: String
  private let ledger: KnownFiles

  /// - Parameters:
  ///   - files: those of the inbox, period by period and in byte order of their paths, as far as they
  ///     are known.
  ///   - source: whose delivery it is.
  ///   - period: the label of the period of the files that say no other.
  ///   - ledger: what is known of the source.
  init(_ files: [InboxFile], of source: Source, period: String, ledger: KnownFiles) {
    fates = Array(repeating: .accepted, count: files.count)
    self.files = files
    self.source = source
    self.period = period
    self.ledger = ledger
    present = Set(files.map { [$0.otherPeriod ?? period, $0.sha256 ?? ""] })
    skipKnown()
    skipEqualBytes()
    if !source.format.bearsIdentifiers { replaceByName() }
    settleMessages()
    findReplaced()
  }

  static func == (left: DeliverySelection, right: DeliverySelection) -> Bool {
    left.fates == right.fates && left.replacements == right.replacements
      && left.conflicts == right.conflicts
  }

  /// Why a file is passed over; nil for one that counts.
  func skipReason(of file: Int) -> SkipReason? {
    switch fates[file] {
    case .accepted: nil
    case .duplicate: .duplicate
    case .replaced: .replaced
    }
  }

  /// What the reader is told of the files.
  var verdicts: [Int: FileVerdict] {
    var verdicts: [Int: FileVerdict] = [:]
    for file in fates.indices {
      if let reason = skipReason(of: file) { verdicts[file] = .skipped(reason) }
    }
    return verdicts
  }

  /// Whether files of that period are there and none counts: all of it was received for another one.
  func isAllOfOtherPeriods(_ period: String) -> Bool {
    let own = files.indices.filter { self.period(of: $0) == period }
    return !own.isEmpty && !own.contains(where: isAccepted)
  }

  /// The label of the period that a file is of.
  private func period(of file: Int) -> String { files[file].otherPeriod ?? period }

  private func isAccepted(_ file: Int) -> Bool { fates[file] == .accepted }

  /// What was received for another period, or has been taken out by what came for one.
  private mutating func skipKnown() {
    guard source.isByPeriod else { return }
    for file in files.indices {
      let period = period(of: file)
      let digests = Set([files[file].sha256, files[file].held].compactMap { $0 }).sorted()
      let entries = digests.flatMap(ledger.files(digest:))
      let own = entries.filter { $0.period == period }
      if let taken = own.first(where: { $0.state == .replaced }), own.count == 1,
        let successor = taken.successorPeriod, successor != period,
        !present.contains([successor, taken.successor ?? ""])
      {
        fates[file] = .replaced(by: .ofPeriod(successor, run: taken.run))
        continue
      }
      guard !own.contains(where: { $0.state == .accepted }) else { continue }
      let other = entries.first {
        $0.period != period && ($0.state == .accepted || $0.state == .replaced)
          && !present.contains([$0.period, $0.sha256])
      }
      if let other { fates[file] = .duplicate(of: .ofPeriod(other.period, run: other.run)) }
    }
  }

  private mutating func skipEqualBytes() {
    for group in groups(by: \.sha256) + groups(by: \.held) {
      let group = group.filter(isAccepted)
      guard group.count > 1 else { continue }
      let first =
        group.first { file in
          ledger.files(digest: files[file].sha256 ?? "").contains {
            $0.period == period(of: file) && $0.state == .accepted && $0.name == files[file].name
          }
        } ?? group[0]
      for file in group where file != first { fates[file] = .duplicate(of: .file(first)) }
    }
  }

  /// A file of the same name in another folder, or packed, is the same file, sent again.
  private mutating func replaceByName() {
    for group in groups(by: \.placedName) where group.allSatisfy({ files[$0].sha256 != nil }) {
      let ordered = group.sorted(by: isEarlier)
      for (earlier, later) in zip(ordered, ordered.dropFirst()) {
        if files[earlier].isPacked == files[later].isPacked || isTold(earlier, later) {
          take(earlier, by: later)
        } else if [earlier, later].allSatisfy({ !files[$0].isPacked || files[$0].content != nil }) {
          conflicts.append(Conflict(left: min(earlier, later), right: max(earlier, later)))
        }
      }
    }
  }

  /// Whether the ledger tells which of two files came first.
  ///
  /// Folders have an order that senders choose; that one of two is packed says nothing.
  private func isTold(_ left: Int, _ right: Int) -> Bool {
    func known(_ file: Int) -> LedgerFile? {
      ledger.files(digest: files[file].sha256 ?? "").first { $0.period == period(of: file) }
    }
    switch (known(left), known(right)) {
    case (nil, nil): return false
    case (let first?, let second?):
      return first.run != second.run || first.successor == files[right].sha256
        || second.successor == files[left].sha256
    default: return true
    }
  }

  /// Messages of one sender with one identifier: with the same content they are one, else the
  /// later takes the place of the earlier.
  private mutating func settleMessages() {
    for group in groups(by: \.message) {
      let ordered = group.sorted(by: isEarlier)
      var last = ordered[0]
      for file in ordered.dropFirst() {
        if let payload = files[file].payload, payload == files[last].payload {
          fates[file] = .duplicate(of: .file(last))
        } else {
          take(last, by: file)
          last = file
        }
      }
    }
    guard source.isByPeriod else { return }
    for file in files.indices where isAccepted(file) {
      guard let message = files[file].message else { continue }
      let others = ledger.entries(message: message).filter {
        $0.file.period != period(of: file) && !present.contains([$0.file.period, $0.file.sha256])
      }
      settle(file, with: others)
    }
  }

  /// Settles a message with those of other periods.
  private mutating func settle(_ file: Int, with others: [KnownFiles.Entry]) {
    for other in others where other.file.sha256 != files[file].sha256 {
      let isTaken = other.file.state == .replaced && other.file.successor == files[file].sha256
      guard other.file.state == .accepted || isTaken else { continue }
      if let payload = files[file].payload, payload == other.file.payload {
        fates[file] = .duplicate(of: .ofPeriod(other.file.period, run: other.file.run))
        return
      }
      if other.file.period > period(of: file) {
        fates[file] = .replaced(by: .ofPeriod(other.file.period, run: other.file.run))
        return
      }
      taken.insert(other.place)
      replacements.append(
        Replacement(
          file: file,
          sha256: other.file.sha256,
          entry: other.place,
          period: other.file.period,
          isNew: !isTaken
        )
      )
    }
  }

  /// Earlier versions of the files, which no longer lie in the inbox.
  private mutating func findReplaced() {
    guard files.allSatisfy({ $0.sha256 != nil }) else { return }
    for file in files.indices where isAccepted(file) {
      let period = period(of: file)
      let named =
        !files[file].tellsApart ? [] : ledger.entries(period: period, name: files[file].name)
      let alike = ledger.entries(message: files[file].message ?? "")
      for known in named + alike.filter({ $0.file.period == period }) {
        guard let digest = files[file].sha256, !present.contains([period, known.file.sha256]),
          !taken.contains(known.place)
        else { continue }
        // The same, packed anew, corrects nothing.
        if known.file.held == files[file].held { continue }
        let isTaken = known.file.state == .replaced && known.file.successor == digest
        guard known.file.state == .accepted || isTaken else { continue }
        // Two messages may bear one name; their identifiers tell them apart.
        if let left = files[file].message, let right = known.file.message, left != right {
          continue
        }
        taken.insert(known.place)
        replacements.append(
          Replacement(
            file: file,
            sha256: known.file.sha256,
            entry: known.place,
            period: period,
            isNew: !isTaken
          )
        )
      }
    }
  }

  private mutating func take(_ earlier: Int, by later: Int) {
    fates[earlier] = .replaced(by: .file(later))
    let period = period(of: earlier)
    let known = ledger.entries(digest: files[earlier].sha256 ?? "")
      .filter { $0.file.period == period }
    let isTold = known.contains {
      $0.file.state == .replaced && $0.file.successor == files[later].sha256
    }
    replacements.append(
      Replacement(
        file: later,
        sha256: files[earlier].sha256 ?? "",
        // The night of that period does not know it yet.
        entry: period == self.period(of: later)
          ? nil : known.first { isTold || $0.file.state == .accepted }?.place,
        period: period,
        isNew: !isTold
      )
    )
  }

  /// Which of two files was sent first: as the ledger knows it, by the day they bear, by their paths.
  private func isEarlier(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = (files[left], files[right])
    let period = period(of: left)
    if period != self.period(of: right) { return period < self.period(of: right) }
    let known = ledger.files(digest: first.sha256 ?? "").first { $0.period == period }
    let other = ledger.files(digest: second.sha256 ?? "").first { $0.period == period }
    if let known, known.state == .replaced, known.successor == second.sha256 { return true }
    if let other, other.state == .replaced, other.successor == first.sha256 { return false }
    let places = (
      ledger.place(digest: first.sha256, period: period),
      ledger.place(digest: second.sha256, period: period)
    )
    switch places {
    case (let left?, let right?) where left != right: return left < right
    case (.some, nil): return true
    case (nil, .some): return false
    default: break
    }
    if first.day > 0, second.day > 0, first.day != second.day { return first.day < second.day }
    let seen = (
      ledger.firstPlace(digest: first.sha256, period: period),
      ledger.firstPlace(digest: second.sha256, period: period)
    )
    if let left = seen.0, seen.1.map({ left < $0 }) ?? true { return true }
    if seen.1 != nil, seen.0 != seen.1 { return false }
    // Folder by folder: 'care-2' comes behind 'care', though a hyphen comes before a slash.
    let parts = (first.path.split(separator: "/"), second.path.split(separator: "/"))
    for (left, right) in zip(parts.0, parts.1) where left != right {
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    return parts.0.count == parts.1.count ? left < right : parts.0.count < parts.1.count
  }

  /// Accepted files that have the same of something, in the order of the list; two at least.
  private func groups(by key: (InboxFile) -> String?) -> [[Int]] {
    var groups: [String: [Int]] = [:]
    for file in files.indices where isAccepted(file) {
      if let value = key(files[file]) { groups[value, default: []].append(file) }
    }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}

extension Format {
  /// Whether its files say who sent them and which message they are.
  var bearsIdentifiers: Bool {
    switch self {
    case .vektis, .iwmo, .stufBg, .lo3(.soap), .lo3(.lg01): true
    default: false
    }
  }
}
