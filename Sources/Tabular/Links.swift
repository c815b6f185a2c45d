/// To which person each identity of a source belongs, and by which pass.
package struct Links: Sendable {
  /// A row number of the spine for each identity, or -1 when it is linked to nobody.
  package let persons: [Int32]
  /// The exact pass that linked it, from 0, or -1.
  package let passes: [Int8]
  /// Why an identity is not linked; nil when it is.
  package let reasons: [UnlinkedReason?]

  package init(persons: [Int32], passes: [Int8], reasons: [UnlinkedReason?]) {
    self.persons = persons
    self.passes = passes
    self.reasons = reasons
  }
}

/// Why an identity belongs to no resident; a closed list.
package enum UnlinkedReason: String, Sendable, CaseIterable {
  /// No pass, and no blocking rule, found a resident.
  case noBlock = "no-block"
  /// Its BSN is that of several residents.
  case duplicateBSN = "duplicate-bsn"
  /// A pass found one resident and `unless` refused the pair.
  case veto
  /// A pass other than the BSN's found a resident, but both have a BSN and these differ.
  case bsnConflict = "bsn-conflict"
  /// Its resident belongs to another client of a one-to-one source.
  case taken
  /// Several residents fit equally.
  case tie
}
