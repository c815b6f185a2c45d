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
  /// The record of a key contradicts itself, or others can write to it.
  case record(KeyRecordFault, path: String)
  /// The record of a key cannot be read.
  case notRead(FilesError)
  /// A new key's name or generation has another form than keys have.
  case newName(String, generation: Int)
  /// A new key would replace a file.
  case exists(path: String)
  /// A new key cannot be written.
  case notWritten(FilesError)

  package var exitStatus: ExitStatus {
    switch self {
    case .refused, .noCredentials, .credentialName, .cryptography, .record: .privacyRefused
    case .notRead(let error): error.exitStatus
    case .newName: .usage
    case .exists, .notWritten: .cannotCreate
    }
  }

  /// The state in one or two words, as the privacy log names it.
  package var word: String {
    switch self {
    case .refused(let fault, _): fault.word
    case .noCredentials: "no-credentials"
    case .credentialName: "credential-name"
    case .cryptography: "memory"
    case .record: "record"
    case .notRead: "record-unreadable"
    case .newName, .exists, .notWritten: "not-made"
    }
  }
}
