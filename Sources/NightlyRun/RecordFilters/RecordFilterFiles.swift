import Cryptography
import Files
import Glibc
import PipelineFile
import Pseudonymisation
import Tabular

/// Where the filters of a source's records lie from staging until they leave: the file for the
/// partner as it will stand, which of its rows are whose or made up, and what is known of both.
///
/// Whoever has filters can, with a list of names and time, find many of the persons. So they are for
/// their owner alone, and go when the run that made them has published or failed.
struct RecordFilterFiles: Sendable {
  /// How the names of such files end; no source has a point in its name.
  static let suffixes = [".clk.staged", ".clk-rows.staged", ".clk-facts.staged"]
  private static let mode: mode_t = 0o600
  private static let factsLimit = 1 << 16

  /// The staging folder.
  let folder: String
  let source: String

  /// The file for the partner.
  var leaving: String { "\(folder)/\(source)\(Self.suffixes[0])" }
  /// Its rows: number, whether made up, token of the person.
  var rows: String { "\(folder)/\(source)\(Self.suffixes[1])" }
  private var factsPath: String { "\(folder)/\(source)\(Self.suffixes[2])" }

  /// The names of the files, within the folder.
  var names: [String] { Self.suffixes.map { source + $0 } }

  /// What is known of the filters; nil when they are not there, or not of that staged table.
  func facts(madeFrom digest: String) -> RecordFacts? {
    guard let file = try? OpenFile(reading: factsPath, followingLinks: false),
      let size = try? file.size(), size <= Self.factsLimit,
      let bytes = try? file.bytes(at: 0, count: size), let facts = RecordFacts(bytes),
      facts.madeFrom == digest, let found = try? fileDigest(leaving), found == facts.sha256,
      somethingStands(at: rows)
    else { return nil }
    return facts
  }

  /// Makes up records among those of a complete source and writes all in the order of a keyed hash;
  /// before its staged table, which is then never current without them.
  ///
  /// - Parameters:
  ///   - spill: the filters of its rows.
  ///   - pseudonymiser: of the source.
  ///   - refused: rows that were refused after their filters were made.
  ///   - facts: what is known already.
  ///   - isOfSourceLevel: whether tokens are of the first level.
  /// - Throws: `PseudonymisationError`, `FilesError`, `CryptographyError`, `RunError`.
  func write(
    _ spill: RecordSpill,
    _ pseudonymiser: Pseudonymiser,
    refused: Set<RecordRow.Place>,
    facts: RecordFacts,
    isOfSourceLevel: Bool
  ) throws {
    guard let form = pseudonymiser.plan.recordForm, let keys = pseudonymiser.recordKeys else {
      return
    }
    var facts = facts
    facts.unfit = spill.counts.unfit
    facts.madeUp = try makeUp(spill, form, keys)
    var filters = try RecordPart(leaving, mode: Self.mode)
    var list = try RecordPart(rows, mode: Self.mode)
    try filters.append("{\"clks\": [")
    try list.append("row,made_up,person\n")
    var setBits = 0
    var number = 0
    try spill.drainRows { (line) throws(FilesError) in
      guard let row = RecordRow(line), row.place.map({ !refused.contains($0) }) ?? true else {
        return
      }
      if row.place != nil {
        facts.records += 1
        setBits += Base64Text.decode(row.filter)?.reduce(0) { $0 + $1.nonzeroBitCount } ?? 0
      }
      try filters.append(number == 0 ? "\n\"" : ",\n\"")
      try filters.append(row.filter)
      try filters.append("\"")
      var text = "\(number),\(row.place == nil ? "yes" : "no"),".utf8.map { $0 }
      let token = pseudonymiser.token(ofRecordPerson: row.person)
      if row.place != nil, !token.isMissing {
        let level: TokenText.Level = isOfSourceLevel ? .source : .region
        TokenText.append(high: token.high, low: token.low, level: level, to: &text)
      }
      try list.append(text[...])
      try list.append("\n")
      number += 1
    }
    try filters.append("\n]}\n")
    try filters.finish()
    try list.finish()
    facts.fill = facts.records == 0 ? 0 : setBits * 10_000 / (facts.records * form.bitCount)
    facts.byteCount = try OpenFile(reading: leaving).size()
    facts.sha256 = try fileDigest(leaving)
    try AtomicFile.write(factsPath, Array(facts.json.canonical.utf8))
  }

  /// Adds what is made up.
  ///
  /// - Returns: how many.
  private func makeUp(
    _ spill: RecordSpill,
    _ form: RecordFilterForm,
    _ keys: RecordKeys
  ) throws -> Int {
    let fakes = try RecordFakes(form, keys, recordCount: spill.counts.records)
    var block = RecordLines.Block()
    var failure: PseudonymisationError?
    try spill.drainDonors { (line) throws(FilesError) in
      guard failure == nil else { return }
      do throws(PseudonymisationError) {
        try fakes.take(line, to: &block)
      } catch {
        failure = error
      }
      if block.text.count > 1 << 20 {
        try spill.append(block)
        block = RecordLines.Block()
      }
    }
    if let failure { throw failure }
    guard try fakes.finish(to: &block) else {
      throw RunError.recordFilters(source: source, .fewRecords(count: spill.counts.records))
    }
    try spill.append(block)
    return fakes.count
  }
}

/// A file that is written piece by piece, and appears when it is complete.
private struct RecordPart: ~Copyable {
  private let path: String
  private let file: OpenFile
  private var bytes: [UInt8] = []

  init(_ path: String, mode: mode_t) throws(FilesError) {
    self.path = path
    unsafe unlink(path + ".part")
    file = try OpenFile(creating: path + ".part", mode: mode)
  }

  mutating func append(_ text: StaticString) throws(FilesError) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func append(_ piece: ArraySlice<UInt8>) throws(FilesError) {
    bytes.append(contentsOf: piece)
    if bytes.count >= 1 << 20 {
      try file.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
  }

  mutating func finish() throws(FilesError) {
    try file.write(bytes)
    bytes = []
    guard unsafe rename(path + ".part", path) == 0 else {
      throw .system(.rename, path: path, code: errno)
    }
  }
}
