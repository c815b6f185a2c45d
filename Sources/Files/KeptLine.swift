import Cryptography
import Glibc

/// One line that nobody else may read, from a file whose custody is in order, and which file it is.
struct KeptLine {
  let path: String
  let isCredential: Bool
  let file: FoundKey.Identity
  let folder: FoundKey.Identity
  let bytes: SecretBytes

  /// Checks the custody of a file, then reads it.
  ///
  /// - Throws: `refused`, with the first rule that is broken; `noCredentials`, `credentialName`,
  ///   `cryptography`.
  init(_ location: KeyLocation, credentialsFolder: String?) throws(KeyError) {
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
    let path = path
    let folder = try told(.folderMissing, path) { () throws(FilesError) in
      try FoundKey.openFolder(parentFolder(of: path))
    }
    self.folder = FoundKey.Identity(try Self.check(folder, custody))
    let file = try told(.missing, path) { () throws(FilesError) in
      try FoundKey.openKey(in: folder, path: path)
    }
    let status = try told(.missing, path) { () throws(FilesError) in try file.status() }
    if let fault = custody.fault(of: status) { throw .refused(fault, path: path) }
    self.file = FoundKey.Identity(status)
    bytes = try Self.read(file, byteCount: Int(status.st_size))
  }

  /// Checks the folder of a key, and the name in it before it is opened.
  ///
  /// - Returns: what the operating system knows of the folder.
  private static func check(
    _ folder: borrowing OpenFile,
    _ custody: KeyCustody
  ) throws(KeyError) -> stat {
    let path = custody.path
    let folderStatus: stat
    do {
      folderStatus = try folder.status()
    } catch {
      throw .refused(keyFault(error, ifMissing: .folderMissing), path: path)
    }
    if let fault = custody.fault(ofFolder: folderStatus, named: folder.path) {
      throw .refused(fault, path: path)
    }
    // The name first: to open a device or a pipe may already do something.
    var status = stat()
    guard unsafe fstatat(folder.descriptor, lastPart(of: path), &status, AT_SYMLINK_NOFOLLOW) == 0
    else {
      let error = FilesError.system(.examine, path: path, code: errno)
      throw .refused(keyFault(error, ifMissing: .missing), path: path)
    }
    if let fault = custody.fault(of: status) { throw .refused(fault, path: path) }
    return folderStatus
  }

  private static func read(
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
}

/// Tells what the operating system refuses as a fault of the key.
private func told<Result: ~Copyable>(
  _ missing: KeyFault,
  _ path: String,
  _ call: () throws(FilesError) -> Result
) throws(KeyError) -> Result {
  do {
    return try call()
  } catch {
    throw .refused(keyFault(error, ifMissing: missing), path: path)
  }
}

private func keyFault(_ error: FilesError, ifMissing missing: KeyFault) -> KeyFault {
  guard case .system(_, _, let code) = error else { return .unreadable(code: EIO) }
  switch code {
  case ENOENT, ENOTDIR: return missing
  case ELOOP: return .symbolicLink
  default: return .unreadable(code: code)
  }
}
