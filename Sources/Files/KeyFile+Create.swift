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
    guard KeyLine.isName(name, generation: generation) else {
      throw .newName(name, generation: generation)
    }
    let text: SecretBytes
    let root: RootKey
    do {
      let half = try SecretBytes.random(count: 32)
      root = try RootKey(halves: [half])
      text = try KeyLine(name: name, generation: generation, half: half).written()
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
    return LoadedKey(name: name, generation: generation, root: root)
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
