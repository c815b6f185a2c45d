import Cryptography
import Glibc

/// What stands in a key file whose custody is in order, and which file it is.
struct FoundKey {
  /// A file or folder, whatever its path.
  struct Identity: Hashable {
    let device: dev_t
    let number: ino_t

    init(_ status: stat) {
      device = status.st_dev
      number = status.st_ino
    }
  }

  let path: String
  let isCredential: Bool
  let file: Identity
  let folder: Identity
  let line: KeyLine

  /// Checks the custody of a key file, then reads it.
  ///
  /// - Throws: `refused`, with the first rule that is broken; `noCredentials`, `credentialName`,
  ///   `cryptography`.
  init(_ location: KeyLocation, credentialsFolder: String?) throws(KeyError) {
    let found = try KeptLine(location, credentialsFolder: credentialsFolder)
    (path, isCredential) = (found.path, found.isCredential)
    (file, folder) = (found.file, found.folder)
    line = try KeyLine(found.bytes, path: found.path)
  }

  /// Refuses a key that lies where data or pipelines lie, and a demo key for real data.
  func checkPlace(sample: Bool, forbiddenFolders: [String]) throws(KeyError) {
    if line.name == KeyFile.demoName {
      guard sample else { throw .refused(.demo, path: path) }
      return
    }
    let custody = KeyCustody(path: path, isCredential: isCredential, user: geteuid())
    if let folder = custody.folder(among: forbiddenFolders) {
      throw .refused(.inside(folder: folder), path: path)
    }
  }

  // O_PATH of asm-generic/fcntl.h, which Swift's Glibc does not show: a folder need not be readable.
  private static let pathOnly: Int32 = 0o10_000_000

  /// Opens the folder of a key or of its record.
  static func openFolder(_ path: String) throws(FilesError) -> OpenFile {
    let flags = pathOnly | O_DIRECTORY | O_CLOEXEC
    return OpenFile(descriptor: try OpenFile.open(path, flags, for: .open), path: path)
  }

  /// Opens what a folder holds under the last part of a path; a link is refused.
  static func openKey(
    in folder: borrowing OpenFile,
    path: String
  ) throws(FilesError) -> OpenFile {
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = unsafe openat(folder.descriptor, lastPart(of: path), flags)
    guard descriptor >= 0 else { throw .system(.open, path: path, code: errno) }
    return OpenFile(descriptor: descriptor, path: path)
  }
}
