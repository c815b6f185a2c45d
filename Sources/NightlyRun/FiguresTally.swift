import Cryptography
import Diagnostics
import Ingest
import PipelineFile

/// Adds up the figures of a delivery from what the workers found in its chunks, in any order.
struct FiguresTally {
  private let source: Source
  private let readsLines: Bool
  /// By file: the period that it is of, where it is not of the delivery itself.
  private let otherPeriods: [String?]
  private var rowCounts: [Int]
  private var sums: [[Int64?]]
  private var facts: [Int: [(ordinal: Int, facts: MessageDigester.Facts)]] = [:]
  private var typedCount = 0
  private var missing: [Int]
  private var unknownCodes: [Int]
  private var faulty: [Int]

  init(source: Source, otherPeriods: [String?]) {
    let fileCount = otherPeriods.count
    self.source = source
    self.otherPeriods = otherPeriods
    readsLines =
      switch source.format {
      case .csv, .fixed, .ndjson: true
      default: false
      }
    rowCounts = Array(repeating: 0, count: fileCount)
    let none: [Int64?] = Array(repeating: 0, count: source.summedColumns.count)
    sums = Array(repeating: none, count: fileCount)
    missing = Array(repeating: 0, count: source.columns.count)
    unknownCodes = missing
    faulty = missing
  }

  mutating func add(_ parsed: ParsedChunk, _ digested: [MessageDigester.Facts]) {
    if readsLines, rowCounts.indices.contains(parsed.file) {
      rowCounts[parsed.file] += parsed.read - parsed.skipped.values.reduce(0, +)
    }
    if otherPeriods[parsed.file] == nil {
      typedCount += parsed.columns.rowCount
      for column in missing.indices {
        missing[column] += parsed.columns.missing[column]
        unknownCodes[column] += parsed.columns.unknownCodes[column]
        faulty[column] += parsed.columns.faulty[column]
      }
    }
    for file in parsed.columns.sums where sums.indices.contains(file.file) {
      for slot in file.sums.indices { add(file.sums[slot], to: slot, of: file.file) }
    }
    for facts in digested { self.facts[facts.file, default: []].append((parsed.ordinal, facts)) }
  }

  private mutating func add(_ part: Int64?, to slot: Int, of file: Int) {
    guard let part, let before = sums[file][slot] else {
      sums[file][slot] = nil
      return
    }
    let (sum, overflows) = before.addingReportingOverflow(part)
    sums[file][slot] = overflows ? nil : sum
  }

  /// The figures, once all chunks are in.
  ///
  /// - Parameters:
  ///   - deliveries: the files, in their order.
  ///   - verdicts: of files that were passed over.
  ///   - known: what an earlier reading found of those; empty where there was none.
  /// - Returns: one entry a file, and one a column that has something to tell.
  /// - Throws: `CryptographyError` when libcrypto refuses.
  func figures(
    of deliveries: [Delivery],
    verdicts: [Int: FileVerdict],
    known: [DeliveryFigures.File]
  ) throws(CryptographyError) -> DeliveryFigures {
    var figures = DeliveryFigures()
    var names: Set<String> = []
    for (number, delivery) in deliveries.enumerated() {
      let isOwn = otherPeriods[number] == nil
      if isOwn { names.formUnion(delivery.columnNames.map(maskedName)) }
      if isOwn, !delivery.columnNames.isEmpty, source.format.known == nil {
        figures.headers.formUnion(
          headerDrift(
            delivery.columnNames,
            ofFile: delivery.path,
            columns: source.columns,
            source.drift
          )
        )
      }
      if case .skipped(let reason)? = verdicts[number] {
        var file = known.indices.contains(number) ? known[number] : DeliveryFigures.File()
        file.skipped = reason.rawValue
        figures.files.append(file)
      } else {
        figures.files.append(try file(number))
      }
      figures.files[number].otherPeriod = otherPeriods[number]
    }
    figures.columnNames = names.sorted()
    figures.typedCount = typedCount
    for (number, column) in source.columns.enumerated() {
      if missing[number] > 0 { figures.missing[column.name] = missing[number] }
      if faulty[number] > 0 { figures.faulty[column.name] = faulty[number] }
      if unknownCodes[number] > 0 { figures.unknownCodes[column.name] = unknownCodes[number] }
    }
    return figures
  }

  private func file(_ number: Int) throws(CryptographyError) -> DeliveryFigures.File {
    var file = DeliveryFigures.File()
    let facts = (facts[number] ?? []).sorted { $0.ordinal < $1.ordinal }.map(\.facts)
    if readsLines {
      file.rowCount = rowCounts[number]
      file.trailerCount = 0
    } else if !facts.isEmpty {
      file.rowCount = facts.reduce(0) { $0 + $1.rowCount }
    }
    for fact in facts {
      file.trailerCount = (file.trailerCount ?? 0) + fact.trailerCount
      file.trailerRows = FileFacts.sum(file.trailerRows, fact.trailerRows)
      file.trailerTotal = FileFacts.sum(file.trailerTotal, fact.trailerTotal)
      file.day = max(file.day, fact.day)
    }
    for (slot, column) in source.summedColumns.enumerated() {
      file.sums[column] = .some(sums[number][slot])
    }
    let messages = facts.compactMap(\.message)
    let payloads = facts.compactMap(\.payload)
    if !messages.isEmpty, messages.count == facts.count {
      file.message = try Self.joined(messages)
      if payloads.count == facts.count { file.payload = try Self.joined(payloads) }
    }
    return file
  }

  /// A file of several messages is the same as another when all of them are.
  private static func joined(_ digests: [[UInt8]]) throws(CryptographyError) -> String {
    guard digests.count > 1 else { return lowerHex(digests[0]) }
    return lowerHex(Array(try sha256(of: digests.flatMap { $0 }).prefix(16)))
  }
}
