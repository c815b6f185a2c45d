import Cryptography
import Tabular

/// What providers are known by where tables are protected.
extension [CellTable] {
  /// The same tables, whose providers have digests of their codes for names: in every night the same.
  ///
  /// - Parameter key: none that anyone has who reads a ledger.
  /// - Returns: tables of the same cells.
  /// - Throws: `CryptographyError`.
  func namingProviders(by key: SecretBytes) throws(CryptographyError) -> [CellTable] {
    let names = Set(flatMap { $0.figures.flatMap { $0.providers?.names ?? [] } })
    guard !names.isEmpty else { return self }
    var authenticator = try MessageAuthenticator(key: key)
    var digests: [String: String] = [:]
    for name in names {
      digests[name] = lowerHex(try authenticator.fullTag([UInt8](name.utf8)).prefix(16))
    }
    return map { $0.namingProviders(digests) }
  }
}
