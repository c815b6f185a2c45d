import Cryptography
import Diagnostics
import Files
package import PipelineFile
import Tabular

/// The judgement of pairs by people who see no name.
package struct Review {
  private let pipeline: Pipeline
  private let folder: WorkFolder
  private let sheet: ReviewSheet

  /// Reads the pairs that the last night kept.
  ///
  /// - Parameters:
  ///   - pipeline: as loaded.
  ///   - workFolder: nil for the standard one.
  /// - Throws: `ReviewFault.nothing`; `FilesError`.
  package init(_ pipeline: Pipeline, workFolder: String?) throws {
    let folder = WorkFolder(workFolder, of: pipeline)
    guard let sheet = try ReviewSheet(of: pipeline, in: folder) else {
      throw ReviewFault.nothing(pipeline: pipeline.name)
    }
    self.pipeline = pipeline
    self.folder = folder
    self.sheet = sheet
  }

  /// The pairs as CSV, to be judged in its last column.
  package var csv: String { sheet.csv }

  /// Takes judgements: all of a file, or none.
  ///
  /// The log says that they are taken, on the disk, before they count; it does not say of whom.
  ///
  /// - Parameters:
  ///   - path: of a sheet that was exported from this night.
  ///   - clock: milliseconds since 1970 in UTC.
  ///   - observer: whom to tell.
  /// - Returns: rows of cells: what was taken, and what the samples tell.
  /// - Throws: `ReviewFault.file`: all faults; an error of the module that refused.
  package func take(
    _ path: String,
    clock: @escaping @Sendable () -> Int64,
    observer: any RunObserver
  ) throws -> [[String]] {
    let file = try OpenFile(reading: path)
    let bytes = try file.bytes(at: 0, count: file.size())
    let judged = try judgements(in: bytes, path)
    try folder.checkIsOurs()
    let lock = try RunLock(workFolder: folder.path)
    let log = try NightLog(in: folder, pipeline: pipeline, clock: clock, observer: observer)
    do {
      try log.begin(folder, observer) { try log.reviewReceived() }
      let key = try NightKey.load(for: pipeline, workFolder: folder, observer: observer, log)
      var ledger = try ReviewLedger(
        path: folder.reviews,
        pipeline: pipeline.name,
        root: key.root
      )
      if let warning = ledger.warning { observer.warn(warning) }
      let sha256 = lowerHex(try sha256(of: bytes))
      try ledger.add(
        judged.map { number, isSame in
          let pair = sheet.pairs[number]
          return ReviewLedger.Decision(
            source: pair.source,
            resident: pair.resident,
            identity: pair.identity,
            isSame: isSame,
            sheet: sheet.digest
          )
        },
        facts: ["run": .string(log.run), "at": .string(timestamp(clock()))]
      ) {
        try log.reviewTaken(judged.map(\.isSame), sheet: sheet.digest, sha256, bytes.count)
      }
    } catch {
      try? log.sealForWitnesses()
      throw error
    }
    try log.sealForWitnesses()
    lock.release()
    return rows(of: judged)
  }

  private typealias Judgement = (number: Int, isSame: Bool?)

  private static let mostFaults = 50

  private func judgements(in bytes: [UInt8], _ path: String) throws -> [Judgement] {
    var lines = TruthLines(bytes)
    var faults: [Diagnostic] = []
    func fault(_ sentence: String, hint: String? = nil) {
      faults.append(
        Diagnostic(at: Place(file: path, line: lines.number), sentence, hint: hint)
      )
    }
    func next() throws -> [String]? {
      do throws(TruthLines.Fault) {
        return try lines.next()?.map { String(decoding: $0, as: UTF8.self) }
      } catch {
        fault("found a quote that does not end, or text behind it")
        throw ReviewFault.file(faults)
      }
    }
    let header = try next() ?? []
    guard let pairColumn = header.firstIndex(of: "pair"),
      let sheetColumn = header.firstIndex(of: "sheet"),
      let decisionColumn = header.firstIndex(of: "decision")
    else {
      fault(
        "found no columns 'pair', 'sheet' and 'decision', expected a sheet of review export",
        hint: "fill in its last column, and leave the others as they are"
      )
      throw ReviewFault.file(faults)
    }
    var judged: [Int: Bool?] = [:]
    var order: [Int] = []
    var residents: [String: Token] = [:]
    while let fields = try next(), faults.count < Self.mostFaults {
      guard fields.count == header.count else {
        fault("found \(counted(fields.count, "field")), expected \(header.count)")
        continue
      }
      let word = fields[decisionColumn].lowercased()
      if word.isEmpty { continue }
      guard let decision = ReviewLedger.Decision.words[word] else {
        fault("found a decision that is none, expected same, different or unsure")
        continue
      }
      guard fields[sheetColumn] == sheet.digest else {
        fault(
          "found a pair of another night's sheet",
          hint: "another night came between: export again, and judge what is there"
        )
        continue
      }
      guard let number = Int(fields[pairColumn]), 1...max(1, sheet.pairs.count) ~= number,
        !sheet.pairs.isEmpty
      else {
        fault("found no pair of the sheet, expected a number from 1 to \(sheet.pairs.count)")
        continue
      }
      if let other = judged[number - 1] {
        if other != decision { fault("found pair \(number) again, with another decision") }
        continue
      }
      if decision == true, pipeline.link.spine != nil {
        let pair = sheet.pairs[number - 1]
        let record = "\(pair.source) \(pair.identity)"
        if let other = residents[record], other != pair.resident {
          fault("found a record to be the same as two residents, who are two persons")
          continue
        }
        residents[record] = pair.resident
      }
      judged[number - 1] = .some(decision)
      order.append(number - 1)
    }
    if faults.isEmpty, pipeline.link.spine == nil {
      let pairs = judged.compactMap { number, decision in
        decision.map { (sheet.pairs[number].resident, sheet.pairs[number].identity, $0) }
      }
      if judgementsContradict(pairs) {
        fault("found two records to be two persons whom other decisions make one")
      }
    }
    if !faults.isEmpty { throw ReviewFault.file(faults) }
    return order.map { ($0, judged[$0].flatMap { $0 }) }
  }

  private func rows(of judged: [Judgement]) -> [[String]] {
    func count(_ decision: Bool?) -> Int { judged.count { $0.isSame == decision } }
    var rows = [
      [
        "judged", "\(judged.count)",
        "\(count(true)) same, \(count(false)) different, \(count(nil)) unsure",
      ]
    ]
    for (stratum, name) in [
      ("accepted", "sample of links"), ("rejected", "sample of the unlinked"),
    ] {
      let own = judged.filter { sheet.pairs[$0.number].stratum == stratum && $0.isSame != nil }
      if own.isEmpty { continue }
      let same = own.count { $0.isSame == true }
      let interval = jeffreysInterval(same, of: own.count)
      let share = fixed(Double(same) / Double(own.count), places: 4)
      let bounds =
        "\(fixed(interval.lowerBound, places: 4))-\(fixed(interval.upperBound, places: 4))"
      rows.append([
        name, "\(own.count)",
        "of \(sheet.sizes[stratum] ?? 0): "
          + (stratum == "accepted" ? "precision \(share)" : "same all the same \(share)")
          + ", 95 % \(bounds)",
      ])
    }
    return rows
  }
}
