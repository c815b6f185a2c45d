package import Tabular

/// Why a table beside the pipeline cannot be used.
package enum CodeTableFault: Error, Sendable, Hashable {
  /// It cannot be read as CSV; what was found, and what can be done.
  case unreadable(sentence: String, hint: String?)
  /// No header has that name.
  case noColumn(String)
  /// A row would be rejected in an extract: for what, and in which column; empty for the whole row.
  case faultyRow(RejectReason, column: String)
  /// It has more rows than any list of codes.
  case rows(limit: Int)
  /// A code stands there twice and becomes two things.
  case ambiguous
  /// No code stands there.
  case empty
  /// Codes follow each other in a circle.
  case circle
  /// A row is of another source than these.
  case noSource(among: [String])
  /// What is paid of a source is not the whole of it.
  case parts(of: String)
  /// A label of a standard population is none of its column's; those that there are, where they are
  /// known.
  case noLabel(column: String, among: [String])
  /// A standard population has no number from 0 as the weight of a stratum, or none above 0.
  case noWeight
  /// A stratum stands twice in a standard population.
  case stratumTwice
  /// A standard population lacks a stratum, told by its columns and labels.
  case noStratum([String])

  var sentence: String {
    switch self {
    case .unreadable(let sentence, _): sentence
    case .noColumn(let name): "found no column '\(name)' in the header of the table"
    case .faultyRow(let reason, let column):
      "found a faulty row in the table: \(reason.rawValue)"
        + (column.isEmpty ? "" : " in column '\(column)'")
    case .rows(let limit): "found more than \(limit) rows in the table, expected at most that"
    case .ambiguous: "found a code twice in the table, with two meanings"
    case .empty: "found no row in the table"
    case .circle: "found codes that follow each other in a circle"
    case .noSource(let names):
      "found a row of no source whose costs are added up, expected "
        + names.map { "'\($0)'" }.joined(separator: " or ")
    case .parts(let source): "found payers of '\(source)' who do not pay 100 % together"
    case .noLabel(let column, let labels):
      "found a label that '\(column)' does not have in tables"
        + (labels.isEmpty ? "" : ", expected \(labels.joined(separator: ", "))")
    case .noWeight: "found no weight, expected a number from 0, and one above it"
    case .stratumTwice: "found a stratum twice, expected each once"
    case .noStratum(let stratum): "found no weight for \(stratum.joined(separator: ", "))"
    }
  }

  var hint: String? {
    switch self {
    case .unreadable(_, let hint): hint
    case .noColumn: "does the delimiter fit, and is it the right file?"
    case .ambiguous: "keep one of them"
    case .faultyRow: "mend the row, or take it out of the table"
    case .rows: "is it the right file? Keep the codes that occur"
    case .empty: "is it the right file?"
    case .circle: "one of them must be the last, without a successor"
    case .noSource: "name those of 'of' alone"
    case .parts: "each source has a row a payer, and their 'percent' add up to 100"
    case .noLabel: "write labels as tables show them; who is unknown is in no stratum"
    case .noWeight: "write how many persons the standard has there, as 5000 or 0.05"
    case .stratumTwice: "keep one row of each"
    case .noStratum: "add the row; a weight of 0 leaves a stratum out"
    }
  }
}
