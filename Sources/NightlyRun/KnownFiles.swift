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
      byDigest[file.sha256, default: []].append(number)
      byName[Self.key(file.period, file.name), default: []].append(number)
      if let message = file.message { byMessage[message, default: []].append(number) }
    }
  }

  /// The sizes of what counted, or did, in other periods.
  func sizes(ofPeriodsOtherThan period: String) -> Set<Int> {
    Set(
      entries.lazy.map(\.file)
        .filter { $0.period != period && ($0.state == .accepted || $0.state == .replaced) }
        .map(\.byteCount)
    )
  }

  func files(digest: String) -> [LedgerFile] {
    (byDigest[digest] ?? []).map { entries[$0].file }
  }

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

  // Periods are numbers and a hyphen: what stands before the first line end is theirs.
  private static func key(_ period: String, _ name: String) -> String { "\(period)\n\(name)" }
}
