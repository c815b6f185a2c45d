package import Cryptography

/// A key that passed every rule of custody and is in memory.
package struct LoadedKey: Sendable {
  /// The name in the key file, such as `region`.
  package let name: String
  /// Counts from 1; a rotated key has the next.
  package let generation: Int
  /// What keys of this run are derived from.
  package let root: RootKey

  /// Whether it is the key for made-up data.
  package var isDemo: Bool { name == KeyFile.demoName }
  /// `NAME.GENERATION`, as logs and manifests name it.
  package var id: String { "\(name).\(generation)" }
}
