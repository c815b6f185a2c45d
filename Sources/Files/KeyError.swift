package import Cryptography
package import Diagnostics

/// What can go wrong with the file of a key.
package enum KeyError: KoppelError, Hashable {
  /// A rule of custody, or the form of a key line, is not met.
  case refused(KeyFault, path: String)
  /// systemd gave this process no credentials.
  case noCredentials(name: String)
  /// A credential's name has a slash, or is none.
  case credentialName(String)
  /// Memory cannot be locked, or libcrypto refused.
  case cryptography(CryptographyError)
  /// A new key's name or generation has another form than keys have.
  case newName(String, generation: Int)
  /// A new key would replace a file.
  case exists(path: String)
  /// A new key cannot be written.
  case notWritten(FilesError)

  package var exitStatus: ExitStatus {
    switch self {
    case .refused, .noCredentials, .credentialName, .cryptography: .privacyRefused
    case .newName: .usage
    case .exists, .notWritten: .cannotCreate
    }
  }
}
