import Cryptography
import PipelineFile
import Pseudonymisation
import Tabular

/// What sets of persons are known by in the tables of a release.
extension Night {
  /// The keys of the residents, in their order.
  ///
  /// They follow from ids, which persons keep from night to night of a release, and from the key with
  /// which it began: a set has the same name all the while, also when the key of the region changes.
  ///
  /// - Throws: `CryptographyError`.
  func setKeys(of persons: NightPersons, _ key: NightKey) throws -> [SetKey] {
    try Self.setKeys(
      of: persons.ids.map { UInt32(bitPattern: $0) },
      key.scope.root.key("koppel/cells/v1", [pipeline.pseudonymise.release]),
      workers: options.workers
    )
  }

  /// The keys of persons: HMAC-SHA-256 of their ids.
  static func setKeys(
    of persons: [UInt32],
    _ key: SecretBytes,
    workers: Int
  ) throws(CryptographyError) -> [SetKey] {
    let size = 1 << 14
    return try concurrentChunks((persons.count + size - 1) / size, workers: workers) {
      (chunk) throws(CryptographyError) in
      var authenticator = try MessageAuthenticator(key: key)
      var keys: [SetKey] = []
      for person in persons[chunk * size..<min(persons.count, (chunk + 1) * size)] {
        let message = (0..<4).map { UInt8(truncatingIfNeeded: person >> UInt32(24 - 8 * $0)) }
        keys.append(SetKey(hash: try authenticator.fullTag(message)))
      }
      return keys
    }.flatMap(\.self)
  }
}
