import Diagnostics
import PipelineFile
import Tabular

/// A pair as a user names it: `support:1042,register:20871`, the record of the spine in either place.
struct PairName {
  /// The record of a source that is linked, and what names it.
  let source: String
  let key: String
  let spine: String
  /// What names the record of the spine.
  let spineKey: String

  /// - Throws: `PairFault`.
  init(_ text: String, of pipeline: Pipeline) throws(PairFault) {
    guard let spine = pipeline.link.spine else { throw .noSpine }
    let names = pipeline.sources.map(\.name)
    // A key may hold commas and colons: the second half begins where a source is named.
    var halves: (left: (source: String, key: String), right: (source: String, key: String))?
    for comma in text.indices where text[comma] == "," {
      guard let left = Self.record(text[..<comma], names),
        let right = Self.record(text[text.index(after: comma)...], names)
      else { continue }
      halves = (left, right)
      break
    }
    guard let (left, right) = halves else {
      let other = names.first { $0 != spine } ?? spine
      throw .form(example: "\(other):1042,\(spine):20871")
    }
    let sides = left.source == spine ? (spine: left, other: right) : (spine: right, other: left)
    guard sides.spine.source == spine, sides.other.source != spine else {
      throw .sources(spine: spine)
    }
    for side in [left, right] {
      guard let source = pipeline.source(named: side.source), let name = source.recordKey else {
        continue
      }
      if source.column(named: name)?.type == .bsn { throw .number(source: source.name) }
    }
    source = sides.other.source
    key = sides.other.key
    self.spine = spine
    spineKey = sides.spine.key
  }

  private static func record(
    _ text: Substring,
    _ names: [String]
  ) -> (source: String, key: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let (source, key) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
    return names.contains(source) && !key.isEmpty ? (source, key) : nil
  }
}

/// Why a pair cannot be explained.
enum PairFault: KoppelError {
  /// The pipeline links to no spine.
  case noSpine
  case form(example: String)
  /// Neither record, or each, is of the spine.
  case sources(spine: String)
  /// The records of a source are named by a number of persons.
  case number(source: String)
  case noRecord(source: String, rowCount: Int?)
  case severalRecords(source: String)
  /// The row was refused or skipped.
  case lost(source: String)

  var exitStatus: ExitStatus {
    switch self {
    case .noSpine, .form, .sources, .noRecord, .severalRecords: .usage
    case .number: .privacyRefused
    case .lost: .dataGate
    }
  }

  var diagnostics: [Diagnostic] {
    switch self {
    case .noSpine:
      [
        Diagnostic(
          "the pipeline names no spine: only links to one are explained",
          hint: "koppel evaluate tells how right persons are that are made of records"
        )
      ]
    case .form(let example):
      [Diagnostic("found no pair of records, expected one as \(example)")]
    case .sources(let spine):
      [
        Diagnostic(
          "found a pair without a record of the spine '\(spine)', expected one of it and one of "
            + "another source"
        )
      ]
    case .number(let source):
      [
        Diagnostic(
          "records of source '\(source)' are named by a BSN, which is not typed on a command line",
          hint: "leave out 'record_key' for this: rows have numbers"
        )
      ]
    case .noRecord(let source, let rowCount?):
      [
        Diagnostic(
          "found no record of source '\(source)', expected a row number from 1 to "
            + grouped(rowCount),
          hint: "rows are counted over all files of the source, the header not among them"
        )
      ]
    case .noRecord(let source, nil):
      [
        Diagnostic(
          "found a key that no record of source '\(source)' has",
          hint: "keys are those of the column that 'record_key' names"
        )
      ]
    case .severalRecords(let source):
      [Diagnostic("found a key that several records of source '\(source)' have, expected one")]
    case .lost(let source):
      [
        Diagnostic(
          "the record of source '\(source)' was rejected or skipped: it was linked to nobody",
          hint: "koppel run writes rejects.csv, which tells why"
        )
      ]
    }
  }
}
