@_spi(Pseudonymisation) package import Tabular

extension PseudonymisedTable {
  /// Seals what this module has made.
  static func pseudonymised(_ table: Table) -> PseudonymisedTable {
    PseudonymisedTable(vouchingFor: table)
  }

  /// Seals a staged table that was read back.
  ///
  /// - Parameters:
  ///   - table: as it was read.
  ///   - digest: what the file says it was made from.
  ///   - expected: what it would be made from tonight.
  /// - Returns: nil when the two differ: the file is not what this run would stage.
  package static func resealed(
    _ table: Table,
    madeFrom digest: String,
    expected: String
  ) -> PseudonymisedTable? {
    digest == expected ? PseudonymisedTable(vouchingFor: table) : nil
  }
}
