package import Cryptography

extension KeyFile {
  /// What a secret that is shared must have at least where people are real: shorter ones are guessed.
  private static let leastCharacters = 16
  /// Of a secret that is made: as many as 32 bytes have hexadecimal digits.
  private static let madeBytes = 32

  /// Reads a secret that is shared with a partner; never a key of pseudonyms.
  ///
  /// - Parameters:
  ///   - location: where it lies.
  ///   - sample: whether all data is made up; then it may be short.
  ///   - forbiddenFolders: folders that it may not lie in.
  ///   - credentialsFolder: where systemd put this unit's credentials.
  /// - Returns: the secret's characters, and what it is called: `NAME.GENERATION`.
  /// - Throws: as `load`; `refused` for a key of pseudonyms and for one that signs.
  package static func loadPartner(
    _ location: KeyLocation,
    sample: Bool,
    forbiddenFolders: [String],
    credentialsFolder: String? = environmentText("CREDENTIALS_DIRECTORY")
  ) throws(KeyError) -> (id: String, secret: SecretBytes) {
    let found = try FoundKey(location, credentialsFolder: credentialsFolder)
    try found.checkPlace(sample: sample, forbiddenFolders: forbiddenFolders)
    guard case .partner = found.line.use else { throw .refused(.notPartner, path: found.path) }
    guard sample || found.line.secret.count >= leastCharacters else {
      let fault = KeyFault.shortSecret(
        count: found.line.secret.count,
        expected: leastCharacters
      )
      throw .refused(fault, path: found.path)
    }
    return (found.line.id, found.line.secret)
  }

  /// Makes the file of a secret that is shared with a partner.
  ///
  /// - Parameters:
  ///   - name: as for `create`.
  ///   - generation: as for `create`.
  ///   - secret: 1 to 128 characters of ASCII without spaces, as the partner has them; nil makes 64
  ///     hexadecimal digits.
  ///   - path: where.
  /// - Throws: as `create`; `refused` for other characters.
  package static func createPartner(
    name: String,
    generation: Int,
    secret: SecretBytes?,
    at path: String
  ) throws(KeyError) {
    let text: SecretBytes
    do {
      text = if let secret { secret } else { try hexadecimal(.random(count: madeBytes)) }
    } catch {
      throw .cryptography(error)
    }
    let isText = unsafe text.withBytes { bytes in
      unsafe KeyLine.textLengths.contains(bytes.count)
        && bytes.allSatisfy { 0x21...0x7E ~= $0 }
    }
    guard isText else { throw .refused(.form(.text(count: text.count)), path: path) }
    _ = try make(name, generation, .partner, at: path, secret: text)
  }

  private static func hexadecimal(
    _ secret: SecretBytes
  ) throws(CryptographyError) -> SecretBytes {
    try unsafe SecretBytes(count: secret.count * 2) { (output) throws(CryptographyError) in
      unsafe secret.withBytes { bytes in
        for place in bytes.indices {
          unsafe output[2 * place] = hexDigit(bytes[place] >> 4)
          unsafe output[2 * place + 1] = hexDigit(bytes[place] & 15)
        }
      }
    }
  }
}
