import Cryptography
import Glibc

extension KeyFile {
  /// Makes a key of 32 random bytes and writes it to a file that must not yet exist.
  ///
  /// The file appears whole or not at all, also when the process is killed; its mode is 0400, and
  /// folders that are made for it have 0700.
  ///
  /// - Parameters:
  ///   - name: a letter a-z, then a-z, 0-9, `-`, `_`; at most 64.
  ///   - generation: 1 to 999,999.
  ///   - path: where.
  /// - Returns: the key.
  /// - Throws: `newName`, `exists`, `notWritten`, `cryptography`; `refused` when others can write to
  ///   the folder, for then it could not be loaded.
  @discardableResult
  package static func create(
    name: String,
    generation: Int = 1,
    at path: String
  ) throws(KeyError) -> LoadedKey {
    let secret = try make(name, generation, .half(part: 1, parts: 1), at: path)
    do {
      let root = try RootKey(halves: [secret])
      return LoadedKey(name: name, generation: generation, root: root)
    } catch {
      throw .cryptography(error)
    }
  }

  /// Makes one half of a key, on the machine of its holder; the other half is made elsewhere.
  ///
  /// - Parameters:
  ///   - name: as for `create`.
  ///   - generation: that of the other half.
  ///   - part: 1 or 2.
  ///   - path: where.
  /// - Throws: as `create`.
  package static func createHalf(
    name: String,
    generation: Int,
    part: Int,
    at path: String
  ) throws(KeyError) {
    guard 1...2 ~= part else { throw .newName(name, generation: generation) }
    _ = try make(name, generation, .half(part: part, parts: 2), at: path)
  }

  /// Makes a key that signs the privacy log; it is random too, never derived from a root.
  ///
  /// - Throws: as `create`.
  package static func createSigning(
    name: String,
    generation: Int,
    at path: String
  ) throws(KeyError) {
    _ = try make(name, generation, .signing, at: path)
  }

  static func make(
    _ name: String,
    _ generation: Int,
    _ use: KeyLine.Use,
    at path: String,
    secret given: SecretBytes? = nil
  ) throws(KeyError) -> SecretBytes {
    guard KeyName.isName(name), 1...KeyName.lastGeneration ~= generation else {
      throw .newName(name, generation: generation)
    }
    let secret: SecretBytes
    let text: SecretBytes
    do {
      secret = if let given { given } else { try SecretBytes.random(count: 32) }
      text = try KeyLine(name: name, generation: generation, use: use, secret: secret).written()
    } catch {
      throw .cryptography(error)
    }
    let folderPath = parentFolder(of: path)
    let status: stat
    do {
      try makeFolder(folderPath, mode: 0o700)
      let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
      status = try OpenFile(
        descriptor: try OpenFile.open(folderPath, flags, for: .create),
        path: folderPath
      ).status()
    } catch {
      throw .notWritten(error)
    }
    let custody = KeyCustody(path: path, isCredential: false, user: geteuid())
    if let fault = custody.fault(ofFolder: status, named: folderPath) {
      throw .refused(fault, path: path)
    }
    do {
      try write(text, to: path)
      try synchroniseFolder(folderPath)
    } catch {
      guard case .system(_, _, EEXIST) = error else { throw .notWritten(error) }
      throw .exists(path: path)
    }
    return secret
  }

  private static func write(_ text: SecretBytes, to path: String) throws(FilesError) {
    let flags = O_WRONLY | namelessFile | O_CLOEXEC
    let descriptor: Int32
    do {
      descriptor = try OpenFile.open(parentFolder(of: path), flags, mode: 0o400, for: .create)
    } catch {
      // Some file systems have no nameless files.
      guard case FilesError.system(_, _, let code) = error,
        [EOPNOTSUPP, EISDIR, EINVAL].contains(code)
      else {
        throw error.named(path)
      }
      try writeNamed(text, to: path)
      return
    }
    let file = OpenFile(descriptor: descriptor, path: path)
    try fill(file, with: text)
    // As with O_EXCL, a name that exists is left alone.
    let source = "/proc/self/fd/\(descriptor)"
    guard unsafe linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 else {
      throw .system(.create, path: path, code: errno)
    }
  }

  private static func writeNamed(_ text: SecretBytes, to path: String) throws(FilesError) {
    let file = try OpenFile(creating: path, mode: 0o400)
    do {
      try fill(file, with: text)
    } catch {
      unsafe _ = unlink(path)
      throw error
    }
  }

  private static func fill(
    _ file: borrowing OpenFile,
    with text: SecretBytes
  ) throws(FilesError) {
    try file.setMode(0o400)
    let descriptor = file.descriptor
    let path = file.path
    try unsafe text.withBytes { (bytes) throws(FilesError) in
      let count = unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      guard count == bytes.count else {
        throw .system(.write, path: path, code: count < 0 ? errno : ENOSPC)
      }
    }
    try file.synchronise()
  }
}
