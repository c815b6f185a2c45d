import Cryptography
package import Diagnostics

extension KeyError {
  package var diagnostics: [Diagnostic] {
    switch self {
    case .refused(.missing, let path) where isCredential(path):
      [
        Diagnostic(
          at: Place(file: path),
          "found no such credential",
          hint: "give it to the systemd unit: LoadCredential=\(lastPart(of: path)):FILE"
        )
      ]
    case .refused(let fault, let path):
      [Diagnostic(at: Place(file: path), fault.sentence, hint: fault.hint(path))]
    case .noCredentials(let name):
      [
        Diagnostic(
          .error,
          "credential '\(maskedKeys(escapedForTerminal(name)))' cannot be found: $CREDENTIALS_DIRECTORY is not "
            + "set to an absolute path",
          hint: "start the run from a systemd unit that has "
            + "LoadCredential=\(maskedKeys(escapedForTerminal(name))):FILE"
        )
      ]
    case .credentialName(let name):
      [
        Diagnostic(
          .error,
          "found key credential '\(maskedKeys(escapedForTerminal(name)))', expected a name without a slash",
          hint: "use the name that stands in LoadCredential= of the systemd unit"
        )
      ]
    case .cryptography(let error):
      [Diagnostic(.error, error.description, hint: Self.hint(error))]
    case .newName(let name, let generation):
      [
        Diagnostic(
          .error,
          "found key '\(escapedForTerminal(name)).\(generation)', expected a name of 1 to 64 "
            + "characters a-z 0-9 - _ that starts with a letter, and a generation of 1 to 999999",
          hint: "for example: koppel key new region --to FILE"
        )
      ]
    case .exists(let path):
      [
        Diagnostic(
          at: Place(file: path),
          "found a file, expected none: a key is never replaced",
          hint: "choose another file; without the old key its pseudonyms cannot be made again"
        )
      ]
    case .record(let fault, let path):
      [Diagnostic(at: Place(file: path), fault.sentence, hint: fault.hint)]
    case .notRead(let error): error.diagnostics
    case .notWritten(let error): error.diagnostics
    }
  }

  private func isCredential(_ path: String) -> Bool {
    environmentText("CREDENTIALS_DIRECTORY") == parentFolder(of: path)
  }

  private static func hint(_ error: CryptographyError) -> String? {
    guard case .memoryLock = error else { return nil }
    return
      "raise the limit on locked memory (RLIMIT_MEMLOCK): ulimit -l, or LimitMEMLOCK= in the unit"
  }
}
