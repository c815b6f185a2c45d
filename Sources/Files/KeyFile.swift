package import Cryptography
import Glibc

/// The file of a key: read only when nobody else could have read or replaced it.
///
/// Where a key lies is checked on the open descriptor, not on the path: between a check of a path
/// and its opening it could become another file.
package enum KeyFile {
  /// The name of the key for made-up data.
  package static let demoName = "demo"

  /// Reads a key for pseudonyms.
  ///
  /// - Parameters:
  ///   - place: where it lies.
  ///   - sample: whether the pipeline says that all its data is made up.
  ///   - forbiddenFolders: the folders of pipeline, inbox, work and output; only a demo key may lie
  ///     in one of them, and only for made-up data.
  ///   - credentialsFolder: where systemd put this unit's credentials.
  /// - Returns: the key, its bytes in locked memory.
  /// - Throws: `refused`, with the first rule that is broken; `noCredentials`, `credentialName`,
  ///   `cryptography`. All end the command with 77.
  package static func load(
    _ place: KeyPlace,
    sample: Bool,
    forbiddenFolders: [String],
    credentialsFolder: String? = environmentText("CREDENTIALS_DIRECTORY")
  ) throws(KeyError) -> LoadedKey {
    var found: [FoundKey] = []
    for location in place.locations {
      let key = try FoundKey(location, credentialsFolder: credentialsFolder)
      try key.checkPlace(sample: sample, forbiddenFolders: forbiddenFolders)
      found.append(key)
    }
    let secrets: [SecretBytes]
    switch place {
    case .whole: secrets = [try whole(found[0])]
    case .halves: secrets = try halves(found[0], found[1])
    }
    do {
      let root = try RootKey(halves: secrets)
      return LoadedKey(name: found[0].line.name, generation: found[0].line.generation, root: root)
    } catch {
      throw .cryptography(error)
    }
  }

  /// Reads a key that signs the privacy log.
  ///
  /// - Parameters:
  ///   - location: where it lies.
  ///   - forbiddenFolders: folders that it may not lie in; none for one that a run keeps itself.
  ///   - credentialsFolder: where systemd put this unit's credentials.
  /// - Returns: the key, and what it is called: `NAME.GENERATION`.
  /// - Throws: as `load`.
  package static func loadSigning(
    _ location: KeyLocation,
    forbiddenFolders: [String],
    credentialsFolder: String? = environmentText("CREDENTIALS_DIRECTORY")
  ) throws(KeyError) -> (id: String, key: SigningKey) {
    let found = try FoundKey(location, credentialsFolder: credentialsFolder)
    try found.checkPlace(sample: true, forbiddenFolders: forbiddenFolders)
    guard case .signing = found.line.use else { throw .refused(.notSigning, path: found.path) }
    do {
      return (found.line.id, try SigningKey(seed: found.line.secret))
    } catch {
      throw .cryptography(error)
    }
  }

  private static func whole(_ found: FoundKey) throws(KeyError) -> SecretBytes {
    switch found.line.use {
    case .half(1, 1): return found.line.secret
    case .half(let part, let parts):
      throw .refused(.half(part: part, parts: parts), path: found.path)
    case .signing: throw .refused(.signing, path: found.path)
    case .partner: throw .refused(.partner, path: found.path)
    }
  }

  /// The secrets of two halves, in the order that they tell themselves.
  ///
  /// Two hands are two only when neither has what the other has: not one file, not one folder (but
  /// for credentials, which systemd brings together), not the same bytes.
  private static func halves(
    _ first: FoundKey,
    _ second: FoundKey
  ) throws(KeyError) -> [SecretBytes] {
    if first.file == second.file { throw .refused(.sharedFile, path: second.path) }
    for half in [first, second] {
      switch half.line.use {
      case .half(_, 2): break
      case .half: throw .refused(.notHalf, path: half.path)
      case .signing: throw .refused(.signing, path: half.path)
      case .partner: throw .refused(.partner, path: half.path)
      }
    }
    if first.line.secret.isEqual(to: second.line.secret) {
      throw .refused(.sharedBytes, path: second.path)
    }
    if first.folder == second.folder, !(first.isCredential && second.isCredential) {
      throw .refused(.sharedFolder(folder: parentFolder(of: second.path)), path: second.path)
    }
    guard first.line.id == second.line.id else {
      let fault = KeyFault.otherHalf(found: second.line.id, expected: first.line.id)
      throw .refused(fault, path: second.path)
    }
    switch (first.line.use, second.line.use) {
    case (.half(1, _), .half(2, _)): return [first.line.secret, second.line.secret]
    case (.half(2, _), .half(1, _)): return [second.line.secret, first.line.secret]
    case (.half(let part, _), _): throw .refused(.samePart(part), path: second.path)
    case (.signing, _): throw .refused(.signing, path: first.path)
    case (.partner, _): throw .refused(.partner, path: first.path)
    }
  }
}

/// The value of an environment variable; nil if it is not set or is not UTF-8.
package func environmentText(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(validatingCString: value)
}
