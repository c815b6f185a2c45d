package import Diagnostics
import PipelineFile
import Tabular

/// Why a file of truth cannot be used: places and counts, never a value of it.
package struct TruthFault: KoppelError {
  enum Kind: Equatable {
    case noHeader
    /// The header tells neither pairs nor clusters.
    case header(columnCount: Int, expected: String)
    case noRows
    case fieldCount(found: Int, expected: Int)
    case quote
    case emptyField
    /// The field that tells the source of a record is none of these.
    case noSource([String])
    /// The source has no such record; of a source whose rows are numbered, how many.
    case noRecord(source: String, rowCount: Int?)
    case severalRecords(source: String)
    case twoClusters(source: String)
    case samePair
  }

  let path: String
  let line: Int
  let kind: Kind

  package var exitStatus: ExitStatus { .dataGate }

  package var diagnostics: [Diagnostic] {
    [Diagnostic(at: Place(file: path, line: line), sentence, hint: hint)]
  }

  private var sentence: String {
    switch kind {
    case .noHeader: "found an empty file, expected a header and a line for each pair or record"
    case .header(let count, let expected):
      "found a header of \(counted(count, "column")), expected \(expected)"
    case .noRows: "found no line behind the header, expected one for each pair or record"
    case .fieldCount(let found, let expected):
      "found \(counted(found, "field")), expected \(expected)"
    case .quote: "found a quote that does not end, or text behind it"
    case .emptyField: "found an empty field, expected a record and what it belongs to"
    case .noSource(let names):
      "found no name of a source, expected \(names.joined(separator: " or "))"
    case .noRecord(let source, let rowCount?):
      "found no record of source '\(source)', expected a row number from 1 to \(grouped(rowCount))"
    case .noRecord(let source, nil): "found a key that no record of source '\(source)' has"
    case .severalRecords(let source):
      "found a key that several records of source '\(source)' have"
    case .twoClusters(let source):
      "found a record of source '\(source)' again, in another cluster"
    case .samePair: "found a record paired with itself"
    }
  }

  private var hint: String? {
    switch kind {
    case .header: "separate columns by comma or semicolon"
    case .noRecord(_, _?):
      "rows are counted over all files of the source, the header not among them"
    case .noRecord(_, nil): "keys are those of the column that 'record_key' names"
    case .severalRecords: "name another column in 'record_key', or leave it out: rows have numbers"
    case .noHeader, .noRows, .fieldCount, .quote, .emptyField, .noSource, .twoClusters, .samePair:
      nil
    }
  }
}
