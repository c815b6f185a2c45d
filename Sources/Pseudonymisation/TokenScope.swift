package import Cryptography

/// The keys and the scope under which the tokens of a run are made.
///
/// Both levels come from the region's root while the pipeline names no key of the suppliers.
package struct TokenScope: Sendable {
  /// Which levels a run makes.
  package enum Levels: Sendable {
    /// The first alone, to be handed over.
    case source
    /// Both; of what arrives pseudonymised the second.
    case both
    /// The second over what arrives; the suppliers keep the key of the first.
    case region
  }

  /// Of the run: the region's, or the supplier's where the first level is handed over.
  package let root: RootKey
  /// Of the first level; means nothing where the suppliers keep it.
  package let sourceRoot: RootKey
  package let levels: Levels
  /// The scope of the first level.
  package let sourceRelease: String
  /// The scope of the second level: tokens of two releases cannot be joined.
  package let release: String
  /// `NL-1:` and the digest of its rules.
  package let standardisation: String

  /// Later generations of the key that were rotated to during this release, each laid over the
  /// tokens of the one before.
  package let wraps: [RootKey]

  /// - Parameters:
  ///   - root: of the run.
  ///   - sourceRoot: of the first level; nil where it is `root` as well.
  ///   - levels: which of them are made.
  ///   - sourceRelease: the scope of the first level.
  ///   - release: the scope of the second level.
  ///   - standardisation: its version.
  ///   - wraps: what is laid over the second level.
  package init(
    root: RootKey,
    sourceRoot: RootKey? = nil,
    levels: Levels = .both,
    sourceRelease: String,
    release: String,
    standardisation: String,
    wraps: [RootKey] = []
  ) {
    self.root = root
    self.sourceRoot = sourceRoot ?? root
    self.levels = levels
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
