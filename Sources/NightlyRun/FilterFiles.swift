import Files
import PipelineFile
import Pseudonymisation
import Tabular

/// Where the Bloom filters of one source lie: a file a column, from staging until link commits.
///
/// Whoever has filters can compare names and, with a list of names and time, find many of them. So
/// they lie apart from the staged table, are read by the link stage alone, and go when it is done.
struct FilterFiles: Sendable {
  /// How such a file's name ends; no source has a point in its name.
  static let suffix = ".filters.staged"

  /// The staging folder.
  let folder: String
  let source: String
  let columns: [SourcePlan.FilterColumn]

  func path(of column: SourcePlan.FilterColumn) -> String {
    "\(folder)/\(source).\(column.name)\(Self.suffix)"
  }

  /// The names of the files, within the folder.
  var names: [String] { columns.map { "\(source).\($0.name)\(Self.suffix)" } }

  /// Encodes the values of a complete source and writes them; before its staged table, which is
  /// then never current without them.
  ///
  /// - Parameters:
  ///   - ordered: the identities.
  ///   - pseudonymiser: which still knows the values.
  ///   - digest: what the staged table is made from.
  ///   - workers: how many threads may encode.
  /// - Throws: `PseudonymisationError`, `FilesError`.
  func write(
    _ ordered: OrderedIdentities,
    _ pseudonymiser: Pseudonymiser,
    madeFrom digest: String,
    workers: Int
  ) throws {
    for column in columns {
      try StagedFilters.write(
        ordered.filters(of: column, pseudonymiser, workers: workers),
        to: path(of: column),
        facts: [
          "source": .string(source), "column": .string(column.name),
          "label": .string(column.label), "encoding": .string(FieldEncoding.name),
          "made_from": .string(digest),
        ]
      )
    }
  }

  /// Reads the filters of a column, in the order of the source's identities.
  ///
  /// - Parameters:
  ///   - column: of the plan.
  ///   - digest: what the staged table is made from.
  /// - Returns: nil when what stands there is not of that table, or nothing does.
  func read(_ column: SourcePlan.FilterColumn, madeFrom digest: String) -> FieldFilters? {
    guard let file = try? StagedFilters(path: path(of: column)),
      file.header["encoding"]?.stringValue == FieldEncoding.name,
      file.header["column"]?.stringValue == column.name,
      let found = file.header["made_from"]?.stringValue,
      let (words, numbers) = try? file.read()
    else { return nil }
    return FieldFilters.resealed(words, numbers: numbers, madeFrom: found, expected: digest)
  }

  /// Whether the filters of all columns stand there, whole and of that staged table.
  func areCurrent(madeFrom digest: String) -> Bool {
    columns.allSatisfy { read($0, madeFrom: digest) != nil }
  }
}
