/// A table of tokens and kept values; no direct identifier is left.
///
/// Only `Pseudonymisation` can make one: staging and `Linkage` take nothing else.
package struct PseudonymisedTable: Sendable {
  package let table: Table

  @_spi(Pseudonymisation) public init(vouchingFor table: Table) { self.table = table }
}
