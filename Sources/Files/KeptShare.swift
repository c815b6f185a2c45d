import Cryptography

/// A percentage that nobody may read where it is used: of a rule whose numbers would tell what it hides.
package enum KeptShare {
  /// Reads it from a systemd credential, as keys are read.
  ///
  /// - Parameters:
  ///   - name: of the credential.
  ///   - credentialsFolder: where systemd put this unit's credentials.
  ///   - parse: what a line says, as 0.1 of `10 %`; nil of another.
  /// - Returns: the share, above 0.
  /// - Throws: as `KeyFile.load`; `refused` for another line.
  package static func load(
    credential name: String,
    credentialsFolder: String? = environmentText("CREDENTIALS_DIRECTORY"),
    _ parse: (String) -> Double?
  ) throws(KeyError) -> Double {
    let line = try KeptLine(.credential(name), credentialsFolder: credentialsFolder)
    let share = unsafe line.bytes.withBytes { bytes -> Double? in
      let text = unsafe String(decoding: bytes, as: UTF8.self)
      return parse(text.last == "\n" ? String(text.dropLast()) : text)
    }
    guard let share, share > 0 else { throw .refused(.notShare, path: line.path) }
    return share
  }
}
