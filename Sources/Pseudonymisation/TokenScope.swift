package import Cryptography

/// The keys and the scope under which the tokens of a run are made.
///
/// Both levels come from the region's root while the pipeline names no key of the suppliers.
package struct TokenScope: Sendable {
  package let root: RootKey
  /// The scope of the first level.
  package let sourceRelease: String
  /// The scope of the second level: tokens of two releases cannot be joined.
  package let release: String
  /// `NL-1:` and the digest of its rules.
  package let standardisation: String

  package init(root: RootKey, sourceRelease: String, release: String, standardisation: String) {
    self.root = root
    self.sourceRelease = sourceRelease
    self.release = release
    self.standardisation = standardisation
  }
}
