package import Tabular

/// The rows of one chunk after pseudonymisation, ready to be put aside by bucket.
package struct PseudonymisedRows: Sendable {
  /// The column `identity`, then the row columns, all as integers: codes of identities and texts
  /// are those of this run and get their final numbers when the source is complete.
  ///
  /// Where the plan settles, they are followed by what `RowSettlement` asks of a row.
  package let rows: PseudonymisedTable
  /// One a row: which row of the batch it is; nil where they are all of the batch.
  package let batchRows: [Int]?
  /// One a row: which part of the token order its identity falls in.
  package let buckets: [UInt16]
  /// Rows whose required name could not be standardised; lines count within the chunk.
  package let rejects: [RejectedRow]
  /// One a token column of the plan: values that could not be standardised and became missing.
  package let blanked: [Int]
  /// How many of `rejects` had been skipped before: they only tell of persons.
  package let rejectedPersonCount: Int
  /// Rows that were left out because their person objects.
  package let objectedCount: Int
  /// What the rows do to others.
  let corrections: [KeyedCorrection]
  /// Filters of the rows that stay, where a partner gets them; else nil.
  package let records: RecordLines?
}
