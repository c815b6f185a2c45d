/// What a pipeline file says that a pseudonymisation dossier repeats; words alone, no data.
package struct DossierPolicy: Sendable {
  /// One column of one source.
  package struct Column: Sendable, Hashable {
    package let source: String
    package let name: String
    /// `direct quasi sensitive plain`.
    package let privacyClass: String

    package init(source: String, name: String, privacyClass: String) {
      self.source = source
      self.name = name
      self.privacyClass = privacyClass
    }
  }

  package var title = ""
  package var owner = ""
  package var purpose = ""
  package var basis = ""
  package var release = ""
  package var sourceRelease = ""
  /// The name of each key and how it is kept, as `region: credential koppel-region`.
  package var keys: [String] = []
  /// Whether suppliers have a key of their own.
  package var hasSourceKey = false
  /// Each source with the domain it comes from.
  package var sources: [(name: String, domain: String)] = []
  package var columns: [Column] = []
  package var minimumPersons = 0
  package var hasObjections = false
  /// Published tables, and how small cells are protected.
  package var tables: [String] = []
  package var minimum = 0
  /// Whether rows leave for the region, and no tables.
  package var handsOver = false
  /// The source of whose records a partner gets filters; nil where nobody gets any.
  package var partnerSource: String?
  /// Whether a release lasts longer than one period.
  package var spansPeriods = false

  package init() {}
}
