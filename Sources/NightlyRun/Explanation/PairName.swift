import Diagnostics
import PipelineFile
import Tabular

/// A pair as a user names it: `support:1042,register:20871`; where there is a spine one record is of it,
/// in either place.
struct PairName {
  /// The record of a source that is linked, and what names it.
  let source: String
  let key: String
  /// The record of the spine; without one the second that was named.
  let other: String
  let otherKey: String

  /// - Throws: `PairFault`.
  init(_ text: String, of pipeline: Pipeline) throws(PairFault) {
    let spine = pipeline.link.spine
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
      let first = names.first { $0 != spine } ?? spine ?? ""
      throw .form(example: "\(first):1042,\(spine ?? names.last ?? ""):20871")
    }
    if let spine, (left.source == spine) == (right.source == spine) {
      throw .sources(spine: spine)
    }
    for side in [left, right] {
      guard let source = pipeline.source(named: side.source), let name = source.recordKey else {
        continue
      }
      if source.column(named: name)?.type == .bsn { throw .number(source: source.name) }
    }
    let isTurned = left.source == spine
    (source, key) = isTurned ? right : left
    (other, otherKey) = isTurned ? left : right
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
    case .form, .sources, .noRecord, .severalRecords: .usage
    case .number: .privacyRefused
    case .lost: .dataGate
    }
  }

  var diagnostics: [Diagnostic] {
    switch self {
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
