import Cryptography
import Glibc

/// The file of a key: read only when nobody else could have read or replaced it.
///
/// Where a key lies is checked on the open descriptor, not on the path: between a check of a path
/// and its opening it could become another file.
package enum KeyFile {
  /// The name of the key for made-up data.
  package static let demoName = "demo"

  /// Reads a key.
  ///
  /// - Parameters:
  ///   - location: where it lies.
  ///   - sample: whether the pipeline says that all its data is made up.
  ///   - forbiddenFolders: the folders of pipeline, inbox, work and output; only a demo key may lie
  ///     in one of them, and only for made-up data.
  ///   - credentialsFolder: where systemd put this unit's credentials.
  /// - Returns: the key, its bytes in locked memory.
  /// - Throws: `refused`, with the first rule that is broken; `noCredentials`, `credentialName`,
  ///   `cryptography`. All end the command with 77.
  package static func load(
    _ location: KeyLocation,
    sample: Bool,
    forbiddenFolders: [String],
    credentialsFolder: String? = environmentText("CREDENTIALS_DIRECTORY")
  ) throws(KeyError) -> LoadedKey {
    let path: String
    let isCredential: Bool
    switch location {
    case .file(let file):
      (path, isCredential) = (file, false)
    case .credential(let name):
      guard !["", ".", ".."].contains(name), !name.utf8.contains(0x2F) else {
        throw .credentialName(name)
      }
      guard let credentialsFolder, credentialsFolder.hasPrefix("/") else {
        throw .noCredentials(name: name)
      }
      (path, isCredential) = ("\(credentialsFolder)/\(name)", true)
    }
    let custody = KeyCustody(path: path, isCredential: isCredential, user: geteuid())
    let line = try KeyLine(read(custody), path: path)
    if line.name == demoName {
      guard sample else { throw .refused(.demo, path: path) }
    } else if let folder = custody.folder(among: forbiddenFolders) {
      throw .refused(.inside(folder: folder), path: path)
    }
    guard line.parts == 1 else {
      throw .refused(.half(part: line.part, parts: line.parts), path: path)
    }
    guard !line.half.isAllZero else { throw .refused(.allZero, path: path) }
    do {
      let root = try RootKey(halves: [line.half])
      return LoadedKey(name: line.name, generation: line.generation, root: root)
    } catch {
      throw .cryptography(error)
    }
  }

  private static func read(_ custody: KeyCustody) throws(KeyError) -> SecretBytes {
    let path = custody.path
    let folder = try told(.folderMissing, path) { () throws(FilesError) in
      try openFolder(parentFolder(of: path))
    }
    let folderStatus = try told(.folderMissing, path) { () throws(FilesError) in
      try folder.status()
    }
    if let fault = custody.fault(ofFolder: folderStatus, named: folder.path) {
      throw .refused(fault, path: path)
    }
    // The name first: to open a device or a pipe may already do something.
    var status = stat()
    guard unsafe fstatat(folder.descriptor, lastPart(of: path), &status, AT_SYMLINK_NOFOLLOW) == 0
    else {
      let error = FilesError.system(.examine, path: path, code: errno)
      throw .refused(fault(error, ifMissing: .missing), path: path)
    }
    if let fault = custody.fault(of: status) { throw .refused(fault, path: path) }
    let file = try told(.missing, path) { () throws(FilesError) in
      try openKey(in: folder, path: path)
    }
    status = try told(.missing, path) { () throws(FilesError) in try file.status() }
    if let fault = custody.fault(of: status) { throw .refused(fault, path: path) }
    return try readLine(file, byteCount: Int(status.st_size))
  }

  // O_PATH of asm-generic/fcntl.h, which Swift's Glibc does not show: a folder need not be readable.
  private static let pathOnly: Int32 = 0o10_000_000

  private static func openFolder(_ path: String) throws(FilesError) -> OpenFile {
    let flags = pathOnly | O_DIRECTORY | O_CLOEXEC
    return OpenFile(descriptor: try OpenFile.open(path, flags, for: .open), path: path)
  }

  private static func openKey(
    in folder: borrowing OpenFile,
    path: String
  ) throws(FilesError) -> OpenFile {
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = unsafe openat(folder.descriptor, lastPart(of: path), flags)
    guard descriptor >= 0 else { throw .system(.open, path: path, code: errno) }
    return OpenFile(descriptor: descriptor, path: path)
  }

  private static func readLine(
    _ file: borrowing OpenFile,
    byteCount: Int
  ) throws(KeyError) -> SecretBytes {
    let path = file.path
    guard 1...KeyLine.maximumByteCount ~= byteCount else {
      throw .refused(.notOneLine(byteCount: byteCount), path: path)
    }
    let descriptor = file.descriptor
    var count = 0
    var code: Int32 = 0
    let line: SecretBytes
    do {
      // Straight into locked memory: no buffer of the library sees it.
      line = try unsafe SecretBytes(count: byteCount) { (memory) throws(CryptographyError) in
        count = unsafe pread(descriptor, memory.baseAddress, byteCount, 0)
        code = errno
      }
    } catch {
      throw .cryptography(error)
    }
    guard count >= 0 else { throw .refused(.unreadable(code: code), path: path) }
    guard count == byteCount else { throw .refused(.notOneLine(byteCount: count), path: path) }
    return line
  }

  /// Tells what the operating system refuses as a fault of the key.
  private static func told<Result: ~Copyable>(
    _ missing: KeyFault,
    _ path: String,
    _ call: () throws(FilesError) -> Result
  ) throws(KeyError) -> Result {
    do {
      return try call()
    } catch {
      throw .refused(fault(error, ifMissing: missing), path: path)
    }
  }

  private static func fault(_ error: FilesError, ifMissing missing: KeyFault) -> KeyFault {
    guard case .system(_, _, let code) = error else { return .unreadable(code: EIO) }
    switch code {
    case ENOENT, ENOTDIR: return missing
    case ELOOP: return .symbolicLink
    default: return .unreadable(code: code)
    }
  }
}

/// The value of an environment variable; nil if it is not set or is not UTF-8.
package func environmentText(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(validatingCString: value)
}
