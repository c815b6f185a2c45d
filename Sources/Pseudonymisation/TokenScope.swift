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

  /// Later generations of the key that were rotated to during this release, each laid over the
  /// tokens of the one before.
  package let wraps: [RootKey]

  package init(
    root: RootKey,
    sourceRelease: String,
    release: String,
    standardisation: String,
    wraps: [RootKey] = []
  ) {
    self.root = root
    self.wraps = wraps
    self.sourceRelease = sourceRelease
    self.release = release
    self.standardisation = standardisation
  }

  /// What is laid over the tokens of a label, in this order.
  func makeWraps(label: String) throws(CryptographyError) -> [TokenWrap] {
    var made: [TokenWrap] = []
    var old = root
    for new in wraps {
      made.append(try TokenWrap(from: old.fingerprint, to: new, label: label, scope: release))
      old = new
    }
    return made
  }
}
