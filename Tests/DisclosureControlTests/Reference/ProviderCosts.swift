import Tabular

/// A table of what care costs by municipality, with what each provider brings.
///
/// - Parameters:
///   - codes: one a cell: the number of the municipality, or `CellTable.total`.
///   - values: one a cell, in cents.
///   - persons: one a cell.
///   - sets: one a cell; empty where none is known.
///   - powerSums: of what persons bring; empty where none are known.
///   - largest: by rank, one a cell.
///   - shares: of the same cells.
/// - Returns: a table of that one figure.
func providerCosts(
  codes: [Int32],
  values: [Int64],
  persons: [Int64],
  sets: [SetKey] = [],
  powerSums: [UInt64] = [],
  largest: [[Int64]],
  _ shares: ProviderShares
) -> CellTable {
  CellTable(
    name: "costs",
    dimensions: [
      CellTable.Dimension(
        name: "municipality",
        labels: codes.filter { $0 != CellTable.total }.map { "m\($0)" },
        codes: codes
      )
    ],
    figures: [
      CellTable.Figure(
        name: "cost",
        kind: .sum,
        unit: .cents,
        values: values,
        contributors: persons,
        sets: sets,
        powerSums: powerSums,
        largest: largest,
        identity: "sum care.sum(amount)"
      )
    ],
    persons: persons
  ).telling(["cost": shares])
}
