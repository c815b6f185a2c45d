import Files

/// What the ledger knows of the files of one source, to be found by digest, name or message.
struct KnownFiles: Sendable {
  /// A file and its place in the ledger.
  struct Entry: Sendable {
    let place: Int
    let file: LedgerFile
  }

  private var entries: [Entry] = []
  private var byDigest: [String: [Int]] = [:]
  private var byMessage: [String: [Int]] = [:]
  private var byName: [String: [Int]] = [:]

  init(_ ledger: DeliveryLedger, of source: String) {
    for (place, file) in ledger.files.enumerated() where file.source == source {
      let number = entries.count
      entries.append(Entry(place: place, file: file))
      for digest in Set([file.sha256, file.held]) { byDigest[digest, default: []].append(number) }
      byName[Self.key(file.period, file.name), default: []].append(number)
      if let message = file.message { byMessage[message, default: []].append(number) }
    }
  }

  /// The sizes of what counted, or did, in other periods: as stored and as held.
  func sizes(ofPeriodsOtherThan period: String) -> Set<Int> {
    var sizes: Set<Int> = []
    for file in entries.lazy.map(\.file)
    where file.period != period && (file.state == .accepted || file.state == .replaced) {
      sizes.insert(file.byteCount)
      if let content = file.content { sizes.insert(content.byteCount) }
    }
    return sizes
  }

  /// What a packed file of that digest holds, if it was read before.
  func content(ofFile sha256: String) -> PackedContent? {
    files(digest: sha256).lazy.compactMap { $0.sha256 == sha256 ? $0.content : nil }.first
  }

  /// Where a file of that digest was first seen for that period, whatever became of it.
  func firstPlace(digest: String?, period: String) -> Int? {
    (byDigest[digest ?? ""] ?? []).lazy.map { entries[$0] }
      .first { $0.file.period == period }?.place
  }

  func files(digest: String) -> [LedgerFile] {
    (byDigest[digest] ?? []).map { entries[$0].file }
  }

  func entries(digest: String) -> [Entry] { (byDigest[digest] ?? []).map { entries[$0] } }

  func entries(message: String) -> [Entry] { (byMessage[message] ?? []).map { entries[$0] } }

  func entries(period: String, name: String) -> [Entry] {
    (byName[Self.key(period, name)] ?? []).map { entries[$0] }
  }

  /// Where a file first stands in the ledger as one that counted, for that period.
  func place(digest: String?, period: String) -> Int? {
    (byDigest[digest ?? ""] ?? []).lazy.map { entries[$0] }.first {
      $0.file.period == period && ($0.file.state == .accepted || $0.file.state == .replaced)
    }?.place
  }

  // Periods are numbers and a hyphen: what stands before the first line end is theirs. A file is the
  // same one packed and not.
  private static func key(_ period: String, _ name: String) -> String {
    "\(period)\n\(unpackedName(name))"
  }
}
