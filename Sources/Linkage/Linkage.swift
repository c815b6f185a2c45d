// Finds out which records are about one person.
//
// Input is pseudonymised. This module never opens a file, holds a key or sees a name. It links
// identities, never event rows: work grows with persons. A result follows from what the records
// hold, never from the order in which they stand.

package import PipelineFile
package import Tabular

/// Links the identities of a source to residents by passes that ask for equal columns.
///
/// Passes run in order; an identity linked once is out. A key that meets exactly one resident
/// links; one that meets several does not, and the identity goes on. A pass on a column that spine
/// or source lacks is skipped. Missing never equals missing.
///
/// - Parameters:
///   - spine: one row a resident; columns by their staged names.
///   - source: one row an identity.
///   - rowCounts: how many rows each identity has.
///   - passes: in file order.
///   - assignment: whether a resident may take several clients.
/// - Returns: one link an identity, and the counts that the run reports.
/// - Precondition: `rowCounts` has one number for each identity.
/// - Complexity: O(*residents* + *identities*) for each pass.
package func linkExactly(
  spine: PseudonymisedTable,
  source: PseudonymisedTable,
  rowCounts: [Int32],
  passes: [ExactPass],
  assignment: Assignment
) -> (links: Links, report: LinkReport) {
  precondition(rowCounts.count == source.table.rowCount, "a row count for each identity")
  var linker = ExactLinker(spine: spine.table, source: source.table, assignment: assignment)
  let reports = passes.enumerated().map { number, pass in
    linker.run(pass, number: number, rowCounts: rowCounts)
  }
  let links = linker.links
  return (links, LinkReport(links: links, rowCounts: rowCounts, passes: reports))
}

/// Flags the residents who share their values of these columns with another resident.
///
/// They are never merged: who they are is the register's to say. A resident without a value of any
/// of the columns shares nothing.
///
/// - Parameters:
///   - spine: one row a resident.
///   - columns: staged names, as `bsn`.
/// - Returns: one flag a resident; all false when the spine lacks a column.
package func spineDuplicates(_ spine: PseudonymisedTable, on columns: [String]) -> [Bool] {
  let table = spine.table
  var flags = [Bool](repeating: false, count: table.rowCount)
  let compared = columns.compactMap { table[$0].map(KeyColumn.init) }
  guard compared.count == columns.count, !columns.isEmpty else { return flags }
  let keys = RecordKeys(compared, rowCount: table.rowCount)
  var index = KeyIndex(expected: table.rowCount, keys: keys)
  for resident in 0..<table.rowCount where !keys.values[resident].isMissing {
    let entry = index.insert(resident)
    let first = index.firstRecord(ofEntry: entry)
    guard first != resident else { continue }
    flags[first] = true
    flags[resident] = true
  }
  return flags
}
